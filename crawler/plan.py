"""Which letters a crawl visits, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass

from letters.addresses import KnownAddress
from letters.letter_record import Status
from letters.visit_span import VisitOutcome


@dataclass(frozen=True, slots=True)
class Plan:
    """The addresses to visit: letters that may have moved first, to know a move as one."""

    first: tuple[KnownAddress, ...]  # known letters that are not listed
    others: tuple[KnownAddress, ...]  # new ones first
    # The ids of addresses whose letters are visited for quiet edits alone. Of a large source there
    # are thousands: they are loaded in parts, as their turns come.
    revisits: tuple[int, ...] = ()

    def within(self, limit: int | None) -> "Plan":
        """Return the plan of a crawl that visits `limit` letters at most beside the first ones."""
        if limit is None:
            return self
        rest = max(limit - len(self.others), 0)
        return Plan(self.first, self.others[:limit], self.revisits[:rest])

    def __len__(self) -> int:
        """Return how many visits are planned."""
        return len(self.first) + len(self.others) + len(self.revisits)


def make_plan(
    absent: Iterable[KnownAddress],
    due: Iterable[KnownAddress],
    revisits: Iterable[int],
) -> Plan:
    """Return what to visit now.

    `absent` are the addresses on record that a directory does not list. `due` are those that it
    lists of which no letter was read yet, whose title or date is another one, or whose last visit
    left a question. `revisits` are those visited for quiet edits alone, in that order.
    """
    first, asked = [], []
    for each in absent:
        if each.letter_id is not None and each.status is not Status.WITHDRAWN:
            first.append(each)
        elif each.letter_id is not None or _is_asked_for(each):
            asked.append(each)
    questions = sorted((*asked, *due), key=lambda each: each.id)
    return Plan(tuple(first), tuple(questions), tuple(revisits))


def _is_asked_for(known: KnownAddress) -> bool:
    """Return whether a page asked for by its URL waits until it is known whose it is."""
    return known.first_listed_at is None and known.outcome is VisitOutcome.BROKEN
