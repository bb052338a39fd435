"""One sign that a directory has more pages or rows, with a quote of the page."""

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

_QUOTED = 60  # characters of a sign that are quoted


@dataclass(frozen=True, slots=True)
class Sign:
    """Something on a page of a directory that says, or shows, how many pages there are."""

    words: str  # in words, with a quote of the page
    total_pages: int | None = None  # None: it gives no number
    total_rows: int | None = None  # None: it gives no number
    is_count: bool = False  # the page counts its pages or rows; else it only shows a pager's part
    is_part: bool = False  # a part of the list to which no pager leads
    may_be_end: bool = False  # so looks the last page of a chain too


def opening_tag(node: LexborNode) -> str:
    """Return the tag that opens an element, shortened."""
    attributes = " ".join(f'{name}="{value or ""}"' for name, value in node.attributes.items())
    return quoted(f"<{node.tag} {attributes}>")


def quoted(text: str) -> str:
    """Return the beginning of a text, in one line."""
    return " ".join(text.split())[:_QUOTED]
