"""Goes through undecided changes with keys, in a real browser: none lost, none doubled, how quick.

python -m bench.desk [CHANGES] [KEYS A SECOND]
"""

import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime

import uvicorn
from playwright.sync_api import sync_playwright

from bench.grown_archive import fill, source_name
from review.app import create_app
from review.settings import ReviewSettings, WatchedSource
from storage import queries
from storage.database.archive import Archive, open_archive
from storage.queries import ChangeFilter
from tests.review.conftest import ServiceBeside

TOKEN = "bench"  # noqa: S105 - of a loopback that ends with the bench
# Pressed in the page, so that the way from here to the browser is no part of it.
PRESS = """([keys, pause]) => new Promise(done => {
  const shown = [];
  let since = 0, left = keys;
  new MutationObserver(() => { if (document.querySelector("main")) shown.push(performance.now()); })
    .observe(document.body, {childList: true});
  const pressed = [];
  const timer = setInterval(() => {
    pressed.push(performance.now());
    document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "a", bubbles: true}));
    if (--left === 0) { clearInterval(timer); }
  }, pause);
  const wait = setInterval(() => {
    if (shown.length >= keys) { clearInterval(wait); done([pressed, shown]); }
  }, 20);
})"""


def main(changes: int, rate: float) -> None:
    """Decide on `changes` changes, `rate` a second, and say what came of it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_archive(f"sqlite:///{folder}/fuhan.db", create=True)) as archive,
    ):
        fill(archive, 2 * changes + 100, datetime.now(UTC), templates=60)
        pressed, shown = _press(archive, changes, rate)
        _report(archive, pressed, shown)


def _press(archive: Archive, keys: int, rate: float) -> tuple[list[float], list[float]]:
    """Return when each key was pressed and when the change after it was shown, in ms."""
    sources = (WatchedSource(source_name(0), "局", "proposal", "https://gov.example/"),)
    app = create_app(archive, ReviewSettings(token=TOKEN, sources=sources), ServiceBeside())
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    base = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(0)
        page.goto(f"{base}/review?token={TOKEN}")
        pressed, shown = page.evaluate(PRESS, [keys, 1000 / rate])
        browser.close()
    server.should_exit = True
    thread.join()
    return pressed, shown


def _report(archive: Archive, pressed: list[float], shown: list[float]) -> None:
    with archive.reading() as connection:
        wanted = ChangeFilter(baseline=False)
        decided = Counter[int]()
        for each in queries.changes(connection, wanted):
            if each.review:
                decided[each.id] = len(list(queries.reviews(connection, each.id)))
    took = sorted(after - before for before, after in zip(pressed, shown, strict=False))
    seconds = (shown[-1] - pressed[0]) / 1000
    doubled = sum(1 for count in decided.values() if count != 1)
    print(f"{len(pressed)} keys in {seconds:.1f} s ({len(pressed) / seconds:.1f} a second)")
    print(f"{len(decided)} changes decided, {len(pressed) - len(decided)} lost, {doubled} doubled")
    p95 = took[len(took) * 95 // 100]
    print(f"from key to screen: median {statistics.median(took):.0f} ms, p95 {p95:.0f} ms")


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["1000"])[0]), float((sys.argv[2:] or ["10"])[0]))
