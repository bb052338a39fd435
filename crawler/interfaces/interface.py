"""What an interface is: who uses it, how it is asked for a page of rows, what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_QUOTED = 60  # code points of an answer that is not what was expected


class UnexpectedAnswerError(Exception):
    """Raised by Interface.read for an answer that is no page of the rows that were asked for."""

    def __init__(self, expected: str, got: str) -> None:
        super().__init__(f"expected {expected}, got {quoted(got)}")


def quoted(text: str) -> str:
    """Return the beginning of a text in one line, as an error quotes it.

    >>> quoted(" <html>   <body> ")
    '<html> <body>'
    """
    words = " ".join(text[: 4 * _QUOTED].split())
    return f"{words[:_QUOTED]}…" if len(words) > _QUOTED else words or "nothing"


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a directory's page says of the interface that fills its list."""

    page_url: str  # of the page; links in answers are relative to it
    sign: str  # words of the page by which the interface was recognised
    url: str  # that is asked, absolute, on the site of the page
    values: tuple[tuple[str, str], ...]  # names and values to send, as the page has them
    page_size: int  # rows that one request asks for
    total: int | None = None  # rows that the page says there are; it may be older than answers
    first_batch: str | None = None  # rows that the page itself holds, in the form of an answer

    @property
    def referer(self) -> tuple[str, str]:
        """The header that names the page: some interfaces answer nobody without it."""
        return "Referer", self.page_url.partition("#")[0]

    def value(self, name: str) -> str:
        """Return the value of a parameter; empty where the page has none."""
        return dict(self.values).get(name, "")


@dataclass(frozen=True, slots=True)
class InterfaceRequest:
    """One request for rows, to a page or an interface, so that anybody can make it again."""

    method: str  # GET or POST
    url: str
    body: str = ""  # form fields, encoded as a URL's query is
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class InterfaceRow:
    """One row of an answer, as it is printed there."""

    title: str
    url: str | None  # absolute; None where it leads to no page
    listed_on: date | None
    is_elsewhere: bool = False  # the answer itself says that it leads to no letter of the site


@dataclass(frozen=True, slots=True)
class InterfaceRows:
    """What one answer lists; None where it does not say."""

    rows: tuple[InterfaceRow, ...]
    total: int | None = None  # rows of the whole directory
    pages: int | None = None  # of the page size that was asked for
    other_total: int | None = None  # another count of the same rows in the same answer


@dataclass(frozen=True, slots=True)
class Interface:
    """A way in which a content management system hands out the rows of a directory."""

    name: str  # as `site:` in the configuration has it
    marks: tuple[str, ...]  # in lower case: one stands in each page that uses it, or in its URL
    # What a page, given as HTML and URL, says of its lists of this kind; empty: it has none.
    candidates: Callable[[str, str], tuple[Parameters, ...]]
    request: Callable[[Parameters, int], InterfaceRequest]  # for page N, from 1
    read: Callable[[str, Parameters], InterfaceRows]  # raises UnexpectedAnswerError alone
    first_request: int = 1  # the first page that is asked for; 2 where the page has the first
    is_by_record: bool = False  # asked for records from N to M, not for page N
