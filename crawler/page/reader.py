"""Reads the letter of a page, and of the further pages on which it goes on."""

from collections.abc import Iterable, Sequence
from itertools import chain

from crawler.page.attachments import find_attachments
from crawler.page.body import read_lines
from crawler.page.boilerplate import without_boilerplate
from crawler.page.dom import Page
from crawler.page.further_pages import remove_pager, without_pager
from letters.letter import Attachment, Kind, Letter
from letters.printed_page import Line, PrintedPage
from letters.reading import read_letter
from letters.urls import file_key

PARSER = "4"  # to be raised with each change of what is read from a page


class PageChangedError(Exception):
    """Raised when a page lacks what every letter's page of its family has."""


def read_page(page: Page, kind: Kind, further: Sequence[Page] = ()) -> Letter:
    """Return the letter of `page` and its `further` pages.

    Raises PageChangedError naming what is missing.
    """
    if page.body is None:
        raise PageChangedError("body container missing")
    if page.title is None:
        raise PageChangedError("title missing")
    if further:
        for each in (page, *further):
            remove_pager(each, page.url)
    attachments = _attachments([page, *further])
    lines = [line for each in (page, *further) for line in _lines(each, attachments)]
    printed = PrintedPage(
        url=page.url,
        title=page.title,
        published_on=page.published_on,
        lines=tuple(without_pager(lines) if further else lines),
        attachments=attachments,
        labels=page.index_table,
    )
    return read_letter(printed, kind)


def _attachments(pages: Iterable[Page]) -> tuple[Attachment, ...]:
    files: dict[str, Attachment] = {}
    for each in chain.from_iterable(map(find_attachments, pages)):
        files.setdefault(file_key(each.url), each)
    return tuple(files.values())


def _lines(page: Page, files: Iterable[Attachment]) -> list[Line]:
    if page.body is None:
        return []
    return without_boilerplate(read_lines(page.body), {each.name for each in files})
