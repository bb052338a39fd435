""" "Not modified" proves only what was asked, and no window begins at it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crawler.http.snapshot import Snapshot
from crawler.page.reader import PageReader
from crawler.visit import is_of_another_page, read_answer
from letters.addresses import KnownAddress
from letters.letter import Kind
from letters.visit_span import VisitOutcome
from replica.compose import compose
from replica.faults import status
from replica.nights import edit
from replica.server import Replica
from storage.schema.tables import letters
from tests.whole.story import Story

UNASKED = "HTTP 304 in place of a page: it was not asked for so"


@pytest.mark.parametrize(
    ("letter_id", "was_conditional", "outcome"),
    [
        pytest.param(7, True, VisitOutcome.LETTER, id="of a letter that was read, asked for so"),
        pytest.param(
            7, False, VisitOutcome.BROKEN, id="of a letter that was read, not asked for so"
        ),
        pytest.param(None, True, VisitOutcome.BROKEN, id="of a letter never read, asked for so"),
        pytest.param(
            None, False, VisitOutcome.BROKEN, id="of a letter never read, not asked for so"
        ),
    ],
)
def test_not_modified_is_the_letter_where_it_was_asked_of_a_page_that_is_kept(
    letter_id: int | None, outcome: VisitOutcome, *, was_conditional: bool
) -> None:
    told = dict.fromkeys(KnownAddress.__dataclass_fields__) | {"letter_id": letter_id}
    known = KnownAddress(**told)  # type: ignore[arg-type]  # the rest is not asked for
    at = datetime.now(UTC)
    seen = Snapshot("http://x/a", "http://x/a", 304, {}, b"", at, at, was_conditional)
    assert (
        read_answer(known, seen, PageReader(Kind.PROPOSAL), is_listed=True, newest=None).outcome
        is outcome
    )


@pytest.mark.parametrize(
    ("headers", "is_other"),
    [
        pytest.param({"etag": '"a"'}, False, id="the tag that is kept"),
        pytest.param({"etag": 'W/"a"'}, False, id="the same tag, a weak one"),
        pytest.param({"etag": '"b"'}, True, id="another tag"),
        pytest.param(
            {"last-modified": "Mon, 01 Jan 2024 00:00:00 GMT"}, False, id="the time kept"
        ),
        pytest.param({"last-modified": "Tue, 02 Jan 2024 00:00:00 GMT"}, True, id="another time"),
        pytest.param({}, False, id="nothing"),
    ],
)
def test_a_304_that_names_another_page_is_asked_again(
    headers: dict[str, str], *, is_other: bool
) -> None:
    at = datetime.now(UTC)
    told = dict.fromkeys(KnownAddress.__dataclass_fields__) | {"letter_id": 7, "etag": '"a"'}
    told["last_modified"] = "Mon, 01 Jan 2024 00:00:00 GMT"
    known = KnownAddress(**told)  # type: ignore[arg-type]  # the rest is not asked for
    seen = Snapshot("http://x/a", "http://x/a", 304, headers, b"", at, at, True)
    assert is_of_another_page(known, seen) is is_other


def test_a_letter_never_read_that_answers_not_modified_is_a_hole(
    tmp_path: Path, watch: Callable[..., Any], quick: Callable[..., Any]
) -> None:
    with Replica(compose(letters=5, suggestions=0)) as served:
        watcher = quick(served, watch(tmp_path, served.listing("proposal")))
        first = served.directory.documents[0]
        served.faults.add(f"_{first.docid}[._]", status(304))
        for _ in range(2):
            crawl = watcher.crawl()
            assert crawl["outcome"] == "partial"
            assert [each["reason"] for each in crawl["errors"]] == [UNASKED]
        served.faults.clear()
        assert watcher.crawl()["published"] == 1
        watcher.assert_sound()


def test_a_window_begins_at_the_last_page_that_was_served(story: Story) -> None:
    happened = datetime.now(UTC)
    edit(story.letter, "401121", "401122")
    story.replica.faults.add(f"_{story.letter.docid}[._]", status(304))
    assert story.crawl()["unchanged"] == 12
    story.replica.faults.clear()
    story.crawl()
    (change,) = story.told()
    assert datetime.fromisoformat(change["window"]["after"]) < happened
    story.quick.assert_sound()


def test_a_page_that_was_served_long_ago_is_asked_for_without_condition(story: Story) -> None:
    def served() -> list[bool]:
        with story.quick.archive() as archive, archive.reading() as connection:
            query = select(letters.c.served_at == letters.c.last_seen)
            return [bool(each) for each in connection.execute(query).scalars()]

    story.crawl()
    assert not any(served())
    assert story.quick.crawl(late=4 * 86400.0)["unchanged"] == 12
    assert all(served())


def test_a_letter_is_withdrawn_after_the_last_page_that_was_served(story: Story) -> None:
    happened = datetime.now(UTC)
    story.letter.served = "gone"  # still listed for a crawl, and its server says: as it was
    story.replica.faults.add(f"_{story.letter.docid}[._]", status(304))
    story.crawl()
    story.replica.faults.clear()
    story.letter.is_listed = False
    story.crawl()
    story.crawl()
    (change,) = story.told()
    assert change["kind"] == "withdrawn"
    assert datetime.fromisoformat(change["window"]["after"]) < happened


def test_a_letter_that_was_gone_is_back_only_with_its_page(story: Story) -> None:
    story.letter.is_listed, story.letter.served = False, "gone"
    story.crawl()
    story.crawl()
    story.letter.is_listed = True
    story.replica.faults.add(f"_{story.letter.docid}[._]", status(304))
    assert story.crawl("partial")["errors"][0]["reason"] == UNASKED
    assert story.kinds() == ["withdrawn"]
    story.replica.faults.clear()
    story.letter.served = "page"
    story.crawl()
    assert story.kinds() == ["withdrawn", "restored"]
