import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import select

from fuhan.config.load import load_config
from fuhan.context import CommandContext
from fuhan.crawl_jobs import crawl_job
from scheduler.crawl_starter import FreshStarter
from storage.database.archive import open_archive
from storage.schema.tables import crawls
from tests.archive_copy import archive_url
from tests.python_server.command import forked_python

PATIENCE = 120  # seconds until a process has done what it does at once, on a busy machine

Fuhan = Callable[..., Any]  # the command line, as a shell would call it

ROW = '<li><a href="./202206/t20220617_1000{0}.html" title="第{0}号提案的复函">第{0}号</a></li>'
LIST = '<!doctype html><meta charset="utf-8"><ul class="list">{0}</ul>'
PAGE = """<!doctype html><meta charset="utf-8"><meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="2022-06-17 10:00"><div class="zwxl-article"><div class="TRS_UEDITOR">
<p>赵小华委员：</p><p>您提出的《关于加快园区建设的建议》（第{number}号）收悉。现答复如下：</p>
<p>去年全市完成投资{figure}亿元，比上年增长百分之五，园区道路全部建成通车。</p>
<p>某市发展和改革委员会</p><p>2022年6月7日</p></div></div>"""


class Site(ThreadingHTTPServer):
    """A directory on loopback that answers quietly, and only while it is let."""

    daemon_threads = True

    def __init__(self, root: Path) -> None:
        self.root = root
        self.let, self.was_asked = Event(), Event()
        self.let.set()
        super().__init__(("127.0.0.1", 0), partial(_Handler, directory=root))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that hung up: crawls are killed on purpose."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.was_asked.set()
        self.server.let.wait()
        super().do_GET()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def site(folder: Path) -> Iterator[Site]:
    """Serve a site whose directory lists two letters, configured as `city`."""
    root = folder / "site"
    (root / "list" / "202206").mkdir(parents=True)
    rows = "".join(ROW.format(number) for number in ("0501", "0502"))
    (root / "list" / "index.html").write_text(LIST.format(rows), "utf-8")
    write_letter(root, "0501", "718.4")
    write_letter(root, "0502", "12")
    server = Site(root)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    (folder / "config.yaml").write_text(
        "sources:\n  - name: city\n    agency: 某市\n    kind: proposal\n    delay: 0\n    timeout: 10m\n"
        f"    listing: http://127.0.0.1:{server.server_port}/list/\n"
    )
    yield server
    server.let.set()
    server.shutdown()
    server.server_close()


def write_letter(root: Path, number: str, figure: str) -> None:
    title = f"关于市政协五届五次会议第{number}号提案的复函"
    page = PAGE.format(title=title, number=number, figure=figure)
    file = root / f"list/202206/t20220617_1000{number}.html"
    before = file.stat().st_mtime if file.exists() else time.time() - 3600
    file.write_text(page, "utf-8")
    os.utime(file, (before + 60, before + 60))  # seconds are all that the server tells apart


def crawl(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "fuhan", "crawl", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def child_of(parent: int) -> int:
    """Return the id of the crawl's own process, once it runs."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for child in Path(f"/proc/{parent}/task/{parent}/children").read_text("utf-8").split():
            with suppress(FileNotFoundError, ProcessLookupError):  # it has ended
                if b"fuhan.crawl_process" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return int(child)
        time.sleep(0.02)
    raise AssertionError("no crawl began")


def is_gone(pid: int) -> bool:
    """Return whether a process ends; its request would time out later than we wait."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def crawls_are_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `fuhan` crawl in processes that imported everything before they began."""
    (python,) = forked_python()
    monkeypatch.setattr(sys, "executable", python)


def test_a_crawl_keeps_what_is_there_and_the_next_one_its_edit(fuhan: Fuhan, site: Site) -> None:
    first = fuhan("crawl", "--json")
    assert (first.code, first.err) == (0, "")
    assert json.loads(first.out)["published"] == 2
    write_letter(site.root, "0501", "918.4")
    second = fuhan("crawl", "city")
    assert (second.code, second.out) == (
        0,
        "city: complete: 2 listed, 2 fetched, 1 unchanged, 1 edited\n",
    )
    assert '"new": "918.4"' in fuhan("changes", "--kind", "edited").out
    assert fuhan("verify").code == 0


@pytest.mark.usefixtures("crawls_are_forked")
def test_a_single_letter_is_looked_at_by_its_url(fuhan: Fuhan, site: Site, folder: Path) -> None:
    listing = (folder / "config.yaml").read_text("utf-8").split()[-1]
    told = fuhan("crawl", "--json", "--url", f"{listing}202206/t20220617_10000502.html")
    assert (told.code, json.loads(told.out)["fetched"]) == (0, 1)
    (site.root / "list/index.html").unlink()
    told = fuhan("crawl", "city")
    assert (told.code, told.out.split(":")[1]) == (3, " failed")
    told = fuhan("crawl", "-q")
    assert (told.code, told.out, told.err.count("\n")) == (3, "", 1)
    assert json.loads(fuhan("crawl", "-q", "--json").out)["outcome"] == "failed"


@pytest.mark.usefixtures("site", "crawls_are_forked")
def test_a_crawl_of_all_letters_that_stops_at_a_limit_is_no_sweep_and_says_so(
    fuhan: Fuhan, folder: Path
) -> None:
    for arguments, swept in ((["--limit", "1"], False), ([], True)):
        ended = fuhan("crawl", "--full", *arguments)
        assert ended.code == 0
        assert ("complete within --limit 1: 2 listed" in ended.out) is not swept
        kept = open_archive(archive_url(folder / "data" / "fuhan.db"), create=False)
        with closing(kept) as archive, archive.reading() as connection:
            modes = connection.execute(select(crawls.c.mode).order_by(crawls.c.id)).scalars()
            assert (modes.all()[-1] == "sweep") is swept


@pytest.mark.usefixtures("signals_are_heeded")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_crawl_says_so_and_leaves_no_process(
    site: Site, folder: Path, number: signal.Signals
) -> None:
    site.let.clear()
    parent = crawl(folder)
    child = child_of(parent.pid)
    assert site.was_asked.wait(PATIENCE)
    parent.send_signal(number)
    try:
        said = parent.communicate(timeout=PATIENCE)[1]
    finally:
        parent.kill()
    assert (parent.returncode, said.count("\n")) == (128 + number, 1)
    assert is_gone(child)


def test_a_second_crawl_of_a_source_names_the_first_in_one_line(site: Site, folder: Path) -> None:
    site.let.clear()
    parent = crawl(folder)
    child = child_of(parent.pid)
    assert site.was_asked.wait(PATIENCE)  # until it asks it may have yet to lock the source
    busy = crawl(folder)
    assert busy.wait(PATIENCE) == 1
    said = rf"fuhan: city: process {child}( on \S+)? is crawling it\n"
    assert re.fullmatch(said, busy.communicate()[1])
    parent.terminate()
    parent.communicate(timeout=PATIENCE)


def test_a_crawl_for_a_service_makes_no_database(folder: Path) -> None:
    config = load_config(folder / "config.yaml", os.environ)
    job = replace(crawl_job(config, config.sources[0]), creates=False)
    starter = CommandContext().crawl_starter(many=False)
    assert isinstance(starter, FreshStarter)
    child = subprocess.Popen(
        starter.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin
    child.stdin.write(job.to_line() + "\n")
    child.stdin.flush()
    assert child.wait(PATIENCE) == 1
    assert json.loads(child.communicate()[0]) == {"error": "the database is gone"}
    assert not (folder / "data").exists()


def test_a_killed_crawl_takes_its_process_along(site: Site, folder: Path) -> None:
    site.let.clear()
    parent = crawl(folder)
    child = child_of(parent.pid)
    assert site.was_asked.wait(PATIENCE)
    parent.kill()
    parent.communicate()
    assert is_gone(child)
