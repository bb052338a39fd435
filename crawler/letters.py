"""Reads a letter's page."""

import re

from crawler.attachments import find_attachments
from crawler.body import read_lines
from crawler.page import Page
from letters.letter import Kind, Letter
from letters.printed import Line, Printed
from letters.reading import read_letter

PARSER = "2"  # to be raised by whoever changes what is read from a page


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
    lines = tuple(line for line in read_lines(page.body) if _is_text(line, named))
    printed = Printed(
        url=page.url,
        title=page.title,
        published_on=page.published_on,
        lines=lines,
        attachments=attachments,
        labels=page.index_table,
    )
    return read_letter(printed, kind)


def _is_text(line: Line, names: set[str]) -> bool:
    """Tell whether a line is the letter's own.

    One that is nothing but the link to a file is told as an attachment, and the time of
    the visit is the template's.
    """
    return line.text not in names and not _NOW.fullmatch(line.text)


# 今天是2026年11月24日 星期二; a date alone may be the letter's own.
_NOW = re.compile(
    r"(?P<told>(?:今天是|当前(?:日期|时间)|现在是|(?:访问|打印|页面生成)时间)[：:]?\s*)?"
    r"\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}\s*日?"
    r"(?(told)(?:[，, ]*(?:星期|周)[一二三四五六日天])?|[，, ]*(?:星期|周)[一二三四五六日天])"
    r"(?:[ T]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
)
