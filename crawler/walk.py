"""Walks a directory from its first page to its end, and reconciles it with its own size."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from crawler.decode import UndecodableError, decode
from crawler.fetch import UnreachedError
from crawler.listing import DirectoryPage, Listing, page_url, read_directory
from crawler.snapshot import Snapshot
from letters.archive import PageError
from letters.urls import url_key

MOST_PAGES = 10_000  # of a directory; more is a pager out of its mind
OF_A_MAD_PAGER = 20  # pages that are read all the same
GIVE_UP = 3  # pages in a row that fail or list nothing new

Fetch = Callable[[str], Awaitable[Snapshot]]  # raises UnreachedError
_OK = 200


@dataclass(slots=True)
class Walk:
    """What a directory lists, and what kept it from being read to its end."""

    listings: dict[str, Listing] = field(default_factory=dict)  # by canonical URL, as listed
    rows: int = 0
    records: int | None = None  # what the directory says of its own size
    errors: list[PageError] = field(default_factory=list)
    failed: bool = False  # its first page could not be read

    @property
    def is_whole(self) -> bool:
        """Whether the directory was read to its end and agrees with its own size."""
        return not self.errors


async def walk(
    fetch: Fetch, first: str, on_page: Callable[[Walk], None], most: int | None = None
) -> Walk:
    """Read the directory whose first page is `first`, page after page, `most` at the most."""
    seen = Walk()
    page = await _read(fetch, first, seen)
    if page is None or (page.rows == 0 and page.records != 0):
        seen.failed = True
        if page is not None:
            seen.errors.append(PageError(first, _no_rows(page)))
        return seen
    pages, number, idle = page.pages or 1, 1, 0
    while number < min(pages, most or _most(pages)) and idle < GIVE_UP:
        on_page(seen)
        url = page_url(page, number)
        found = await _read(fetch, url, seen)
        idle = 0 if found else idle + 1
        pages = max(pages, (found and found.pages) or 0)
        number += 1
    if number < pages:
        seen.errors.append(PageError(first, f"its pager says {pages} pages, {number} were read"))
    elif seen.records is not None and seen.rows < seen.records:
        words = f"it says it holds {seen.records} rows, {seen.rows} were seen"
        seen.errors.append(PageError(first, words))
    return seen


def _most(pages: int) -> int:
    return MOST_PAGES if pages <= MOST_PAGES else OF_A_MAD_PAGER


async def _read(fetch: Fetch, url: str, seen: Walk) -> DirectoryPage | None:
    """Add one page to what was seen; None when it cannot be read or lists nothing new."""
    try:
        page = _parse(await fetch(url))
    except (UnreachedError, UndecodableError) as error:
        seen.errors.append(PageError(url, str(error)))
        return None
    seen.rows += page.rows
    if page.records is not None:
        seen.records = max(seen.records or 0, page.records)
    before = len(seen.listings)
    for listing in page.listings:
        seen.listings.setdefault(url_key(listing.url), listing)
    if before and len(seen.listings) == before:
        seen.errors.append(PageError(url, "a page of the directory that lists nothing new"))
        return None
    return page


def _parse(seen: Snapshot) -> DirectoryPage:
    if seen.status != _OK:
        raise UnreachedError(f"HTTP {seen.status}")
    return read_directory(decode(seen.body, seen.content_type), seen.final_url)


def _no_rows(page: DirectoryPage) -> str:
    if page.by_script:
        return "no rows: they are written by a script, the page itself lists nothing"
    return "no rows: nothing on the page leads to a letter"
