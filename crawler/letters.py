"""Reads a letter's page."""

from crawler.attachments import find_attachments
from crawler.body import read_lines
from crawler.page import Page
from letters.letter import Kind, Letter
from letters.printed import Line, Printed
from letters.reading import read_letter

PARSER = "1"  # to be raised by whoever changes what is read from a page


class PageChangedError(Exception):
    """Raised when a page lacks what every letter's page of its family has."""


def read_page(page: Page, kind: Kind) -> Letter:
    """Return the letter of `page`; raise PageChangedError naming what is missing."""
    if page.body is None:
        raise PageChangedError("body container missing")
    if page.title is None:
        raise PageChangedError("title missing")
    attachments = find_attachments(page)
    named = {each.name for each in attachments}
    lines = tuple(line for line in read_lines(page.body) if not _only_names(line, named))
    printed = Printed(
        url=page.url,
        title=page.title,
        published_on=page.published_on,
        lines=lines,
        attachments=attachments,
        labels=page.index_table,
    )
    return read_letter(printed, kind)


def _only_names(line: Line, names: set[str]) -> bool:
    """Tell whether a line is nothing but the link to a file, which is told as an attachment."""
    return line.text in names
