"""Letters as a page prints them, line by line, for tests of what is read in them."""

from letters.letter import BlockKind, Kind, Letter
from letters.printed_page import Line, PrintedPage
from letters.reading import read_letter

SALUTATION = "王小明代表："
OPENING = "您提出的《关于修渠的建议》收悉。现答复如下："
TEXT = "该渠已列入今年的计划，我局将继续做好有关工作，感谢您的关心。"
AGENCY, DAY = "甲市水利局", "2024年6月3日"


def read_page_of(*lines: str, title: str = "关于第28号建议的答复") -> Letter:
    """Return the letter of a page with `title` and `lines`; one with tabs is a table."""
    printed = tuple(
        Line(BlockKind.TABLE if "\t" in line else BlockKind.PARAGRAPH, line) for line in lines
    )
    page = PrintedPage("http://gov.example/1.html", title, lines=printed)
    return read_letter(page, Kind.SUGGESTION)


def read_reply(
    *foot: str,
    head: tuple[str, ...] = (),
    opening: tuple[str, ...] = (SALUTATION, OPENING),
    title: str = "关于第28号建议的答复",
) -> Letter:
    """Return a whole reply with other lines at its head or foot, or another opening."""
    return read_page_of(*head, *opening, TEXT, *foot, title=title)


def headings(letter: Letter) -> list[tuple[int | None, str]]:
    """Return level and text of the headings of a letter."""
    return [(each.level, each.text) for each in letter.body if each.kind is BlockKind.HEADING]
