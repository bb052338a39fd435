"""One look at one letter's address, as the spider hands it to the pipeline."""

from dataclasses import dataclass, replace
from datetime import datetime

from crawler.attachment.classify_file import NOT_MODIFIED
from crawler.attachment.file_visit import FileVisit
from crawler.http.snapshot import Snapshot
from crawler.page.classify import Verdict, classify
from crawler.page.dom import Page
from crawler.page.further_pages import FurtherPageError, further_of, scripted_pager
from crawler.page.reader import PageChangedError, read_page
from crawler.page.unfilled_template import is_empty
from letters.letter import Kind, Letter
from letters.records import Outcome
from letters.urls import document_id
from storage.derived.addresses import KnownAddress


@dataclass(frozen=True, slots=True)
class Visit:
    """What was seen; `letter` only where a letter's page was served and read."""

    known: KnownAddress
    at: datetime  # UTC, until when: the answer had come
    outcome: Outcome
    reason: str | None = None
    snapshot: Snapshot | None = None  # None where no answer came
    letter: Letter | None = None
    is_unread: bool = False  # served as a page, and not understood: a better parser may read it
    files: tuple[FileVisit, ...] = ()  # visits to the files of its letter
    more: tuple[str, ...] = ()  # further pages of its letter, which were not asked for
    doubt: str | None = None  # why the letter may say more than was read

    @property
    def since(self) -> datetime:
        """From when on what was seen may be how things stood."""
        return self.snapshot.since if self.snapshot else self.at

    @property
    def is_served(self) -> bool:
        """Whether the page itself came, and not only word that it is as it was."""
        return self.snapshot is not None and not self.is_unmodified

    @property
    def is_unmodified(self) -> bool:
        """Whether the server said that the page is as it was."""
        return self.snapshot is not None and self.snapshot.status == NOT_MODIFIED

    def settled(self, outcome: Outcome, reason: str, *, is_unread: bool = False) -> "Visit":
        """Return the look with another outcome: what was served is no letter after all."""
        return replace(self, outcome=outcome, reason=reason, letter=None, is_unread=is_unread)


def read_answer(known: KnownAddress, seen: Snapshot, kind: Kind, *, is_listed: bool) -> Visit:
    """Return what `seen`, the answer at a known address, shows.

    A document to which the address of a listed letter leads is that letter where it bears
    the same id or the title that is listed; another one says nothing of the letter.
    """
    if seen.status == NOT_MODIFIED:
        return _unmodified(known, seen)
    verdict = _classify(known, seen, is_listed=is_listed)
    if verdict.page is None or verdict.outcome is not Outcome.LETTER:
        visit = Visit(known, seen.until, verdict.outcome, verdict.reason, seen)
        return replace(visit, is_unread=verdict.is_unread)
    visit = Visit(known, seen.until, Outcome.LETTER, snapshot=seen)
    try:
        further, more = further_of(verdict.page, seen)
        letter = read_page(verdict.page, kind, further)
    except FurtherPageError as error:
        return visit.settled(Outcome.BROKEN, str(error))
    except PageChangedError as error:
        return visit.settled(Outcome.BROKEN, str(error), is_unread=True)
    if is_empty(letter):
        return visit.settled(Outcome.BROKEN, "its body is empty", is_unread=True)
    doubt = None if further or more else scripted_pager(verdict.page)
    return replace(visit, letter=letter, more=more, doubt=doubt)


def _classify(known: KnownAddress, seen: Snapshot, *, is_listed: bool) -> Verdict:
    verdict = classify(seen)
    if not (verdict.outcome is Outcome.GONE and verdict.page and is_listed):
        return verdict
    if _is_same(known, verdict.page):
        return Verdict(Outcome.LETTER, page=verdict.page)
    return Verdict(Outcome.BROKEN, f"another document: {verdict.reason}")


def _unmodified(known: KnownAddress, seen: Snapshot) -> Visit:
    """Return what "not modified" shows: the letter, where its page is kept and was asked about.

    Said of a page that was never read, or to who did not ask for changes only, it shows nothing
    (RFC 9110, 15.4.5).
    """
    visit = Visit(known, seen.fetched_at, Outcome.LETTER, snapshot=seen)
    if not (seen.was_conditional and known.letter_id is not None):
        return visit.settled(
            Outcome.BROKEN, "HTTP 304 in place of a page: it was not asked for so"
        )
    if is_of_another_page(known, seen):
        return visit.settled(Outcome.BROKEN, "HTTP 304 of another page than the one that is kept")
    return visit


def is_of_another_page(known: KnownAddress, seen: Snapshot) -> bool:
    """Return whether a 304 bears validators that are not those of the page that is kept.

    It bears what would stand in a 200 (RFC 9110, 15.4.5): what is there now is another page.
    """
    told = (
        (seen.headers.get("etag"), known.etag),
        (seen.headers.get("last-modified"), known.last_modified),
    )
    differs = (one and other and _strong(one) != _strong(other) for one, other in told)
    return seen.status == NOT_MODIFIED and any(differs)


def _strong(validator: str) -> str:
    return validator.strip().removeprefix("W/")


def _is_same(known: KnownAddress, page: Page) -> bool:
    told = (known.listed_title or "").rstrip(".…")
    if told and page.title and page.title.startswith(told):
        return True
    here = document_id(known.url)
    return here is not None and here == document_id(page.url)
