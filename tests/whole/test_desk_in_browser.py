"""People at the page for decisions, in a real browser before the real service.

Only a browser shows that keys and buttons do the same, that the page does without any script, and
that no decision is lost or made twice when keys come faster than answers, or the service is killed.
"""

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bench.grown_archive import fill
from letters.review import Review, ReviewState
from storage import queries
from storage.database.archive import Archive, open_archive
from tests.review.browser import PATIENCE_MS, chromium, needs_chromium
from tests.whole.conftest import Project
from tests.whole.network import unused_port
from tests.whole.serving import serving

pytestmark = [
    needs_chromium,
    pytest.mark.sqlite("a browser sees the same of either"),
]
KEYS = 40  # pressed at ten a second
CONFIG = """
database: sqlite:///fuhan.db
sources:
  - {{name: source-00000, agency: 局, kind: proposal, listing: "http://127.0.0.1:9/", schedule: {{every: 9d}}}}
review: {{port: {port}, people: {{李雷: peony, Han: lotus}}}}
"""


class Service:
    """The service over an archive, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        text = CONFIG.format(port=unused_port())
        (folder / "config.yaml").write_text(text, encoding="utf-8")
        self.project = Project(folder)
        self.start()

    def start(self) -> None:
        self.process, self.base = serving(self.project)

    def end(self, number: int = signal.SIGTERM) -> None:
        self.process.send_signal(number)
        self.process.communicate(timeout=600)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an archive in which enough changes are undecided for all tests."""
    made = tmp_path_factory.mktemp("desk")
    with closing(open_archive(f"sqlite:///{made}/fuhan.db", create=True)) as archive:
        fill(archive, 200, datetime.now(UTC), templates=12)
    return made


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[Service]:
    serving = Service(folder)
    yield serving
    serving.end()


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with closing(open_archive(f"sqlite:///{folder}/fuhan.db", create=False)) as opened:
        yield opened


@pytest.fixture(scope="module", name="chromium")
def start_chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with chromium() as browser:
        yield browser


@pytest.fixture
def person(chromium: Browser, service: Service) -> Iterator[Callable[..., Page]]:
    """Return what signs a person in, in a browser of their own."""
    contexts = []

    def signed_in(token: str = "peony", locale: str = "zh-CN", **options: Any) -> Page:  # noqa: S107
        context = chromium.new_context(locale=locale, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{service.base}/review?kind=edited")
        page.fill("input[name=token]", token)
        follow(page, page.locator("main button"))
        expect(page.locator("article.deciding")).to_be_visible()
        return page

    yield signed_in
    for context in contexts:
        context.close()


def follow(page: Page, leading: Locator) -> None:
    """Click what leads to another page, and wait until that is there, with its script."""
    with page.expect_navigation():
        leading.click()


def shown(page: Page) -> int:
    """Return the change that is to be decided."""
    return int(page.locator("article .meta a").first.get_attribute("href").rpartition("/")[2])


def history(archive: Archive, change_id: int) -> list[Review]:
    with archive.reading() as connection:
        return list(queries.reviews(connection, change_id))


def press(page: Page, key: str) -> int:
    """Press a key that leads to another change, and return the one that is shown then."""
    before = page.locator("article").element_handle()
    page.keyboard.press(key)
    page.wait_for_function("before => !before.isConnected", arg=before)
    return shown(page)


def test_a_day_in_chinese_with_keys(person: Callable[..., Page], archive: Archive) -> None:
    page = person()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    first = shown(page)
    second = press(page, "j")
    assert press(page, "k") == first
    page.keyboard.press("n")
    page.keyboard.type("附件缺失 and bad")
    page.keyboard.press("Escape")
    assert press(page, "f") == second
    third = press(page, "a")
    press(page, "d")
    assert [history(archive, each)[-1].state.value for each in (first, second, third)] == [
        "flagged",
        "accepted",
        "dismissed",
    ]
    assert (history(archive, first)[-1].note, history(archive, first)[-1].who) == (
        "附件缺失 and bad",
        "李雷",
    )
    expect(page.locator(".last")).to_contain_text(f"已排除：变更 {third}")
    assert press(page, "u") == third
    assert press(page, "u") == second
    assert [each.state for each in history(archive, second)] == [
        ReviewState.ACCEPTED,
        ReviewState.OPEN,
    ]
    page.keyboard.press("?")
    expect(page.locator("details.keys")).to_have_attribute("open", "")
    page.reload()
    assert shown(page) == second
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390  # a phone's
    assert said == []  # the policy had nothing to refuse


def test_a_day_in_english_without_any_script(
    person: Callable[..., Page], archive: Archive
) -> None:
    page = person("lotus", "en-US", java_script_enabled=False)
    expect(page.locator("kbd").first).to_be_hidden()
    first = shown(page)
    page.fill("textarea[name=note]", "to be checked")
    page.fill("input[name=tags]", "budget, housing")
    follow(page, page.get_by_role("button", name="Flag", exact=True))
    assert history(archive, first)[-1].tags == ("budget", "housing")
    follow(page, page.get_by_role("button", name="Undo").first)
    assert shown(page) == first
    follow(page, page.get_by_role("link", name="Next"))
    assert shown(page) != first
    page.locator("summary", has_text="The whole text").click()
    expect(page.locator(".inline")).to_be_visible()
    follow(page, page.locator(".facet a", has_text="contact"))
    boxes = page.locator(".bulk input[type=checkbox]")
    ids = [int(each.get_attribute("value").partition(":")[0]) for each in boxes.all()]
    boxes.last.uncheck()
    follow(page, page.get_by_role("button", name="Dismiss all"))
    states = [len(history(archive, each)) for each in ids]
    assert states == [1] * (len(ids) - 1) + [0]
    follow(page, page.get_by_role("button", name="Undo").first)
    assert {history(archive, each)[-1].state for each in ids[:-1]} == {ReviewState.OPEN}
    follow(page, page.get_by_role("button", name="Sign out"))
    expect(page.locator("input[name=token]")).to_be_visible()


@pytest.mark.parametrize("keeps", [True, False], ids=["keeps theirs", "decides anyway"])
def test_two_at_once(person: Callable[..., Page], archive: Archive, *, keeps: bool) -> None:
    one, two = person("peony"), person("lotus", "en-US")
    change_id = shown(two)
    assert shown(one) == change_id
    before = len(history(archive, change_id))
    press(one, "a")
    two.keyboard.press("d")
    expect(two.locator("h1")).to_have_text("Somebody decided meanwhile")
    expect(two.locator(".decisions")).to_contain_text("李雷")
    two.get_by_text("Keep theirs" if keeps else "Decide anyway").click()
    expect(two.locator("article.deciding")).to_be_visible()
    assert shown(two) != change_id
    names = [each.who for each in history(archive, change_id)[before:]]
    assert names == (["李雷"] if keeps else ["李雷", "Han"])


def test_keys_at_ten_a_second_decide_each_change_once_though_the_service_is_killed(
    person: Callable[..., Page], service: Service, archive: Archive
) -> None:
    page = person()
    confirmed: list[str] = []
    page.on(
        "response", lambda answer: confirmed.append(answer.url) if answer.status == 303 else None
    )
    before = newest_review(archive)
    hammer(page, KEYS // 2)
    wait_for(page, lambda: len(confirmed) == KEYS // 2)
    hammer(page, 3)
    service.end(signal.SIGKILL)
    page.keyboard.press("a")
    expect(page.locator("#unsent")).to_be_visible()
    decided = decided_since(archive, before)
    assert len(decided) - len(confirmed) in (0, 1)  # one may be recorded that no answer told of
    service.start()
    page.keyboard.press("a")
    follow(page, page.get_by_role("link", name="回到审阅"))  # the form was of the service before
    done = len(decided_since(archive, before))
    hammer(page, KEYS // 2)
    wait_for(page, lambda: len(decided_since(archive, before)) == done + KEYS // 2)
    assert {*Counter(decided_since(archive, before)).values()} == {1}


def hammer(page: Page, keys: int) -> None:
    """Press a key ten times a second, whatever is on the screen."""
    for _ in range(keys):
        page.keyboard.press("a")
        page.wait_for_timeout(100)


def wait_for(page: Page, is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_MS / 1000
    while not is_so():
        assert time.monotonic() < until, "it did not come to that in time"
        page.wait_for_timeout(100)


def newest_review(archive: Archive) -> int:
    with archive.reading() as connection:
        return connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM reviews").scalar_one()


def decided_since(archive: Archive, review_id: int) -> list[int]:
    """Return the change of each decision after one."""
    with archive.reading() as connection:
        query = f"SELECT change_id FROM reviews WHERE id > {review_id}"  # noqa: S608 - a number
        return list(connection.exec_driver_sql(query).scalars())
