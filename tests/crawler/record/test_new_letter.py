"""A letter at an address where none stood: published there, moved there, or not decided yet."""

import pytest

from tests.crawler.record.source import (
    GONE,
    LONG,
    REDIRECTED,
    UNREACHED,
    ComposedSource,
    page_of,
    url_of,
)

OLD, OTHER = url_of("0001"), url_of("0002")
NEW = url_of("0001", "202301")
PAGE, ANOTHER = page_of("0001"), page_of("0002")
EDITED = page_of("0001", LONG.format(918))


@pytest.fixture
def crawled(source: ComposedSource) -> ComposedSource:
    source.crawl({OLD: PAGE, OTHER: ANOTHER})
    return source


@pytest.mark.parametrize(
    ("answers", "listed", "whole", "kinds"),
    [
        pytest.param({OLD: GONE, NEW: PAGE}, [OTHER, NEW], True, ["relocated"], id="moved"),
        pytest.param(
            {OLD: GONE, NEW: EDITED}, [OTHER, NEW], True, ["relocated"], id="moved and edited"
        ),
        pytest.param(
            {OLD: GONE, NEW: PAGE}, [OTHER, NEW], False, [], id="moved, the directory read in part"
        ),
        pytest.param(
            {OLD: PAGE, NEW: PAGE}, [OLD, OTHER, NEW], True, ["published"], id="both are served"
        ),
        pytest.param(
            {OLD: GONE, NEW: PAGE},
            [OLD, OTHER, NEW],
            True,
            [],
            id="moved amid a walk: both listed",
        ),
        pytest.param(
            {NEW: PAGE}, [OLD, OTHER, NEW], True, [], id="both listed, the old page not visited"
        ),
        pytest.param(
            {OLD: UNREACHED, NEW: PAGE}, [OTHER, NEW], True, [], id="the old page gives no answer"
        ),
        pytest.param(
            {OLD: GONE, NEW: page_of("0009")},
            [OTHER, NEW],
            True,
            ["published"],
            id="another number: another letter",
        ),
    ],
)
def test_a_letter_at_a_new_address_is(
    crawled: ComposedSource,
    answers: dict[str, str],
    listed: list[str],
    whole: bool,  # noqa: FBT001 - of a table
    kinds: list[str],
) -> None:
    before = len(crawled.changes())
    crawled.crawl({OTHER: ANOTHER, **answers}, listed, whole=whole)
    assert [each.kind.value for each in crawled.changes()[before:]] == kinds


@pytest.mark.parametrize("row", [NEW, url_of("0001", "jump?to=")])
def test_a_letter_that_is_listed_by_a_link_that_redirects_to_it_moved(
    crawled: ComposedSource, row: str
) -> None:
    there = {row: REDIRECTED.format(OLD, PAGE), OLD: PAGE, OTHER: ANOTHER}
    crawled.crawl(there, [row, OTHER])
    assert crawled.kinds() == ["relocated"]
    crawled.crawl(there, [OLD, OTHER])
    assert crawled.kinds() == ["relocated", "relocated"]
    assert crawled.states() == ["published", "published"]


def test_a_move_bears_the_edits_that_came_with_it(crawled: ComposedSource) -> None:
    crawled.crawl({OLD: GONE, NEW: EDITED, OTHER: ANOTHER}, [NEW, OTHER])
    (move,) = (each for each in crawled.changes() if each.kind.value == "relocated")
    assert [(edit.old, edit.new) for edit in move.edits] == [("800", "918")]
    assert len(crawled.letters()) == 2


def test_a_letter_whose_old_page_gives_no_answer_moved_after_enough_directories(
    crawled: ComposedSource,
) -> None:
    for kinds in ([], ["relocated"]):
        crawled.crawl({OLD: UNREACHED, NEW: PAGE, OTHER: ANOTHER}, [NEW, OTHER])
        assert crawled.kinds() == kinds


def test_a_letter_that_moved_amid_a_walk_is_known_as_moved_by_the_next(
    crawled: ComposedSource,
) -> None:
    crawled.crawl({OLD: GONE, NEW: PAGE, OTHER: ANOTHER}, [OLD, NEW, OTHER])
    crawled.crawl({OLD: GONE, NEW: PAGE, OTHER: ANOTHER}, [NEW, OTHER])
    assert crawled.kinds() == ["relocated"]


def test_a_letter_whose_old_row_was_left_behind_moved_after_enough_crawls(
    crawled: ComposedSource,
) -> None:
    for kinds in ([], ["relocated"], ["relocated"]):
        crawled.crawl({OLD: GONE, NEW: PAGE, OTHER: ANOTHER}, [OLD, NEW, OTHER])
        assert crawled.kinds() == kinds


@pytest.mark.parametrize(
    ("listed", "page", "twins"),
    [
        pytest.param([NEW, OLD, OTHER], PAGE, [OLD], id="listed too, and not visited yet"),
        pytest.param([NEW, OTHER], PAGE, [], id="not listed any more: the plan visits it first"),
        pytest.param([NEW, OLD, OTHER], page_of("0009"), [], id="another number"),
    ],
)
def test_of_a_new_letter_the_listed_one_that_it_may_be_is_visited_first(
    crawled: ComposedSource, listed: list[str], page: str, twins: list[str]
) -> None:
    crawled.crawl({OTHER: ANOTHER}, listed)
    assert [each.url for each in crawled.twins_of(NEW, page)] == twins


def test_a_listed_letter_that_was_visited_is_not_visited_again_for_its_twin(
    crawled: ComposedSource,
) -> None:
    crawled.crawl({OLD: PAGE, OTHER: ANOTHER}, [NEW, OLD, OTHER])
    assert crawled.twins_of(NEW, PAGE) == []


def test_a_page_asked_for_by_its_url_waits_where_it_may_be_a_known_letter(
    crawled: ComposedSource,
) -> None:
    crawl = crawled.crawl({NEW: PAGE}, urls=(NEW,))
    assert [error.reason for error in crawl.errors] == [
        "it may be letter 1; held back until the directory is read"
    ]
    crawled.crawl({url_of("0009"): page_of("0009")}, urls=(url_of("0009"),))
    assert len(crawled.letters()) == 3


@pytest.mark.parametrize(
    ("whole", "is_baseline"),
    [
        pytest.param(True, False, id="after a directory that was read whole: news"),
        pytest.param(False, True, id="after one that was read in part: it may have stood there"),
    ],
)
def test_a_letter_is_news_after_a_whole_directory(
    source: ComposedSource,
    whole: bool,  # noqa: FBT001 - of a table
    is_baseline: bool,  # noqa: FBT001
) -> None:
    source.crawl({OLD: PAGE}, whole=whole)
    source.crawl({OLD: PAGE, OTHER: ANOTHER})
    assert [each.baseline for each in source.changes()] == [True, is_baseline]


def test_a_new_letter_was_published_after_the_last_directory_without_it(
    crawled: ComposedSource,
) -> None:
    crawled.crawl({OLD: PAGE, OTHER: ANOTHER})
    before = crawled.clock.at
    crawled.crawl({OLD: PAGE, OTHER: ANOTHER, url_of("0003"): page_of("0003")})
    window = crawled.changes()[-1].window
    assert window.after is not None
    assert window.after < before < window.before
