"""Reads a letter of a listing twice in a row, as a crawl would."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from crawler.http.fetch import UnreachedError
from crawler.http.snapshot import Snapshot
from crawler.page.reader import PageReader
from crawler.visit import Visit, read_answer
from differ.compare import compare
from letters.addresses import DirectoryRow, KnownAddress
from letters.change import Edit
from letters.letter import Kind, Letter
from letters.visit_span import VisitOutcome

Fetch = Callable[[str], Awaitable[Snapshot]]  # raises UnreachedError
Row = TypeVar("Row")
LETTERS = 10  # read to say how often each field is there


@dataclass(frozen=True, slots=True)
class LetterReading:
    """One row's letter, read twice in a row."""

    row: DirectoryRow
    first: Visit
    second: Visit | None = None  # None: the first visit showed no letter

    @property
    def letter(self) -> Letter | None:
        """The letter as the first visit showed it; None where it showed none."""
        return self.first.letter

    @property
    def is_steady(self) -> bool:
        """Whether both visits showed a letter that says the same."""
        again = self.second.letter if self.second else None
        return bool(self.letter and again and self.letter.digest() == again.digest())

    @property
    def has_same_bytes(self) -> bool:
        """Whether both visits were served the same bytes."""
        one, other = self.first.snapshot, self.second and self.second.snapshot
        return bool(one and other and one.body == other.body)

    def edits(self) -> Sequence[Edit]:
        """Return in what two letters differ that were read one right after the other."""
        again = self.second.letter if self.second else None
        return compare(self.letter, again) if self.letter and again else ()


async def visit_row(fetch: Fetch, row: DirectoryRow) -> Visit:
    """Return a visit to the page of a row; where no answer comes, one that says so."""
    address = _address(row)
    try:
        answer = await fetch(row.url)
    except UnreachedError as error:
        return Visit(address, datetime.now(UTC), VisitOutcome.UNREACHED, str(error))
    return read_answer(address, answer, PageReader(Kind.PROPOSAL), is_listed=True, newest=None)


def spread(rows: Sequence[Row], most: int = LETTERS) -> list[Row]:
    """Return `most` rows at the most, evenly spread: old letters are printed otherwise than new.

    >>> spread(range(10), 4), spread([], 4)
    ([0, 3, 6, 9], [])
    """
    last, steps = len(rows) - 1, min(most, len(rows)) - 1
    return [rows[place * last // max(steps, 1)] for place in range(steps + 1)]


def _address(row: DirectoryRow) -> KnownAddress:
    """Return the address of a row of which nothing is known but what the directory says."""
    return KnownAddress(
        id=0,
        key=row.key,
        url=row.url,
        first_listed_at=None,
        listed_title=row.title,
        listed_on=row.listed_on,
        etag=None,
        last_modified=None,
        letter_id=None,
        left_by=None,
        status=None,
        version=None,
        digest=None,
        visited_at=None,
        outcome=None,
    )
