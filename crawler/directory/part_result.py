"""What the list of a year, a month or a session shows, or why it is none."""

from crawler.directory.directory_parts import Part, is_of_others
from crawler.directory.walk_result import WalkResult
from letters.addresses import RowSelection
from letters.crawl_record import PageError


def as_part(
    listed: WalkResult, part: Part, url: str, selection: RowSelection | None, first: frozenset[str]
) -> WalkResult:
    """Return what the list of a part shows; nothing, with an error, for other rows.

    `selection` are the rows of the directory, `first` the keys of those of its first list: a
    server that heeds no choice, or a cache, answers with that one again.
    """
    if listed.failed or selection is None or listed.selection is None:
        return listed
    if listed.selection.form != selection.form:
        return WalkResult(
            errors=(PageError(url, f"its rows are others: {listed.selection.words}"),)
        )
    if first.issuperset(listed.rows) and is_of_others(part, listed.rows.values()):
        reason = f"its list of {part} shows nothing of it, and nothing new"
        return listed.with_error(PageError(url, reason))
    return listed
