"""People see what is watched, and add, pause and crawl sources where they are known by name."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from letters.watching import WatchAct, WatchDecision
from review.app import create_app
from review.settings import ReviewSettings
from review.source_desk import ProbeShown
from storage.database.archive import Archive
from tests.review.conftest import SOURCE, ZONE, ServiceBeside
from tests.review.desk_beside import ENTRY, PROBED, DeskBeside

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
ADDED = replace(
    SOURCE, name="village", added=WatchDecision(1, "village", WatchAct.ADD, "李雷", AT)
)
PAUSED = replace(SOURCE, name="town", paused=WatchDecision(2, "town", WatchAct.PAUSE, "Han", AT))
Open = Callable[..., TestClient]


@pytest.fixture
def visit(archive: Archive) -> Open:
    """Return what opens the pages for a person, or for nobody known by name."""

    def opened(desk: DeskBeside | None, *, is_known: bool = True, **given: Any) -> TestClient:
        values = {"people": {"李雷": "peony"}, "sources": (SOURCE, ADDED, PAUSED)} | given
        settings = ReviewSettings(timezone=ZONE, **values)
        service = ServiceBeside(runs={"demo": AT, "village": AT})
        browser = TestClient(
            create_app(archive, settings, service, desk), base_url="http://127.0.0.1:8321"
        )
        browser.headers["Accept-Language"] = "en"
        if is_known:
            browser.headers["Authorization"] = "Bearer peony"
        return browser

    return opened


def send(browser: TestClient, **fields: str) -> Any:
    """Send a form of the page as a browser would."""
    found = re.search(r'name="form" value="([^"]+)"', browser.get("/sources").text)
    assert found
    return browser.post("/sources", data={"form": found[1], **fields}, follow_redirects=False)


def row(page: str, name: str) -> str:
    """Return the words of a source's row."""
    found = re.search(rf'<tr id="source-{name}">(.*?)</tr>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_each_source_says_whence_it_is_and_what_comes_next(visit: Open) -> None:
    page = visit(DeskBeside(counts={"demo": {"visited": 12, "due": 80}})).get("/sources").text
    assert "configuration" in row(page, "demo")
    assert "running 12 of 80 visited" in row(page, "demo")
    assert "Crawl now" not in row(page, "demo")
    assert "added by 李雷, 2026-11-28 20:00" in row(page, "village")
    assert row(page, "village").endswith("2026-11-28 20:00 Crawl now Pause")
    assert "paused by Han, 2026-11-28 20:00 Resume" in row(page, "town")
    assert "Refresh" in page


def test_an_added_source_that_is_not_watched_says_why(visit: Open) -> None:
    why = "demo: the configuration's source is watched, not the one added"
    page = visit(DeskBeside(), problems=(why,)).get("/sources")
    assert html.unescape(page.text).count(why) == 1


@pytest.mark.parametrize(
    ("fields", "done"),
    [
        ({"act": "probe", "url": " https://gov.example/ "}, ("probe", "https://gov.example/", "李雷")),
        ({"act": "pause", "source": "demo"}, ("pause", "demo", "李雷")),
        ({"act": "resume", "source": "town"}, ("resume", "town", "李雷")),
        ({"act": "crawl", "source": "demo"}, ("crawl", "demo")),
        ({"act": "forget"}, ("forget", "李雷")),
    ],
    ids=lambda value: value["act"] if isinstance(value, dict) else "",
)  # fmt: skip
def test_a_form_is_done_in_the_name_of_its_person(
    visit: Open, fields: dict[str, str], done: tuple[str, ...]
) -> None:
    desk = DeskBeside()
    answer = send(visit(desk), **fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sources")
    assert desk.done == [done]


def test_what_was_probed_is_watched_as_a_person_names_it(visit: Open) -> None:
    desk = DeskBeside(probe=PROBED)
    browser = visit(desk)
    page = browser.get("/sources").text
    assert "can be watched" in page
    assert f'value="{ENTRY["name"]}"' in page
    assert f'<input type="hidden" name="url" value="{PROBED.url}">' in page
    assert "提案公开" in page
    given = {"name": "new", "agency": "某委", "kind": "suggestion"}
    assert (
        send(browser, act="add", url=PROBED.url, listing="http://127.0.0.1/", **given).status_code
        == 303
    )
    assert desk.entries == [{**ENTRY, **given}]  # the directory is the one that was probed
    assert desk.probe is None


def test_what_is_refused_is_said_and_what_was_written_stays(visit: Open) -> None:
    browser = visit(DeskBeside(probe=PROBED, refused="demo"))
    given = {"url": PROBED.url, "name": "demo", "agency": "某委", "kind": "proposal"}
    answer = send(browser, act="add", **given)
    assert answer.status_code == 409
    assert "a source is named demo already" in answer.text
    assert 'value="某委"' in answer.text
    in_chinese = send(browser, act="add", **given, lang="zh")
    assert in_chinese.status_code == 409


def test_a_form_watches_no_other_directory_than_its_page_showed(visit: Open) -> None:
    """Who has the same token, or the person in another window, has checked another one since."""
    desk = DeskBeside(probe=PROBED)
    browser = visit(desk)
    given = {"act": "add", "name": "new", "agency": "某委", "kind": "proposal"}
    desk.probe = replace(PROBED, url="https://gov.example/other/")
    answer = send(browser, url=PROBED.url, **given)
    assert answer.status_code == 409
    assert "another address was checked since: check this one again" in answer.text
    assert 'value="某委"' not in answer.text  # which was said of another directory
    assert desk.entries == []


@pytest.mark.parametrize("named", ["name", "agency"])
def test_what_is_too_long_is_named(visit: Open, named: str) -> None:
    given = {"name": "new", "agency": "某委", "kind": "proposal", named: "x" * 201}
    answer = send(visit(DeskBeside(probe=PROBED)), act="add", url=PROBED.url, **given)
    assert f"{named}: expected at most 200 characters" in answer.text


def test_a_probe_that_goes_on_or_failed_says_so(visit: Open) -> None:
    desk = DeskBeside()
    browser = visit(desk)
    send(browser, act="probe", url="https://gov.example/")
    assert "3 of 20 visited" in browser.get("/sources").text
    desk.probe = ProbeShown("https://gov.example/", failure="it took too long and was ended")
    assert "it took too long and was ended" in browser.get("/sources").text


def test_who_is_not_known_by_name_reads_and_decides_nothing(visit: Open) -> None:
    desk = DeskBeside()
    browser = visit(desk, is_known=False, people={})
    page = browser.get("/sources").text
    assert "Read only" in page
    assert "<form" not in page
    assert browser.post("/sources", data={"act": "pause", "source": "demo"}).status_code == 403
    assert desk.done == []


@pytest.mark.parametrize("form", ["", "0" * 64], ids=["no form token", "a wrong one"])
def test_the_form_of_another_page_is_refused(visit: Open, form: str) -> None:
    desk = DeskBeside()
    answer = visit(desk).post("/sources", data={"form": form, "act": "crawl", "source": "demo"})
    assert (answer.status_code, desk.done) == (403, [])


def test_what_makes_no_sense_is_refused(visit: Open) -> None:
    browser = visit(DeskBeside())
    assert send(browser, act="eat").status_code == 400
    assert send(browser, act="add", name="x", agency="y", kind="proposal").status_code == 409
    without_service = visit(None)
    assert "<form" not in without_service.get("/sources").text


def test_a_paused_source_is_said_to_be_paused_on_the_first_page(visit: Open) -> None:
    assert "paused" in visit(DeskBeside()).get("/").text
