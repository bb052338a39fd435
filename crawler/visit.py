"""One visit to one letter's address: the answer classified, and read where it is a letter."""

from dataclasses import dataclass, replace
from datetime import datetime

from crawler.attachment.classify_file import NOT_MODIFIED
from crawler.attachment.file_visit import FileVisit
from crawler.http.snapshot import Snapshot
from crawler.page.classify import PageVerdict, classify
from crawler.page.dom import Page
from crawler.page.further_pages import FurtherPageError, further_pages, scripted_pager
from crawler.page.reader import PageChangedError, PageReader, read_page
from crawler.page.unfilled_template import is_empty
from crawler.page_digest import page_digest
from letters.addresses import KnownAddress
from letters.letter import Letter
from letters.letter_record import NewestVersion
from letters.urls import document_id
from letters.visit_span import VisitOutcome


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to one known address, and what it showed."""

    address: KnownAddress
    at: datetime  # UTC, when the answer had come
    outcome: VisitOutcome
    reason: str | None = None  # why it is no letter
    snapshot: Snapshot | None = None  # None where no answer came
    letter: Letter | None = None  # only where a letter's page was served and read
    newest: NewestVersion | None = None  # of the letter at the address; None where there is none
    needs_better_parser: bool = False  # served as a page, and not understood
    files: tuple[FileVisit, ...] = ()  # visits to the files of its letter
    more: tuple[str, ...] = ()  # further pages of its letter, which were not asked for
    doubt: str | None = None  # why the letter may say more than was read
    ways: tuple[str | None, ...] = ()  # by what the body of each page is known: Page.way
    read_later_at: datetime | None = None  # UTC, when a page that had to wait was read
    page_digest: str | None = None  # by which its page is known again; None: it is read each time

    @property
    def since(self) -> datetime:
        """Earliest time at which what was seen may have been current."""
        return self.snapshot.since if self.snapshot else self.at

    @property
    def detected_at(self) -> datetime:
        """When fuhan noticed what the visit showed."""
        return self.read_later_at or self.at

    @property
    def is_served(self) -> bool:
        """Whether the page itself came, and not only word that it is as it was."""
        return self.snapshot is not None and not self.is_unmodified

    @property
    def has_further_pages(self) -> bool:
        """Whether the letter is printed on several pages, which came too."""
        return self.snapshot is not None and bool(self.snapshot.further)

    @property
    def is_unmodified(self) -> bool:
        """Whether the server said that the page is as it was."""
        return self.snapshot is not None and self.snapshot.status == NOT_MODIFIED

    def settled(
        self, outcome: VisitOutcome, reason: str, *, needs_better_parser: bool = False
    ) -> "Visit":
        """Return the visit with another outcome: what was served is no letter after all."""
        visit = replace(self, outcome=outcome, reason=reason, letter=None)
        return replace(visit, needs_better_parser=needs_better_parser)


def read_answer(
    address: KnownAddress,
    snapshot: Snapshot,
    reader: PageReader,
    *,
    is_listed: bool,
    newest: NewestVersion | None,
) -> Visit:
    """Return what the answer at a known address shows; `newest` is of the letter there, if any.

    A document to which the address of a listed letter leads is that letter where it bears
    the same id or the title that is listed; another one says nothing of the letter.
    """
    if snapshot.status == NOT_MODIFIED:
        return _unmodified(address, snapshot, newest)
    given = address, snapshot, reader, newest
    return _read_before(*given, is_listed=is_listed) or _read(*given, is_listed=is_listed)


def _read(
    address: KnownAddress,
    snapshot: Snapshot,
    reader: PageReader,
    newest: NewestVersion | None,
    *,
    is_listed: bool,
) -> Visit:
    """Return the visit that shows a page which is not known."""
    verdict = _classify(address, snapshot, reader, is_listed=is_listed)
    visit = Visit(
        *(address, snapshot.until, verdict.outcome, verdict.reason, snapshot),
        newest=newest,
        needs_better_parser=verdict.needs_better_parser,
    )
    if verdict.page is None or verdict.outcome is not VisitOutcome.LETTER:
        return visit
    try:
        further, more = further_pages(verdict.page, snapshot)
        letter = read_page(verdict.page, reader.kind, further)
    except FurtherPageError as error:
        return visit.settled(VisitOutcome.BROKEN, str(error))
    except PageChangedError as error:
        return visit.settled(VisitOutcome.BROKEN, str(error), needs_better_parser=True)
    if is_empty(letter):
        return visit.settled(VisitOutcome.BROKEN, "its body is empty", needs_better_parser=True)
    doubt = None if further or more else scripted_pager(verdict.page)
    ways = tuple(page.way for page in (verdict.page, *further))
    is_whole = not (more or doubt)
    return replace(
        visit,
        letter=letter,
        more=more,
        doubt=doubt,
        ways=ways,
        page_digest=page_digest(address, snapshot, reader, letter, is_listed=is_listed)
        if is_whole
        else None,
    )


def _read_before(
    address: KnownAddress,
    snapshot: Snapshot,
    reader: PageReader,
    newest: NewestVersion | None,
    *,
    is_listed: bool,
) -> Visit | None:
    """Return the visit that shows, byte for byte, the page that was read as the newest version."""
    if newest is None or address.page_digest is None or newest.parser != reader.label:
        return None
    digest = page_digest(address, snapshot, reader, newest.letter, is_listed=is_listed)
    if digest != address.page_digest:
        return None
    visit = Visit(address, snapshot.until, VisitOutcome.LETTER, snapshot=snapshot, newest=newest)
    return replace(visit, letter=newest.letter, page_digest=digest)


def _classify(
    address: KnownAddress, seen: Snapshot, reader: PageReader, *, is_listed: bool
) -> PageVerdict:
    verdict = classify(seen, reader.family)
    if not (verdict.outcome is VisitOutcome.GONE and verdict.page and is_listed):
        return verdict
    if _is_same(address, verdict.page):
        return PageVerdict(VisitOutcome.LETTER, page=verdict.page)
    return PageVerdict(VisitOutcome.BROKEN, f"another document: {verdict.reason}")


def _unmodified(address: KnownAddress, seen: Snapshot, newest: NewestVersion | None) -> Visit:
    """Return what "not modified" shows: the letter, where its page is kept and was asked about.

    Said of a page that was never read, or to who did not ask for changes only, it shows nothing
    (RFC 9110, 15.4.5).
    """
    visit = Visit(address, seen.fetched_at, VisitOutcome.LETTER, snapshot=seen, newest=newest)
    if not (seen.was_conditional and address.letter_id is not None):
        return visit.settled(
            VisitOutcome.BROKEN, "HTTP 304 in place of a page: it was not asked for so"
        )
    if is_of_another_page(address, seen):
        return visit.settled(
            VisitOutcome.BROKEN, "HTTP 304 of another page than the one that is kept"
        )
    return visit


def is_of_another_page(address: KnownAddress, seen: Snapshot) -> bool:
    """Return whether a 304 bears validators that are not those of the page that is kept.

    It bears what would stand in a 200 (RFC 9110, 15.4.5): what is there now is another page.
    """
    validators = (
        (seen.headers.get("etag"), address.etag),
        (seen.headers.get("last-modified"), address.last_modified),
    )
    differs = (one and other and _strong(one) != _strong(other) for one, other in validators)
    return seen.status == NOT_MODIFIED and any(differs)


def _strong(validator: str) -> str:
    return validator.strip().removeprefix("W/")


def _is_same(address: KnownAddress, page: Page) -> bool:
    listed = (address.listed_title or "").rstrip(".…")
    if listed and page.title and page.title.startswith(listed):
        return True
    here = document_id(address.url)
    return here is not None and here == document_id(page.url)
