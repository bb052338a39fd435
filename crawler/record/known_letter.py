"""What a look at a known letter's page changes: edited, back, missed, or only seen again."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from crawler.record.change import ChangeDraft, tell
from crawler.record.crawl_state import Course
from crawler.record.emptied_letter import last_text, lost_by_server
from crawler.record.new_letter import record_new
from crawler.record.not_confirmed import Facts, NotConfirmedError
from crawler.visit import Visit
from differ.compare import compare
from letters.change import ChangeKind, Edit, Window
from letters.letter import Attachment, Letter
from letters.records import Cause, Outcome, Status
from storage.derived.newest import letter_row
from storage.facts.visits import SETTLED, Reading, add_version, update_letter

GUTTED = 0.5  # share of its words below which a letter has lost most of its text
TEXT = 40  # code points; of a shorter letter no share says anything


@dataclass(frozen=True, slots=True)
class _Edited:
    """What was edited from one version of a letter to a later one."""

    before: int
    now: int
    edits: tuple[Edit, ...]
    window: Window  # from when the state before was last known to stand, to when this was seen


def record_same(connection: Connection, course: Course, letter_id: int, visit: Visit) -> Facts:
    """Record that a letter still says what it said; restored when it had been away."""
    row = letter_row(connection, letter_id)
    course.counts["unchanged"] += 1
    return _record_seen(connection, course, row, visit, None)


def record_other(connection: Connection, course: Course, visit: Visit, reading: Reading) -> Facts:
    """Record a letter whose words differ from its newest version.

    Raises NotConfirmedError while a loss of most of its text is not confirmed, and where its
    server lost it. Another letter at the address of one that was withdrawn is a letter of its own.
    """
    row = letter_row(connection, visit.known.letter_id or 0)
    last = last_text(connection, row.id)
    old, edits = last.letter, compare(last.letter, reading.letter)
    number = row.version + 1
    if not edits:
        # The words are the same and something was read better: a file that had not answered.
        better = replace(reading, cause=Cause.REPARSE)
        version = add_version(connection, row.id, number, better)
        return version | record_same(connection, course, row.id, visit)
    is_gutted = _doubt(old, reading.letter) is not None
    if lost := lost_by_server(connection, visit, last, reading.letter, is_gutted=is_gutted):
        raise NotConfirmedError(lost, {})
    first_at = _confirmed(course, row, old, reading)
    if row.status == Status.WITHDRAWN.value and reading.letter.is_of_another_paper(old):
        update_letter(connection, row.id, pending=None, pending_crawls=0)
        return record_new(connection, course, visit, reading, Window(row.gone_last_at, first_at))
    version = add_version(connection, row.id, number, reading)
    shown_at = row.served_at if last.version == row.version else last.shown_until
    window = _when(visit, (old, reading.letter), Window(shown_at, first_at))
    change = _Edited(last.version, number, edits, window)
    return version | _record_seen(connection, course, row, visit, change)


def _when(visit: Visit, states: tuple[Letter, Letter], of_page: Window) -> Window:
    """Return when a letter came to be as it is: its files are visited at times of their own."""
    spans = [each.window for each in visit.files if each.window]
    if not spans:
        return of_page
    afters = [span.after or of_page.after for span in spans]
    befores = [span.before for span in spans]
    old, new = (_without_bytes(letter) for letter in states)
    if old.digest() != new.digest():
        afters, befores = [*afters, of_page.after], [*befores, of_page.before]
    known = [after for after in afters if after is not None]
    return Window(min(known) if len(known) == len(afters) else None, max(befores))


def _without_bytes(letter: Letter) -> Letter:
    files = tuple(Attachment(each.name, each.url) for each in letter.attachments)
    return replace(letter, attachments=files)


def record_reparse(connection: Connection, letter_id: int, reading: Reading) -> Facts:
    """Record what a better parser reads in the bytes of the newest version: never an edit."""
    number = letter_row(connection, letter_id).version + 1
    version = add_version(connection, letter_id, number, replace(reading, cause=Cause.REPARSE))
    return {"reparsed": version["version"]}


def record_miss(
    connection: Connection, course: Course, visit: Visit, waiting: Facts | None = None
) -> None:
    """Record that a known letter's page was not served as a letter.

    `waiting` is what is remembered of a gutted text until the next crawl.
    """
    row = letter_row(connection, visit.known.letter_id or 0)
    values: Facts = dict(waiting or {})
    if row.status == Status.PUBLISHED.value:
        values["status"] = Status.SUSPECT.value
    if visit.outcome is Outcome.GONE:
        course.gone.add(row.id)
        values |= {"gone_at": row.gone_at or visit.at, "gone_last_at": visit.since}
    if values:
        update_letter(connection, row.id, **values)


def _record_seen(
    connection: Connection,
    course: Course,
    row: Row[Any],
    visit: Visit,
    change: _Edited | None,
) -> Facts:
    """Let a letter be seen by `look`; tell that it is back, or what was edited, once."""
    course.seen.add(row.id)
    at = visit.at
    window = Window(row.served_at, at)
    told = change or _Edited(row.version, row.version, (), window)
    versions, edits = (told.before, told.now), told.edits
    late = bool(course.told_at and row.gone_at and at < row.gone_at)  # it went after this was seen
    away = None if late else _away(course, row)
    if away:
        status, window = away[0], Window(away[1], told.window.before)
        happening = ChangeDraft(row.id, ChangeKind.RESTORED, *versions, at, window, edits)
    else:
        here = row.status == Status.SUSPECT.value and not late
        status = Status.PUBLISHED if here else Status(row.status)
        window = told.window
        happening = ChangeDraft(row.id, ChangeKind.EDITED, *versions, at, window, edits)
    is_last = change or not course.told_at or visit.since > row.last_seen
    seen = {"last_seen": visit.since} if is_last else {}
    if is_last and visit.is_served:  # "not modified" shows no page: no window begins there
        seen["served_at"] = visit.since
    settled = {} if late else SETTLED
    if away:  # its directory was read before it came back: only the next ones can miss it
        settled = settled | {"unlisted_crawls": 0}
    update_letter(connection, row.id, status=status.value, **seen, **settled)
    return tell(connection, course, happening) if away or edits else {}


def _away(course: Course, row: Row[Any]) -> tuple[Status, datetime] | None:
    """Return the status of a letter that is back and when it was last seen away, or None."""
    if row.status == Status.WITHDRAWN.value:
        return Status.PUBLISHED, row.gone_last_at
    if row.status == Status.DELISTED.value and row.id in course.listed:
        return Status.PUBLISHED, row.unlisted_last_at
    return None


def _confirmed(course: Course, row: Row[Any], old: Letter, reading: Reading) -> datetime:
    """Return when these words were first seen; raise NotConfirmedError while they wait."""
    doubt = _doubt(old, reading.letter)
    if doubt is None:
        return reading.seen_at
    digest = reading.letter.digest()
    agrees = row.pending == digest
    crawls = row.pending_crawls + 1 if agrees else 1
    first_at: datetime = row.pending_at if agrees else reading.seen_at
    if crawls >= course.job.confirm:
        return first_at
    waiting = {"pending": digest, "pending_at": first_at, "pending_crawls": crawls}
    raise NotConfirmedError(f"{doubt}; held back until confirmed", waiting)


def _doubt(old: Letter, new: Letter) -> str | None:
    """Return in words why one look does not prove that a letter was edited so; None if it does."""
    if new.is_of_another_paper(old):
        return f"another letter stands at its address: {new.title}"
    kept, had = len(new.wording()), len(old.wording())
    if kept >= had * GUTTED or (kept and had < TEXT):
        return None
    return f"{kept} of {had} characters are left"
