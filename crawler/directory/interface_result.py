"""The result of a walk by an interface: its rows, and why they are not the whole directory."""

from dataclasses import replace

from crawler.directory.interface_completeness import why_incomplete
from crawler.directory.interface_progress import InterfaceProgress
from crawler.directory.page import DirectoryPage
from crawler.directory.unreadable_rows import UnreadableRow
from crawler.directory.walk_result import AskedPage, WalkResult
from letters.addresses import RowSelection
from letters.crawl_record import PageError


def interface_result(
    progress: InterfaceProgress,
    page: DirectoryPage,
    asked: tuple[AskedPage, ...],
    *,
    is_bounded: bool,
) -> WalkResult:
    """Return what was read, and why it is not the whole directory where it is not.

    A row that the page itself shows and no answer lists is one that can't be read: it may be
    that of a letter that is missing.
    """
    shown = (
        UnreadableRow(row.title, row.listed_on, row.url, is_in_list=False)
        for row in page.rows
        if row.key not in progress.rows
    )
    result = WalkResult(
        rows=dict(progress.rows),
        names_in_scripts=page.names_in_scripts,
        unreadable=tuple(dict.fromkeys((*progress.unreadable, *shown, *page.unreadable))),
        errors=tuple(progress.errors),
        pages=progress.read,
        asked=asked,
        selection=_selection(progress),
        interface=progress.use.interface.name,
        total_rows=progress.expected,
        archives=page.archives,
        is_bounded=is_bounded and not progress.errors,
    )
    if not progress.documents and progress.total != 0:
        reason = f"no rows: the interface {progress.use.interface.name} lists nothing"
        return replace(result, failed=True, errors=result.errors or (PageError(page.url, reason),))
    if incomplete := why_incomplete(progress, page, is_bounded=result.is_bounded):
        return result.with_error(PageError(page.url, incomplete))
    return result


def _selection(progress: InterfaceProgress) -> RowSelection:
    """Return which list of the page was taken for the directory, as rows of a page are named."""
    name, sign = progress.use.interface.name, progress.parameters.sign
    return RowSelection(f"{name}: {sign}", f"{len(progress.rows)} rows of the interface {name}")
