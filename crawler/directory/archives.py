"""Lists of older letters to which a directory leads, and into which its rows move: 往年提案."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from crawler.directory.first_page import Ask
from crawler.directory.plausibility import missing_keys
from crawler.directory.walk import walk
from crawler.directory.walk_result import WalkResult
from letters.addresses import DirectoryRow, KnownAddress
from letters.crawl_record import PageError

_CUT = ("…", "..")  # how a title that is cut short ends
_FIRST_PAGES = 3  # in which letters that moved lately are


async def with_archived(ask: Ask, walked: WalkResult, known: Iterable[KnownAddress]) -> WalkResult:
    """Return a walk with the rows of missing letters that its lists of older ones list.

    These are read where letters are missing alone; what else they list is none of the
    directory's. The walk has an error where one of them can't be read while letters are missing.
    """
    known = list(known)
    keys = missing_keys(walked, known) if walked.archives and walked.is_whole else set()
    missing = {each.key: each for each in known if each.key in keys}
    for url in walked.archives:
        if not missing:
            break
        moved, failure = await _read_archive(ask, url, missing)
        walked = replace(walked, rows={**walked.rows, **{row.key: row for row in moved.values()}})
        missing = {key: each for key, each in missing.items() if key not in moved}
        if missing and failure:
            reason = f"letters are missing, and older ones can't be read: {failure}"
            return walked.with_error(PageError(url, reason))
    return walked


async def _read_archive(
    ask: Ask, url: str, missing: Mapping[str, KnownAddress]
) -> tuple[dict[str, DirectoryRow], str | None]:
    """Return the rows of missing letters in an archive, and why it was not read to its end.

    Its first pages have those that moved lately; the others are read where these are not all.
    """
    archive = await walk(ask, url, lambda _: None, _FIRST_PAGES)
    if archive.is_bounded and len(_moved(archive.rows, missing)) < len(missing):
        archive = await walk(ask, url, lambda _: None)
    reason = next((error.reason for error in archive.errors), None)
    return _moved(archive.rows, missing), reason


def _moved(
    rows: Mapping[str, DirectoryRow], missing: Mapping[str, KnownAddress]
) -> dict[str, DirectoryRow]:
    """Return the rows of missing letters by their keys: by URL, or by title."""
    titled = {row.title: row for row in rows.values() if not row.title.endswith(_CUT)}
    moved = {
        key: rows.get(key) or titled.get(each.listed_title or "") for key, each in missing.items()
    }
    return {key: row for key, row in moved.items() if row is not None}
