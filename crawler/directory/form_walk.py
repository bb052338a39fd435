"""How a walk goes on by forms: what asks for the next page, and which answers are no page."""

from crawler.directory.page import DirectoryPage
from crawler.directory.walk_progress import WalkProgress
from crawler.interfaces.interface import InterfaceRequest


def next_form(progress: WalkProgress) -> InterfaceRequest | None:
    """Return what asks by the newest page's form for the page that comes next, or None.

    It has the fields of the page before: some sites answer nothing else. A field for any number
    is used only where more is counted than was read.
    """
    newest, number, shift = progress.newest, progress.count + 1, _shift(progress)
    pager = newest.form_pager
    if pager is None or progress.count >= max(newest.total_pages or number, pager.largest(shift)):
        return None
    is_next = number == max(progress.read) + 2
    changed = pager.onward(number, shift, is_next=is_next)
    if changed is None and _counts_more(progress):
        changed = pager.numbered(number, shift)
    if changed is None:
        return None
    request = pager.form.request(changed, newest.url, newest.charset)
    return None if progress.was_requested(request) else request


def form_pages(progress: WalkProgress) -> int:
    """Return how many pages the pagers show that lead on by a form."""
    pagers = (page.form_pager for page in progress.read.values() if page.form_pager)
    return max((pager.largest(_shift(progress)) for pager in pagers), default=0)


def is_mostly_first(
    progress: WalkProgress, request: InterfaceRequest, page: DirectoryPage
) -> bool:
    """Return whether a form was answered with the first page, and a row that came since."""
    if request.method == "GET" or not progress.read:
        return False
    first, rows = {row.key for row in progress.first.rows}, {row.key for row in page.rows}
    return len(rows) >= len(first) and len(rows & first) * 2 > len(rows)


def is_last_again(progress: WalkProgress, request: InterfaceRequest, page: DirectoryPage) -> bool:
    """Return whether a form that always leads on was answered with the page it is of.

    That is the end where all rows that the directory counts were read, on several pages.
    """
    is_same = {row.key for row in page.rows} == {row.key for row in progress.newest.rows}
    is_further = request.method != "GET" and len(progress.read) > 1
    return is_further and is_same and progress.documents == progress.total_rows


def _shift(progress: WalkProgress) -> int:
    pager = progress.first.form_pager
    return pager.shift if pager is not None else 0


def _counts_more(progress: WalkProgress) -> bool:
    """Return whether more pages are counted than were read; rows, where no pages are."""
    counts = [sign for sign in progress.newest.signs if sign.is_count]
    pages = [progress.newest.total_pages, *(sign.total_pages for sign in counts)]
    rows = [progress.total_rows, *(sign.total_rows for sign in counts)]
    if counted := max(form_pages(progress), *(each or 0 for each in pages)):
        return progress.count < counted
    return progress.documents < max(each or 0 for each in rows)
