"""Walks a directory from its first page to its end, and reconciles it with its own size."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from crawler.directory.page import DirectoryPage, Listing, channel_of, page_url, read_directory
from crawler.directory.pager_links import page_key
from crawler.directory.rows import is_page
from crawler.directory.unreadable_rows import UnreadableRow
from crawler.http.decoding import UndecodableError, decode, is_cut_off
from crawler.http.fetch import UnreachedError
from crawler.http.snapshot import Snapshot
from crawler.page.classify import classify
from letters.records import Outcome, PageError
from letters.urls import url_key

MOST_PAGES = 10_000  # of a directory; more is a pager out of its mind
OF_A_MAD_PAGER = 20  # pages that are read all the same
GIVE_UP = 3  # pages in a row that fail or list nothing new

Fetch = Callable[[str], Awaitable[Snapshot]]  # raises UnreachedError
_OK = 200


@dataclass(slots=True)
class WalkResult:
    """What a directory lists, and what kept it from being read to its end."""

    listings: dict[str, Listing] = field(default_factory=dict)  # by canonical URL, as listed
    foreign: set[str] = field(default_factory=set)  # keys of rows that lead to another site
    scripted: set[str] = field(default_factory=set)  # names of pages that its scripts hold
    # What may be a row and leads to no letter of this site, each once, in order.
    unread: dict[UnreadableRow, None] = field(default_factory=dict)
    records: int | None = None  # what the directory says of its own size
    errors: list[PageError] = field(default_factory=list)
    failed: bool = False  # its first page could not be read
    pages: int = 0  # how many of its pages were read
    following: str | None = None  # the URL behind its last page, where its pager ends

    def add(self, again: "WalkResult") -> None:
        """Take in what a second walk lists, and what kept that from the end."""
        for key, listing in again.listings.items():
            self.listings.setdefault(key, listing)
        self.foreign |= again.foreign
        self.unread |= again.unread
        self.scripted |= again.scripted
        self.errors += again.errors

    @property
    def distinct(self) -> int:
        """How many documents were seen: one that is repeated stands in for no other."""
        return len(self.listings) + len(self.foreign)

    @property
    def is_whole(self) -> bool:
        """Whether the directory was read to its end and agrees with its own size."""
        return not self.errors


@dataclass(frozen=True, slots=True)
class _Miss:
    """A page of a directory that could not be read, or lists nothing new."""

    error: PageError
    is_gone: bool = False  # there is no such page: 404, a sorry page, rows that all were seen


@dataclass(slots=True)
class _Progress:
    """How a walk went, page by page; the first page is 0."""

    read: dict[int, DirectoryPage] = field(default_factory=dict)
    missed: dict[int, _Miss] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    tried: int = 0  # pages asked for, before those beyond the end were forgotten

    @property
    def first(self) -> DirectoryPage:
        return self.read[0]

    @property
    def count(self) -> int:
        return len(self.read) + len(self.missed)

    @property
    def asked_for(self) -> int:
        """How many pages were asked for, those that proved not to be there included."""
        return max(self.count, self.tried)

    def told(self, page: DirectoryPage) -> int:
        """Return how many pages the directory has by what `page` says, or by where it leads."""
        form = self.first.pager.form
        if page.pages is not None or form is None:
            return page.pages or 1
        numbers = [form.number(link) for link in page.pager.links]
        return max((number + 1 for number in numbers if number is not None), default=1)


async def walk(
    fetch: Fetch, first: str, on_page: Callable[[WalkResult], None], most: int | None = None
) -> WalkResult:
    """Read the directory whose first page is `first`, page after page, `most` at the most."""
    seen, progress = WalkResult(), _Progress()
    page = await _read(fetch, first, seen)
    if isinstance(page, _Miss) or (page.rows == 0 and page.records != 0):
        seen.failed = True
        missed = page.error if isinstance(page, _Miss) else PageError(first, _no_rows(page))
        seen.errors.append(missed)
        return seen
    progress.read[0] = page
    progress.asked |= {page_key(first), page_key(page.url)}
    pages = await _read_further(fetch, progress, seen, on_page, most)
    pages = _without_phantoms(progress, pages)
    seen.following = page_url(progress.first, pages)
    seen.errors += [miss.error for miss in progress.missed.values()]
    if reason := _unread(progress, pages) or _short(seen) or _sign_of_more(progress, seen):
        seen.errors.append(PageError(first, reason))
    return seen


async def _read_further(
    fetch: Fetch,
    progress: _Progress,
    seen: WalkResult,
    on_page: Callable[[WalkResult], None],
    most: int | None,
) -> int:
    """Read the pages after the first; return how many the directory says it has."""
    pages, idle = progress.told(progress.first), 0
    if progress.first.pager.form is None:
        return pages
    while (number := progress.count) < min(pages, most or _most(pages)) and idle < GIVE_UP:
        on_page(seen)
        url = page_url(progress.first, number)
        progress.asked.add(page_key(url))
        found = await _read(fetch, url, seen)
        if isinstance(found, _Miss):
            progress.missed[number] = found
            idle += 1
        else:
            progress.read[number] = found
            pages, idle = max(pages, progress.told(found)), 0
    return pages


def _without_phantoms(progress: _Progress, pages: int) -> int:
    """Forget the pages beyond the end that are not there; return how many pages there are.

    A number of pages is printed when a page is made, and the first page is not always made
    again. A smaller one is believed only where all later pages that say one agree on it, each
    counts itself among them, and every page asked for beyond it is not there. A page that
    fails, and one that is missing before that end, stays an error.
    """
    later = {at: page for at, page in progress.read.items() if at and page.pages is not None}
    ends = {page.pages or 0 for page in later.values()}
    beyond = [at for at in progress.missed if at >= max(ends, default=pages)]
    if len(ends) != 1 or not beyond or max(progress.read) >= max(ends):
        return pages
    placed = all(page.pager.current in {None, at} for at, page in later.items())
    if not (placed and all(progress.missed[at].is_gone for at in beyond)):
        return pages
    progress.tried = progress.count
    for at in beyond:
        del progress.missed[at]
    return max(ends)


def _unread(progress: _Progress, pages: int) -> str | None:
    """Return in words what the pager shows that was not read."""
    if progress.count < pages:
        return f"its pager says {pages} pages, {progress.count} were read"
    for page in progress.read.values():
        for link in page.pager.links:
            if page_key(link) not in progress.asked and not _is_beyond(progress, page, link):
                return f"its pager leads to {link}, which was not read"
    return None


def _sign_of_more(progress: _Progress, seen: WalkResult) -> str | None:
    """Return in words a sign of more pages or rows than were read, or None.

    Part of a pager says nothing where the pages are counted, or linked and read, or where the
    directory shows as many letters as it says it holds.
    """
    signs = [sign for page in progress.read.values() for sign in page.signs]
    holds_all = seen.records is not None and seen.distinct >= seen.records
    is_counted = progress.first.pages is not None or any(
        sign.is_count and sign.pages for sign in progress.first.signs
    )
    if not holds_all and (name := _unlisted_in_scripts(seen)):
        return f"a script holds a page that is not listed: {name}"
    for sign in signs:
        if sign.records is not None:
            is_met = seen.distinct >= sign.records
        elif sign.is_count:
            is_met = sign.pages is not None and sign.pages <= progress.asked_for
        else:
            is_met = holds_all or is_counted or progress.count > 1
        if not is_met:
            return f"{sign.words}; {progress.count} pages were read"
    return None


def _unlisted_in_scripts(seen: WalkResult) -> str | None:
    """Return the name of a letter's page that stands in a script and in no row, or None."""
    listed = {key.rpartition("/")[2] for key in (*seen.listings, *seen.foreign)}
    names = (name for name in sorted(seen.scripted - listed) if is_page(name))
    return next(names, None)


def _is_beyond(progress: _Progress, page: DirectoryPage, link: str) -> bool:
    """Tell whether a link leads beyond the number of pages that its own page gives."""
    form = progress.first.pager.form
    number = form.number(link) if form else None
    return number is not None and page.pages is not None and number >= page.pages


def _short(seen: WalkResult) -> str | None:
    if seen.records is None or seen.distinct >= seen.records:
        return None
    return f"it says it holds {seen.records} rows, {seen.distinct} were seen"


def _most(pages: int) -> int:
    return MOST_PAGES if pages <= MOST_PAGES else OF_A_MAD_PAGER


async def _read(fetch: Fetch, url: str, seen: WalkResult) -> DirectoryPage | _Miss:
    """Add one page to what was seen; a miss when it cannot be read or lists nothing new."""
    try:
        answer = await fetch(url)
    except UnreachedError as error:
        return _Miss(PageError(url, str(error)))
    try:
        page = _parse(answer)
    except (UnreachedError, UndecodableError) as error:
        return _Miss(PageError(url, str(error)), _is_gone(answer))
    if _is_of_another_channel(page, seen):
        reason = "another page in its place: its rows are of another channel"
        return _Miss(PageError(url, reason))
    if page.records is not None:
        seen.records = max(seen.records or 0, page.records)
    before = len(seen.listings)
    seen.foreign |= page.foreign
    seen.unread |= dict.fromkeys(page.unread)
    seen.scripted |= page.scripted
    seen.pages += 1
    for listing in page.listings:
        seen.listings.setdefault(url_key(listing.url), listing)
    if before and len(seen.listings) == before:
        reason = "a page of the directory that lists nothing new"
        return _Miss(PageError(url, reason), bool(page.listings) or _is_gone(answer))
    return page


def _is_of_another_channel(page: DirectoryPage, seen: WalkResult) -> bool:
    """Return whether all rows of a further page lie where no row that was seen before does."""
    here = {channel_of(each.url) for each in page.listings}
    return bool(here and seen.listings) and here.isdisjoint(
        channel_of(each.url) for each in seen.listings.values()
    )


def _is_gone(answer: Snapshot) -> bool:
    return classify(answer).outcome is Outcome.GONE


def _parse(seen: Snapshot) -> DirectoryPage:
    if seen.status != _OK:
        raise UnreachedError(f"HTTP {seen.status}")
    if is_cut_off(seen.body):
        raise UnreachedError("truncated: the page ends before its end")
    return read_directory(decode(seen.body, seen.content_type), seen.final_url)


def _no_rows(page: DirectoryPage) -> str:
    if page.by_script:
        return "no rows: they are written by a script, the page itself lists nothing"
    return "no rows: nothing on the page leads to a letter"
