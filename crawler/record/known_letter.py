"""A visit to a known letter: it was edited, is back, was missed, or says what it said."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from crawler.record.change import ChangeDraft, record_change
from crawler.record.crawl_state import CrawlContext
from crawler.record.emptied_letter import LastText, last_text, lost_by_server
from crawler.record.new_letter import record_new_letter
from crawler.record.not_confirmed import NotConfirmedError, Pending
from crawler.visit import Visit
from differ.compare import compare
from letters.change import ChangeKind, Edit, Window
from letters.letter import Attachment, Letter
from letters.letter_record import Cause, NewestVersion, Status
from letters.visit_span import VisitOutcome
from storage.derived.file_texts import with_file_texts
from storage.derived.newest import letter_row
from storage.facts.entries import LetterFacts
from storage.facts.visits import PRESENT, Reading, add_version, update_letter

GUTTED = 0.5  # share of its words below which a letter has lost most of its text
SHORT = 40  # code points; of a shorter letter no share says anything


def record_unchanged(
    connection: Connection, crawl: CrawlContext, letter_id: int, visit: Visit
) -> LetterFacts:
    """Record that a letter says what it said; that it is restored where it had been away."""
    row = letter_row(connection, letter_id)
    crawl.tally.letter_unchanged(letter_id)
    draft = ChangeDraft(
        letter_id,
        ChangeKind.EDITED,
        from_version=row.version,
        to_version=row.version,
        detected_at=visit.detected_at,
        window=Window(row.served_at, visit.at),
    )
    restored = _record_present(connection, crawl, visit, row, draft)
    change = record_change(connection, crawl, restored) if restored else None
    return LetterFacts(change=change)


def record_edited(
    connection: Connection,
    crawl: CrawlContext,
    visit: Visit,
    reading: Reading,
    newest: NewestVersion,
) -> LetterFacts:
    """Record a letter whose words differ from its newest version.

    Raises NotConfirmedError while a loss of most of its text is not confirmed, and where its
    server lost it. Another letter at the address of one that was withdrawn is a letter of its own.
    """
    row = letter_row(connection, newest.letter_id)
    last = last_text(connection, newest)
    states = (with_file_texts(connection, each) for each in (last.letter, reading.letter))
    edits = compare(*states)
    if not edits:
        # The words are the same: a file had not answered, or was saved anew without another word.
        better = replace(reading, cause=Cause.REPARSE)
        version = add_version(connection, row.id, row.version + 1, better)
        unchanged = record_unchanged(connection, crawl, row.id, visit)
        return replace(unchanged, version=version)
    first_at = _confirmed_since(connection, crawl, visit, reading, (row, last))
    if row.status == Status.WITHDRAWN.value and reading.letter.is_of_another_paper(last.letter):
        update_letter(connection, row.id, pending=None, pending_crawls=0)
        absence = Window(row.gone_last_at, first_at)
        return record_new_letter(connection, crawl, visit, reading, absence)
    version = add_version(connection, row.id, row.version + 1, reading)
    draft = _edit(visit, reading, row, last, (edits, first_at))
    restored = _record_present(connection, crawl, visit, row, draft)
    return LetterFacts(version=version, change=record_change(connection, crawl, restored or draft))


def record_missed(
    connection: Connection, crawl: CrawlContext, visit: Visit, pending: Pending | None = None
) -> None:
    """Record that a known letter's page was not served as a letter.

    `pending` is what to remember of a text that is not confirmed until the next crawl.
    """
    row = letter_row(connection, visit.address.letter_id or 0)
    values: dict[str, Any] = dict(pending or {})
    if row.status == Status.PUBLISHED.value:
        values["status"] = Status.SUSPECT.value
    if visit.outcome is VisitOutcome.GONE:
        crawl.tally.letter_gone(row.id)
        values |= {"gone_at": row.gone_at or visit.at, "gone_last_at": visit.since}
    if values:
        update_letter(connection, row.id, **values)


def _record_present(
    connection: Connection, crawl: CrawlContext, visit: Visit, row: Row[Any], draft: ChangeDraft
) -> ChangeDraft | None:
    """Record that a letter is present; return the change that it is back, if it was away."""
    crawl.tally.letter_seen(row.id)
    # A page of the backlog may show how the letter stood before it was missed.
    is_past = bool(visit.read_later_at and row.gone_at and visit.at < row.gone_at)
    restored = None if is_past else _restored(crawl, row, draft)
    values = _last_visit_columns(visit, row, is_edited=bool(draft.edits))
    if not is_past:
        is_back = restored is not None or row.status == Status.SUSPECT.value
        values = values | PRESENT | ({"status": Status.PUBLISHED.value} if is_back else {})
    if restored:  # its directory was read before it came back: only the next ones can miss it
        values = values | {"unlisted_crawls": 0}
    if values:
        update_letter(connection, row.id, **values)
    return restored


def _restored(crawl: CrawlContext, row: Row[Any], draft: ChangeDraft) -> ChangeDraft | None:
    """Return the change that says that a letter is back; None where it was not away."""
    if row.status == Status.WITHDRAWN.value:
        away_at: datetime = row.gone_last_at
    elif row.status == Status.DELISTED.value and crawl.lists(row.id):
        away_at = row.unlisted_last_at
    else:
        return None
    return replace(draft, kind=ChangeKind.RESTORED, window=Window(away_at, draft.window.before))


def _last_visit_columns(visit: Visit, row: Row[Any], *, is_edited: bool) -> dict[str, Any]:
    """Return what a visit showed, and when; nothing where a later one is on record."""
    if visit.read_later_at and not is_edited and visit.since <= row.last_seen:
        return {}
    # "Not modified" shows no page: no window begins there.
    if not visit.is_served:
        return {"last_seen": visit.since}
    return {
        "last_seen": visit.since,
        "served_at": visit.since,
        "page_digest": visit.page_digest,
    }


def _edit(
    visit: Visit,
    reading: Reading,
    row: Row[Any],
    last: LastText,
    edited: tuple[tuple[Edit, ...], datetime],
) -> ChangeDraft:
    edits, first_at = edited
    shown_at = row.served_at if last.version == row.version else last.shown_until
    states = last.letter, reading.letter
    return ChangeDraft(
        row.id,
        ChangeKind.EDITED,
        from_version=last.version,
        to_version=row.version + 1,
        detected_at=visit.detected_at,
        window=_window_with_files(visit, states, Window(shown_at, first_at)),
        edits=edits,
    )


def _window_with_files(visit: Visit, states: tuple[Letter, Letter], of_page: Window) -> Window:
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


def _confirmed_since(
    connection: Connection,
    crawl: CrawlContext,
    visit: Visit,
    reading: Reading,
    before: tuple[Row[Any], LastText],
) -> datetime:
    """Return when these words were first seen; raise NotConfirmedError while they wait."""
    row, last = before
    doubt = _doubt(last.letter, reading.letter)
    lost = lost_by_server(connection, visit, last, reading.letter, is_gutted=doubt is not None)
    if lost:
        raise NotConfirmedError(lost, {})
    if doubt is None:
        return reading.seen_at
    digest = reading.letter.digest()
    agrees = row.pending == digest
    crawls = row.pending_crawls + 1 if agrees else 1
    first_at: datetime = row.pending_at if agrees else reading.seen_at
    if crawls >= crawl.job.confirm:
        return first_at
    pending = {"pending": digest, "pending_at": first_at, "pending_crawls": crawls}
    raise NotConfirmedError(f"{doubt}; held back until confirmed", pending)


def _doubt(old: Letter, new: Letter) -> str | None:
    """Return why one visit does not prove that a letter was edited so; None if it does."""
    if new.is_of_another_paper(old):
        return f"another letter stands at its address: {new.title}"
    kept, had = len(new.wording()), len(old.wording())
    if kept >= had * GUTTED or (kept and had < SHORT):
        return None
    return f"{kept} of {had} characters are left"
