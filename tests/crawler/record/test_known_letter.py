"""A visit to a known letter: edited, emptied, replaced, back, or as it was."""

import pytest

from tests.crawler.record.source import (
    EMPTY,
    GONE,
    LONG,
    TEXT,
    UNMODIFIED,
    UNREACHED,
    ComposedSource,
    page_of,
    url_of,
)

ONE, OTHER = url_of("0001"), url_of("0002")
PAGE = page_of("0001")
EDITED = page_of("0001", LONG.format(918))
GUTTED = page_of("0001", TEXT.format(800)[:40])
REPLACED = page_of("0007", LONG.format(800).replace("建设停车场", "加强养老服务"))


@pytest.fixture
def crawled(source: ComposedSource) -> ComposedSource:
    source.crawl({ONE: PAGE, OTHER: page_of("0002")})
    return source


@pytest.mark.parametrize(
    ("answers", "kinds"),
    [
        pytest.param([PAGE], [], id="as it was"),
        pytest.param([UNMODIFIED], [], id="not modified"),
        pytest.param([UNREACHED], [], id="no answer"),
        pytest.param([EDITED], ["edited"], id="a figure changed"),
        pytest.param([EDITED, EDITED], ["edited"], id="an edit is recorded once"),
        pytest.param([EDITED, PAGE], ["edited", "edited"], id="edited and put back"),
        pytest.param([EDITED, UNMODIFIED, PAGE], ["edited", "edited"], id="put back after a 304"),
        pytest.param([GUTTED], [], id="most of the text is gone once"),
        pytest.param([GUTTED, GUTTED], ["edited"], id="most of the text is gone twice"),
        pytest.param([GUTTED, PAGE, GUTTED], [], id="most of the text comes back between"),
        pytest.param([EMPTY] * 3, [], id="emptied for ever: its server lost it"),
        pytest.param([REPLACED], [], id="another letter in its place once"),
        pytest.param([REPLACED] * 2, ["edited"], id="another letter in its place twice"),
        pytest.param([GONE, GONE, REPLACED, REPLACED], ["withdrawn"],
                     id="another letter in a withdrawn one's place is one of its own"),
        pytest.param([GONE, GONE, EDITED], ["withdrawn", "restored"], id="back with an edit"),
    ],
)  # fmt: skip
def test_a_known_letter_is(crawled: ComposedSource, answers: list[str], kinds: list[str]) -> None:
    for answer in answers:
        crawled.crawl({ONE: answer, OTHER: page_of("0002")})
    assert crawled.kinds() == kinds


def test_another_letter_in_a_withdrawn_one_s_place_is_published(crawled: ComposedSource) -> None:
    for answer in (GONE, GONE, REPLACED, REPLACED):
        crawled.crawl({ONE: answer, OTHER: page_of("0002")})
    published = crawled.changes()[-1]
    assert (published.kind.value, published.baseline) == ("published", False)
    assert sorted(crawled.states()) == ["published", "published", "withdrawn"]


def test_a_letter_that_is_back_bears_what_was_edited_meanwhile(crawled: ComposedSource) -> None:
    for answer in (GONE, GONE, EDITED):
        crawled.crawl({ONE: answer, OTHER: page_of("0002")})
    restored = crawled.changes()[-1]
    assert [(edit.old, edit.new) for edit in restored.edits] == [("800", "918")]


def test_a_window_begins_at_the_last_page_that_was_served(crawled: ComposedSource) -> None:
    served = crawled.clock.at
    for answer in (UNMODIFIED, UNREACHED, EDITED):
        between = crawled.clock.at
        crawled.crawl({ONE: answer, OTHER: page_of("0002")})
    window = crawled.changes()[-1].window
    assert window.after is not None
    assert window.after <= served < between < window.before


def test_a_confirmed_loss_happened_before_it_was_first_seen(crawled: ComposedSource) -> None:
    crawled.crawl({ONE: GUTTED, OTHER: page_of("0002")})
    first_seen = crawled.clock.at
    crawled.crawl({ONE: GUTTED, OTHER: page_of("0002")})
    (change,) = (each for each in crawled.changes() if each.kind.value == "edited")
    assert change.window.before <= first_seen < change.detected_at


def test_text_that_comes_back_is_compared_with_the_last_text(crawled: ComposedSource) -> None:
    for answer in (EMPTY, EMPTY, EDITED):
        crawled.crawl({ONE: answer, OTHER: page_of("0002")})
    (change,) = (each for each in crawled.changes() if each.kind.value == "edited")
    assert [(edit.old, edit.new) for edit in change.edits] == [("800", "918")]
