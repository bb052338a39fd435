"""How a walk goes on by forms: what asks for the next page, and which answers are no page."""

from crawler.directory.page import DirectoryPage
from crawler.directory.page_request import is_by_form
from crawler.directory.walk_progress import WalkProgress
from crawler.interfaces.interface import InterfaceRequest


def next_form(progress: WalkProgress) -> InterfaceRequest | None:
    """Return what asks by the newest page's form for the page that comes next, or None.

    It has the fields of the page before: some sites answer nothing else. A field for any number
    is used only where more is counted than was read.
    """
    newest, number, shift = progress.newest, progress.count + 1, _shift(progress)
    pager = newest.form_pager
    if pager is None or (progress.count == 1 and _is_all(progress) and pager.largest(shift) <= 1):
        return None
    changed = pager.onward(number, shift, is_next=number == max(progress.read) + 2)
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
    if not is_by_form(request):
        return False
    first, rows = {row.key for row in progress.first.rows}, {row.key for row in page.rows}
    return len(rows) >= len(first) and len(rows & first) * 2 > len(rows)


def is_behind_end(progress: WalkProgress, request: InterfaceRequest) -> bool:
    """Return whether a form asked behind the last page, as some always lead on.

    What it is answered with says nothing where all that is counted was read, on several pages.
    """
    is_further = is_by_form(request) and len(progress.read) > 1 and not progress.missed
    return is_further and _is_all(progress)


def _is_all(progress: WalkProgress) -> bool:
    """Return whether as many pages or rows were read as the newest page says there are."""
    pager = progress.newest.form_pager
    last = pager.last(_shift(progress)) if pager is not None else None
    is_all_rows = progress.documents == progress.total_rows
    return is_all_rows or progress.count in {progress.newest.total_pages, last}


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
