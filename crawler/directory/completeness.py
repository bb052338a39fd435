"""Whether a walk read all that a directory holds: all pages of its pager, all rows it counts."""

import re
from collections.abc import Collection
from itertools import dropwhile

from crawler.directory.form_walk import next_form
from crawler.directory.hub import in_words
from crawler.directory.kind_tabs import unlisted_tab
from crawler.directory.link_targets import is_document_url
from crawler.directory.page import DirectoryPage
from crawler.directory.page_request import page_at
from crawler.directory.part_choices import unlisted_choice
from crawler.directory.signs_of_more.sign import Sign, quoted
from crawler.directory.walk_progress import WalkProgress

_DIGIT = re.compile(r"\d")
_DIGITS = 4  # of a page's name, from which on one like it is no index_1.html
_SEVERAL = 2  # rows that lead to other sites; one may be a page about the letters
_REPEATED = 2  # rows of a page, by which its order is another one's; one may be in two places
_PAGE = re.compile(r"\d+")  # the number by which a pager's part differs from page to page


def why_incomplete(
    progress: WalkProgress, total_pages: int, *, is_bounded: bool = False
) -> str | None:
    """Return in words what of a directory of `total_pages` was not read; None: nothing.

    With `is_bounded` no more pages were wanted: those that were not read say nothing.
    """
    if channels := progress.first.channels:
        return in_words(channels)
    doubts = (page.row_doubt for page in progress.read.values() if page.row_doubt)
    if doubt := next(doubts, None):
        return doubt
    if is_bounded:
        return None
    if scripted := progress.scripted_row:
        return f"a script opens the page of a row, and names no address: {quoted(scripted.title)}"
    unread = _unread_page(progress, total_pages) or _missing_rows(progress)
    if unread or (unread := _page_in_other_order(progress)):
        return unread
    choices = progress.first.part_choices
    in_place = _page_at_same_url(progress)
    return (
        _unmet_sign(progress)
        or _unlisted_number(progress)
        or in_place
        or unlisted_choice(choices, progress.rows.values())
        or unlisted_tab(progress.first.tabs, progress.rows.values())
        or partly_elsewhere(len(progress.rows), progress.foreign_keys)
    )


def partly_elsewhere(own: int, foreign_keys: Collection[str]) -> str | None:
    """Return in words that a quarter of the rows or more lead to other sites."""
    count, all_rows = len(foreign_keys), own + len(foreign_keys)
    if count < _SEVERAL or count * 4 < all_rows:
        return None
    site = min(foreign_keys).partition("/")[0]
    return f"{count} of its {all_rows} rows lead to other sites, as {site}, which are not visited"


def _unread_page(progress: WalkProgress, total_pages: int) -> str | None:
    """Return in words what the pager shows that was not read."""
    if progress.count < total_pages:
        return f"its pager says {total_pages} pages, {progress.count} were read"
    for page in progress.read.values():
        for url in page.pager.urls:
            if not (progress.was_requested(page_at(url)) or progress.is_beyond(page, url)):
                return f"its pager leads to {url}, which was not read"
    if next_form(progress) is not None:
        return f"its pager's form leads to page {progress.count + 1}, which was not read"
    pager = progress.first.form_pager
    if pager is not None and pager.has_box and progress.count == 1 and not _is_counted(progress):
        return f"a form lets a reader jump to a page, by its field {pager.field}"
    return None


def _page_at_same_url(progress: WalkProgress) -> str | None:
    """Return in words that the last page leads on to its own URL, or None."""
    at, page = max(progress.read), progress.newest
    if at == 0 or not page.pager.turns_in_place or _is_counted(progress):
        return None
    return f"its pager leads from {page.url} to the same URL for the next page"


def _page_in_other_order(progress: WalkProgress) -> str | None:
    """Return in words that a page repeats rows of earlier ones among new ones, or None.

    Rows on top of each page, and those that a new row pushed on to the next page, come first.
    Elsewhere they show that each page has an order of its own: others are on no page.
    """
    if _has_all_rows(progress):
        return None
    seen: set[str] = set()
    for _, page in sorted(progress.read.items()):
        keys = [row.key for row in page.rows]
        if sum(key in seen for key in dropwhile(seen.__contains__, keys)) >= _REPEATED:
            return f"{page.url} repeats rows of earlier pages among new ones"
        seen.update(keys)
    return None


def _unlisted_number(progress: WalkProgress) -> str | None:
    """Return in words that the numbers of the rows begin or end elsewhere than at 1, or None."""
    spans = [page.serials for page in progress.read.values()]
    if spans[0] is None or _has_all_rows(progress):
        return None
    known = [span for span in spans if span is not None]
    if spans[0][0] < spans[0][1]:
        begin = min(first for first, _ in known)
        return f"its rows are numbered from {begin}, not from 1" if begin > 1 else None
    end = min(last for _, last in known)
    is_whole = end <= 1 or len(known) < len(spans)
    return None if is_whole else f"its rows are numbered down to {end}, not to 1"


def _is_counted(progress: WalkProgress) -> bool:
    return _has_all_rows(progress) or _counts_its_pages(progress.first)


def _missing_rows(progress: WalkProgress) -> str | None:
    if progress.total_rows is None or progress.documents >= progress.total_rows:
        return None
    return f"it says it holds {progress.total_rows} rows, {progress.documents} were seen"


def _unmet_sign(progress: WalkProgress) -> str | None:
    """Return in words a sign of more pages or rows than were read, or None."""
    if not _has_all_rows(progress) and (name := _unlisted_in_scripts(progress)):
        return f"a script holds a page that is not listed: {name}"
    words = (*(sign.words for sign in progress.first.signs), *progress.first.filled_pagers)
    drawn = {_PAGE.sub("", each) for each in words}
    for page in progress.read.values():
        for sign in page.signs:
            is_new = _PAGE.sub("", sign.words) not in drawn
            if not _is_met(sign, progress, is_new=is_new):
                return f"{sign.words}; {progress.count} pages were read"
    return None


def _is_met(sign: Sign, progress: WalkProgress, *, is_new: bool) -> bool:
    """Return whether as much was read as a sign shows.

    Part of a pager says nothing where the pages are counted, or linked and read, or where the
    directory shows as many letters as it says it holds. What only a later page draws (`is_new`)
    is not what the links of the first one lead to.
    """
    if sign.total_rows is not None:
        return progress.documents >= sign.total_rows
    if sign.is_part:
        return _has_all_rows(progress)
    if sign.is_count:
        return sign.total_pages is not None and sign.total_pages <= progress.requested_pages
    is_linked = progress.count > 1 and (not is_new or sign.may_be_end)
    return _is_counted(progress) or is_linked


def _has_all_rows(progress: WalkProgress) -> bool:
    return progress.total_rows is not None and progress.documents >= progress.total_rows


def _counts_its_pages(page: DirectoryPage) -> bool:
    counted = any(sign.is_count and sign.total_pages for sign in page.signs)
    return page.total_pages is not None or counted


def _unlisted_in_scripts(progress: WalkProgress) -> str | None:
    """Return the name of a letter's page that is in a script and in no row, or None."""
    listed = {key.rpartition("/")[2] for key in (*progress.rows, *progress.foreign_keys)}
    shapes = {_DIGIT.sub("9", name) for name in listed if len(_DIGIT.findall(name)) >= _DIGITS}
    for name in sorted(progress.names_in_scripts - listed):
        if is_document_url(name) or _DIGIT.sub("9", name) in shapes:
            return name
    return None
