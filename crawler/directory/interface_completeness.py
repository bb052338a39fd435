"""Whether a walk by an interface read all rows that its answers and the page say there are."""

from crawler.directory.completeness import partly_elsewhere
from crawler.directory.interface_progress import InterfaceProgress
from crawler.directory.page import DirectoryPage


def why_incomplete(
    progress: InterfaceProgress, page: DirectoryPage, *, is_bounded: bool = False
) -> str | None:
    """Return in words what of a directory was not read, or contradicts itself; None: nothing.

    With `is_bounded` no more answers were wanted: those that were not read say nothing.
    """
    name, seen = f"the interface {progress.use.interface.name}", progress.documents
    if progress.repeated and not progress.is_met:
        return f"{progress.repeated[0].reason}: {seen} were seen"
    if progress.total is not None and seen > progress.total:
        return f"{name} says it holds {progress.total} rows, it lists {seen}"
    if progress.has_gap:
        return f"{name} answered without rows, and with rows behind them: {seen} were seen"
    if is_bounded:
        return None
    elsewhere = partly_elsewhere(len(progress.rows), progress.foreign_keys)
    return _unread(progress, page, name) or elsewhere


def _unread(progress: InterfaceProgress, page: DirectoryPage, name: str) -> str | None:
    """Return in words what counts in the answers and in the page were not met by the rows."""
    seen = progress.documents
    if progress.expected is not None and seen < progress.expected:
        return f"{name} says it holds {progress.expected} rows, {seen} were seen"
    if (
        progress.other_total is not None
        and seen < progress.other_total
        and not _is_ended(progress)
    ):
        return f"{name} counts {progress.total} rows and {progress.other_total}, {seen} were seen"
    if progress.total is None and not _is_ended(progress):
        return f"{name} does not say where it ends, {progress.read} answers were read"
    return _unmet_count(progress, page)


def _is_ended(progress: InterfaceProgress) -> bool:
    """Return whether the answers show that nothing follows: one without rows, or the last."""
    is_last = progress.pages is not None and progress.next_page > progress.pages
    return progress.is_at_end or is_last or progress.expected == progress.documents


def _unmet_count(progress: InterfaceProgress, page: DirectoryPage) -> str | None:
    """Return in words a count of rows in the page itself that is larger than what was listed."""
    if page.total_rows is not None and progress.documents < page.total_rows:
        return f"it says it holds {page.total_rows} rows, {progress.documents} were seen"
    for sign in page.signs:
        if sign.total_rows is not None and progress.documents < sign.total_rows:
            return f"{sign.words}; {progress.documents} rows were seen"
    return None
