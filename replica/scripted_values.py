"""What scripted directories are made of: a row, a request, how one system serves a directory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

_HEAD = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>建议提案办理</title>{0}</head>'
    "<body>{1}</body></html>"
)
JSON = "application/json; charset=utf-8"
XML = "text/xml; charset=utf-8"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a directory."""

    title: str
    path: str
    listed_on: str  # YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its query and its form, names once."""

    path: str
    values: dict[str, str]

    @classmethod
    def of(cls, url: str, body: str) -> "Asked":
        """Return a request by its path with query, and its body."""
        parts = urlsplit(url)
        pairs = (*parse_qsl(parts.query, True), *parse_qsl(body, True))
        return cls(parts.path, dict(pairs))

    def number(self, name: str) -> int:
        """Return a number that was sent; 0 for none."""
        value = self.values.get(name, "")
        return int(value) if value.isdecimal() else 0


Rows = Sequence[Row]


@dataclass(frozen=True, slots=True)
class ScriptedList:
    """How one system serves a directory: its page, and what it answers to its scripts."""

    name: str
    listing: str  # path of the page, with the fragment that names the channel
    endpoint: str  # path that the scripts ask
    content_type: str  # of answers
    page: Callable[[Rows], str]
    answer: Callable[[Asked, Rows], str | None]  # None: asked otherwise than its scripts ask


def item(row: Row) -> str:
    """Return a row as an item of a list, its title cut as sites cut it."""
    link = f'<a href="{row.path}" title="{row.title}">{row.title[:18]}…</a>'
    return f"<li>{link}<span>{row.listed_on}</span></li>"


def html_page(body: str, head: str = "") -> str:
    """Return a page of HTML."""
    return _HEAD.format(head, body)


def page_of(rows: Rows, number: int, size: int) -> Rows:
    """Return page `number` of rows, from 1, `size` a page."""
    return rows[(number - 1) * size : number * size]
