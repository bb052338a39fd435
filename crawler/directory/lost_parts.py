"""Letters whose part of a directory, a month, a year or a session, has no list any more."""

from collections.abc import Iterable

from crawler.directory.directory_parts import Part, is_like, listed_parts
from crawler.directory.plausibility import ENOUGH_MISSING, missing_keys
from crawler.directory.walk_result import WalkResult
from letters.addresses import DirectoryRow, KnownAddress
from letters.visit_span import VisitOutcome

MISSING = "letters are missing"


def parts_it_is_in(
    offered: Iterable[Part], followed: Iterable[Part], first: Iterable[DirectoryRow]
) -> frozenset[Part]:
    """Return which of the parts that a directory offers are those in which its letters are.

    They are of a kind of which a list was `followed`, or of one to which the rows of its `first`
    list are bound: else a menu of months only filters a list that shows them all.
    """
    offered, followed, listed = list(offered), list(followed), listed_parts(first)
    return frozenset(
        part
        for part in offered
        if any(is_like(part, each) for each in followed)
        or sum(is_like(part, each) for each in listed) == 1
    )


def lost_part(walked: WalkResult, known: Iterable[KnownAddress]) -> str | None:
    """Return in words which part of a directory has no list, and letters that are served; or None.

    A menu may show the newest months alone. A letter is not listed any more only where the list
    that it was in was read. Of letters whose part nothing says, one or two that are missing are
    believed.
    """
    keys = missing_keys(walked, known := list(known)) if walked.parts else set()
    seen = walked.parts | listed_parts(walked.rows.values()) if keys else walked.parts
    unknown: list[str] = []
    for each in (each for each in known if each.key in keys and _is_served(each)):
        own = [part for part in _parts_of(each) if any(is_like(part, it) for it in walked.parts)]
        unknown += [] if own else [each.url]
        if lost := next((part for part in own if part not in seen), None):
            return f"{MISSING}, and it leads to no list of {lost}: {each.url}"
    if len(unknown) < ENOUGH_MISSING:
        return None
    return f"{MISSING}, and in which of its lists they were is not known: {unknown[0]}"


def _is_served(known: KnownAddress) -> bool:
    return known.outcome is VisitOutcome.LETTER


def _parts_of(known: KnownAddress) -> list[Part]:
    """Return the parts in which a letter was, by its date in the list or its title."""
    row = DirectoryRow(known.key, known.url, known.listed_title or "", known.listed_on)
    return sorted(listed_parts([row]), key=str)
