"""Captures of one letter in order of time: what each said, and for how long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap

from crawler.record.body_moved import is_same_body
from letters.addresses import KnownAddress
from letters.letter import Letter
from storage.facts.entries import SnapshotFact


@dataclass(frozen=True, slots=True)
class Capture:
    """A letter's page as somebody else captured it; the page is kept as evidence."""

    address: KnownAddress
    at: datetime  # UTC, when it was captured
    letter: Letter
    ways: tuple[str | None, ...]  # in which element of each of its pages the body is
    snapshot: SnapshotFact
    crawl_id: int  # of the import


@dataclass(frozen=True, slots=True)
class Span:
    """Captures in a row that say the same."""

    captures: tuple[Capture, ...]  # oldest first; never empty

    @property
    def first(self) -> Capture:
        """The oldest of them."""
        return self.captures[0]

    @property
    def last(self) -> Capture:
        """The newest of them."""
        return self.captures[-1]


@dataclass(frozen=True, slots=True)
class State:
    """What a letter said for a time, as a version of it."""

    number: int
    letter: Letter
    first_at: datetime  # when it is first known to have said so
    last_at: datetime
    crawl_id: int


def state_of(span: Span, number: int) -> State:
    """Return what a span says as version `number`."""
    first = span.first
    return State(number, first.letter, first.at, span.last.at, first.crawl_id)


def spans(captures: Iterable[Capture]) -> list[Span]:
    """Return captures of one letter as spans of one text, oldest first."""
    by_time: list[list[Capture]] = []
    for each in sorted(captures, key=lambda capture: capture.at):
        if by_time and by_time[-1][0].letter.digest() == each.letter.digest():
            by_time[-1].append(each)
        else:
            by_time.append([each])
    return [Span(tuple(each)) for each in by_time]


def comparable_captures(
    captures: Iterable[Capture], paper: Letter, ways: tuple[str | None, ...]
) -> list[Capture]:
    """Return the captures that can be compared with a letter: of its paper, read in one way."""
    return [
        each
        for each in captures
        if not each.letter.is_of_another_paper(paper)
        and ways
        and all(starmap(is_same_body, zip(ways, each.ways, strict=False)))
    ]
