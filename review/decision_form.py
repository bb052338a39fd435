"""The forms by which people decide: read, and recorded one change after another."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.exceptions import HTTPException

from letters.change import Change
from letters.review import Decision, Review, ReviewState
from review.form_body import first
from storage import queries
from storage.database.archive import Archive
from storage.facts.seen_reviews import DecidedMeanwhileError, SeenChange, decide, undo

MOST_BYTES = 256 * 1024
_NOTE, _TAG, _TAGS = 4000, 60, 20  # characters of a note, of a tag, and tags, at most
_SEEN = re.compile(r"([0-9]{1,9}):([0-9]{0,9})")
_SEPARATORS = re.compile(r"[,，、;；\n]")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change on which somebody else decided meanwhile."""

    change: Change
    review: Review | None  # the decision in force; None: there is none


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a form."""

    recorded: tuple[Review, ...]
    conflicts: tuple[Conflict, ...]


def read_decision(form: Mapping[str, list[str]]) -> Decision:
    """Return what somebody decides; raise a 400 for what can't be decided.

    Note and tags that a form has no fields for stay as they are.
    """
    try:
        state = ReviewState(first(form, "state"))
    except ValueError:
        raise HTTPException(400, f"state: one of {', '.join(ReviewState)} is expected") from None
    note = first(form, "note").replace("\r\n", "\n").strip() if "note" in form else None
    tags = tuple(_tags(first(form, "tags"))) if "tags" in form else None
    if (
        len(note or "") > _NOTE
        or len(tags or ()) > _TAGS
        or any(len(t) > _TAG for t in tags or ())
    ):
        most = f"at most {_NOTE} characters and {_TAGS} tags of {_TAG} characters each"
        raise HTTPException(400, f"note and tags: {most} are expected")
    return Decision(state, note, tags)


def read_seen(form: Mapping[str, list[str]], most: int) -> list[SeenChange]:
    """Return the changes of a form, as they were shown; raise a 400 for what is none of ours."""
    matches = [_SEEN.fullmatch(each) for each in dict.fromkeys(form.get("change", []))]
    seen = [SeenChange(int(m[1]), int(m[2]) if m[2] else None) for m in matches if m]
    if not seen or len(seen) < len(matches) or len(seen) > most:
        raise HTTPException(400, f"change: 1 to {most} changes of one page are expected")
    return seen


def read_reviews(form: Mapping[str, list[str]], archive: Archive, most: int) -> list[Review]:
    """Return the decisions that somebody takes back; raise a 400 for what is none."""
    written = form.get("review", [])
    if not 0 < len(written) <= most or not all(re.fullmatch("[0-9]{1,9}", e) for e in written):
        raise HTTPException(400, f"review: 1 to {most} decisions are expected")
    with archive.reading() as connection:
        found = [queries.review_by_id(connection, int(each)) for each in written]
    return [each for each in found if each]


def record_decisions(
    archive: Archive, seen: Sequence[SeenChange], decision: Decision, who: str
) -> Outcome:
    """Record a decision on each change, in a transaction of its own.

    Raises a 404, before anything is recorded, for a change that is not on record any more.
    """
    _refuse_unknown(archive, seen)
    at = datetime.now(UTC)
    return _outcome(archive, (_decided(archive, each, decision, who, at) for each in seen))


def record_undo(archive: Archive, reviews: Sequence[Review], who: str) -> Outcome:
    """Take decisions back, each in a transaction of its own."""
    at = datetime.now(UTC)
    return _outcome(archive, (_undone(archive, each, who, at) for each in reviews))


def _refuse_unknown(archive: Archive, seen: Sequence[SeenChange]) -> None:
    with archive.reading() as connection:
        for each in seen:
            if queries.change(connection, each.id) is None:
                raise HTTPException(404, f"change {each.id} is not known any more")


def _outcome(archive: Archive, results: Iterator[Review | DecidedMeanwhileError]) -> Outcome:
    done = list(results)
    with archive.reading() as connection:
        conflicts = [
            Conflict(change, each.review)
            for each in done
            if isinstance(each, DecidedMeanwhileError)
            and (change := queries.change(connection, each.change_id))
        ]
    recorded = tuple(each for each in done if isinstance(each, Review))
    return Outcome(recorded, tuple(conflicts))


def _decided(
    archive: Archive, seen: SeenChange, decision: Decision, who: str, at: datetime
) -> Review | DecidedMeanwhileError:
    try:
        with archive.writing() as connection:
            return decide(connection, seen, decision, who, at)
    except DecidedMeanwhileError as error:
        return error


def _undone(
    archive: Archive, review: Review, who: str, at: datetime
) -> Review | DecidedMeanwhileError:
    try:
        with archive.writing() as connection:
            return undo(connection, review, who, at)
    except DecidedMeanwhileError as error:
        return error


def _tags(written: str) -> Iterator[str]:
    yield from filter(None, (each.strip() for each in _SEPARATORS.split(written)))
