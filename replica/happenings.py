"""What happens to a directory at random, with the truth of it: the same seed, the same events."""

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime

from replica.compose import Directory
from replica.document import Document
from replica.edits import EDITS, Edits

LEFT = 2  # paragraphs of a gutted letter


@dataclass(slots=True)
class Event:
    """Something that happened to one letter, which a monitor must tell once."""

    kind: str  # as ChangeKind names it
    path: str  # of the letter's page, the new one where it moved
    at: datetime | None  # UTC; None: before anybody looked
    edits: Edits | None  # None: too many to say


class Life:
    """Lets things happen to the letters of a directory, one at a time to each letter.

    `is_open` tells whether what happened to a letter last has not been told yet: then nothing
    else happens to it, so that the truth of each change is one event.
    """

    def __init__(self, directory: Directory, seed: int, unborn: int) -> None:
        """Take a directory whose last `unborn` letters are not published yet."""
        self._directory = directory
        self._chance = random.Random(f"life {seed}")
        self._unborn = directory.documents[:unborn]
        for each in self._unborn:
            each.is_listed, each.served = False, "gone"
        self._whole: dict[int, list[tuple[str, str]]] = {}  # texts before they were gutted
        self._docid = max(each.docid for each in directory.documents) + 1
        self._left: set[int] = set()  # documents whose letters moved to another URL

    def born(self) -> list[Event]:
        """Return that the letters which are listed from the start were published."""
        return [
            Event("published", each.path, None, [])
            for each in self._directory.documents
            if each.is_listed
        ]

    def go_on(self, events: int, is_open: Callable[[str], bool]) -> Iterator[Event]:
        """Let that many things happen to letters of which nothing is open.

        A page that was there all along is not edited in the moment in which its row comes back:
        what shows the one and what shows the other are two looks, and two things to be told.
        """
        for _ in range(events):
            kinds = list(_KINDS)
            weights = [weight for weight, _ in _KINDS.values()]
            kind = self._chance.choices(kinds, weights)[0]
            happen = _KINDS[kind][1]
            pool = [each for each in self._directory.documents if not is_open(each.path)]
            happened = happen(self, pool)
            if happened:
                yield happened

    def _one(self, pool: list[Document], wanted: Callable[[Document], bool]) -> Document | None:
        fit = [each for each in pool if wanted(each) and each not in self._unborn]
        return self._chance.choice(fit) if fit else None

    def _edit(self, pool: list[Document]) -> Event | None:
        each = self._one(pool, _is_plain_and_here)
        edits = each and self._edited(each)
        return Event("edited", each.path, now(), edits) if each and edits else None

    def _edited(self, each: Document) -> Edits | None:
        change = self._chance.choice(EDITS)
        edits = change(each, self._chance)
        if edits:
            each.state += 1
        return edits

    def _withdraw(self, pool: list[Document]) -> Event | None:
        each = self._one(pool, _is_here)
        if each is None:
            return None
        each.served = self._chance.choice(("gone", "stub"))
        each.is_listed = False
        return Event("withdrawn", each.path, now(), [])

    def _delist(self, pool: list[Document]) -> Event | None:
        each = self._one(pool, _is_here)
        if each is None:
            return None
        each.is_listed = False
        return Event("delisted", each.path, now(), [])

    def _restore(self, pool: list[Document]) -> Event | None:
        each = self._one(pool, lambda one: not one.is_listed and one.docid not in self._left)
        if each is None:
            return None
        in_one_look = each.served != "page"
        is_edited = _is_plain(each) and in_one_look and self._chance.choice((True, False))
        edits = self._edited(each) if is_edited else []
        each.is_listed, each.served = True, "page"
        return Event("restored", each.path, now(), edits or [])

    def _move(self, pool: list[Document]) -> Event | None:
        each = self._one(pool, _is_plain_and_here)
        if each is None:
            return None
        new = deepcopy(each)
        new.docid = self._docid
        self._docid += 1
        edits = self._edited(new) if self._chance.choice((True, False)) else []
        each.is_listed, each.served = False, "gone"
        self._left.add(each.docid)
        self._directory.documents.insert(0, new)
        return Event("relocated", new.path, now(), edits or [])

    def _publish(self, _: list[Document]) -> Event | None:
        if not self._unborn:
            return None
        each = self._unborn.pop()
        each.is_listed, each.served = True, "page"
        return Event("published", each.path, now(), [])

    def _gut(self, pool: list[Document]) -> Event | None:
        whole = self._whole
        each = self._one(
            pool, lambda one: _is_plain_and_here(one) and (one.docid in whole or _has_text(one))
        )
        if each is None:
            return None
        if each.docid in self._whole:
            each.blocks = self._whole.pop(each.docid)
        else:
            self._whole[each.docid] = each.blocks
            each.blocks = each.blocks[:LEFT]
        each.state += 1
        return Event("edited", each.path, now(), None)


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def _is_here(each: Document) -> bool:
    return each.is_listed and each.served == "page"


def _has_text(each: Document) -> bool:
    return len(each.blocks) > LEFT  # one that moved while it was gutted has nothing to lose


def _is_plain(each: Document) -> bool:
    return each.form == "reply" and not each.files and each.charset == "utf-8"


def _is_plain_and_here(each: Document) -> bool:
    return _is_here(each) and _is_plain(each)


# Kinds of events, how often each happens among ten, and what makes one happen.
_KINDS: dict[str, tuple[float, Callable[[Life, list[Document]], Event | None]]] = {
    "edit": (6, Life._edit),  # noqa: SLF001 - of the class above
    "withdraw": (0.6, Life._withdraw),  # noqa: SLF001
    "delist": (0.5, Life._delist),  # noqa: SLF001
    "restore": (0.9, Life._restore),  # noqa: SLF001
    "move": (0.6, Life._move),  # noqa: SLF001
    "publish": (0.8, Life._publish),  # noqa: SLF001
    "gut": (0.6, Life._gut),  # noqa: SLF001
}
