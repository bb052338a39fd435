"""Changes to a large share of a source are withheld until they are seen again."""

from storage import queries
from tests.crawler.record.source import LONG, ComposedSource, page_of, url_of

NUMBERS = [f"{n:04}" for n in range(4)]
BEFORE = {url_of(number): page_of(number) for number in NUMBERS}
AFTER = {url_of(number): page_of(number, LONG.format(918)) for number in NUMBERS}


def held(source: ComposedSource) -> list[bool]:
    with source.archive.reading() as connection:
        changes = queries.changes(connection, queries.ChangeFilter())
        return [each.held for each in changes if each.kind.value == "edited"]


def test_a_crawl_that_changes_most_of_a_source_holds_its_changes(source: ComposedSource) -> None:
    source.crawl(BEFORE)
    source.crawl(AFTER)
    assert held(source) == [True] * 4


def test_a_crawl_that_changes_half_of_it_does_not(source: ComposedSource) -> None:
    source.crawl(BEFORE)
    source.crawl(BEFORE | dict(list(AFTER.items())[:2]))
    assert held(source) == [False] * 2


def test_held_changes_are_released_by_a_crawl_that_sees_the_same(source: ComposedSource) -> None:
    source.crawl(BEFORE)
    source.crawl(AFTER)
    source.crawl(AFTER, whole=False)
    assert held(source) == [True] * 4
    source.crawl(AFTER)
    assert held(source) == [False] * 4
