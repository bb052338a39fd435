"""One look at one letter's address, as the spider hands it to the pipeline."""

from dataclasses import dataclass, replace
from datetime import datetime

from crawler.letters import PageChangedError, read_page
from crawler.snapshot import Snapshot
from crawler.verdict import classify
from letters.archive import Outcome
from letters.letter import Kind, Letter
from storage.addresses import Known

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen; `letter` only where a letter's page was served and read."""

    known: Known
    at: datetime  # UTC, until when: the answer had come
    outcome: Outcome
    reason: str | None = None
    snapshot: Snapshot | None = None  # None where no answer came
    letter: Letter | None = None
    is_unread: bool = False  # served as a page, and not understood: a better parser may read it

    @property
    def since(self) -> datetime:
        """From when on what was seen may be how things stood."""
        return self.snapshot.since if self.snapshot else self.at

    @property
    def is_unmodified(self) -> bool:
        """Whether the server said that the page is as it was."""
        return self.snapshot is not None and self.snapshot.status == NOT_MODIFIED

    def settled(self, outcome: Outcome, reason: str, *, is_unread: bool = False) -> "Look":
        """Return the look with another outcome: what was served is no letter after all."""
        return replace(self, outcome=outcome, reason=reason, letter=None, is_unread=is_unread)


def look_at(known: Known, seen: Snapshot, kind: Kind) -> Look:
    """Return what `seen`, the answer at a known address, shows."""
    if seen.status == NOT_MODIFIED:
        return Look(known, seen.fetched_at, Outcome.LETTER, snapshot=seen)
    verdict = classify(seen)
    if verdict.page is None:
        look = Look(known, seen.fetched_at, verdict.outcome, verdict.reason, seen)
        return replace(look, is_unread=verdict.is_unread)
    look = Look(known, seen.fetched_at, Outcome.LETTER, snapshot=seen)
    try:
        letter = read_page(verdict.page, kind)
    except PageChangedError as error:
        return look.settled(Outcome.BROKEN, str(error), is_unread=True)
    is_empty = not letter.wording() and not letter.attachments
    if is_empty and known.letter_id is None:  # a known letter that lost its text is another matter
        return look.settled(Outcome.BROKEN, "its body is empty", is_unread=True)
    return replace(look, letter=letter)
