"""Reads the letter of a page, and of the further pages on which it goes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from crawler.page.attachments import find_attachments
from crawler.page.body import read_lines
from crawler.page.boilerplate import without_boilerplate
from crawler.page.dom import Page
from crawler.page.further_pages import remove_pager, without_pager
from crawler.page.number_box import number_in_box
from crawler.sites import FAMILIES, Family
from letters.letter import Attachment, BlockKind, Kind, Letter
from letters.printed_page import Line, PrintedPage
from letters.reading import read_letter
from letters.urls import file_key

PARSER = "7"  # to be raised with each change of what is read from a page

_ENOUGH = 12  # code points by which a paragraph is found in a page


class PageChangedError(Exception):
    """Raised when a page lacks what every letter's page of its family has."""


@dataclass(frozen=True, slots=True)
class PageReader:
    """How the pages of a source are read: its kind of letters, and its family of sites."""

    kind: Kind
    family: Family | None = None  # None: recognised from each page

    @classmethod
    def of_site(cls, kind: Kind, site: str) -> "PageReader":
        """Return the reader of a source; a `site` that is no family leaves that to each page."""
        return cls(kind, FAMILIES.get(site))

    @classmethod
    def of_label(cls, kind: Kind, label: str) -> "PageReader | None":
        """Return the reader that today's parser is under `label`; None for another parser's."""
        reader = cls.of_site(kind, label.partition("/")[2])
        return reader if reader.label == label else None

    @property
    def label(self) -> str:
        """What a version is marked with: two readers of one label read the same in a page."""
        return f"{PARSER}/{self.family.name}" if self.family else PARSER

    def page(self, html: str, url: str) -> Page:
        """Return a page as this reader reads it."""
        return Page(html, url, self.family)


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
    lines = list(without_pager(lines)) if further else lines
    printed = PrintedPage(
        url=page.url,
        title=page.title,
        published_on=page.published_on,
        lines=tuple(lines),
        attachments=attachments,
        doc_number=_boxed_number(page, page.title, lines),
        labels=page.index_table.labels,
    )
    return read_letter(printed, kind)


def _boxed_number(page: Page, title: str, lines: Iterable[Line]) -> str | None:
    """Return the document number in a box above the longest paragraph, which ends what is above.

    What is printed below, or in a table of other documents, is none of the letter's.
    """
    paragraphs = (line.text for line in lines if line.kind is BlockKind.PARAGRAPH)
    begins = max(paragraphs, key=len, default="")[:_ENOUGH]
    shown = max(page.html.find("<body"), 0)  # a meta tag may begin as the text does
    at = page.html.rfind(begins, shown) if len(begins) == _ENOUGH else -1
    number = number_in_box(page.html[: at if at > 0 else None], title)
    return None if number and page.index_table.says_of_another(number) else number


def _attachments(pages: Iterable[Page]) -> tuple[Attachment, ...]:
    files: dict[str, Attachment] = {}
    for each in chain.from_iterable(map(find_attachments, pages)):
        files.setdefault(file_key(each.url), each)
    return tuple(files.values())


def _lines(page: Page, files: Iterable[Attachment]) -> list[Line]:
    if page.body is None:
        return []
    return without_boilerplate(read_lines(page.body), {each.name for each in files})
