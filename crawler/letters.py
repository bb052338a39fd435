"""Reads a letter's page."""

from crawler.attachments import find_attachments
from crawler.body import read_lines
from crawler.chrome import own_lines
from crawler.page import Page
from letters.letter import Kind, Letter
from letters.printed import Printed
from letters.reading import read_letter

PARSER = "4"  # to be raised by whoever changes what is read from a page


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
    printed = Printed(
        url=page.url,
        title=page.title,
        published_on=page.published_on,
        lines=tuple(own_lines(read_lines(page.body), named)),
        attachments=attachments,
        labels=page.index_table,
    )
    return read_letter(printed, kind)
