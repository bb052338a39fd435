"""A body that is in another element than before makes no edit by itself: a redesign is reported once."""

import pytest

from tests.crawler.record.source import LONG, ComposedSource, page_of, title_of, url_of

NUMBERS = [f"{n:04d}" for n in range(1, 9)]


def redesigned(number: str, text: str = LONG.format(800), name: str = "content-body") -> str:
    """Return the page of a letter in a template that no family knows."""
    page = page_of(number, text).replace('<div class="TRS_Editor">', f'<div class="{name}">')
    return page.replace("<body>", f"<body><h1>{title_of(number)}</h1>")


def pages(made: object, text: str = LONG.format(800)) -> dict[str, str]:
    return {url_of(number): made(number, text) for number in NUMBERS}  # type: ignore[operator]


def test_the_same_words_in_another_element_are_unchanged(source: ComposedSource) -> None:
    source.crawl(pages(page_of))
    assert source.crawl(pages(redesigned)).errors == ()
    assert source.kinds() == []


def test_other_words_in_another_element_are_drift_and_no_edit(source: ComposedSource) -> None:
    source.crawl(pages(page_of))
    crawl = source.crawl(pages(redesigned, LONG.format(900)))
    assert source.kinds() == []
    assert any("drift" in error.reason for error in crawl.errors)
    assert any("body container missing" in error.reason for error in crawl.errors)


def test_one_letter_whose_body_moved_and_differs_is_broken(source: ComposedSource) -> None:
    source.crawl(pages(page_of))
    one = {url_of("0001"): redesigned("0001", LONG.format(900))}
    (error,) = source.crawl(pages(page_of) | one).errors
    assert (
        error.reason
        == "body container missing: it was in .TRS_Editor, other words are in div.content-body"
    )
    assert source.kinds() == []
    assert source.crawl(pages(page_of)).errors == ()
    assert source.kinds() == []


@pytest.mark.parametrize(
    ("before", "now", "kinds"),
    [
        pytest.param("content-body", "content-body", ["edited"], id="where it was"),
        pytest.param("content-body", "nr_box", [], id="in another that is not known"),
        pytest.param("content-body", "TRS_Editor", [], id="in a known one, from one that is not"),
        pytest.param("TRS_Editor", "zwxl-article", ["edited"], id="in another known one"),
    ],
)
def test_an_edit_is_reported_where_the_body_is_comparable(
    source: ComposedSource, before: str, now: str, kinds: list[str]
) -> None:
    url = url_of("0001")
    source.crawl({url: redesigned("0001", name=before)})
    source.crawl({url: redesigned("0001", LONG.format(900), name=now)})
    assert source.kinds() == kinds
