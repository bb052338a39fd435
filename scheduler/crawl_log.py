"""What the log says of a crawl, in words and as fields; never what a letter says, nor a name."""

import logging
from contextlib import closing
from datetime import timedelta

from letters.change import ChangeKind, Significance
from letters.crawl_record import Crawl, CrawlOutcome
from storage import queries
from storage.database.archive import Archive, ArchiveError, read_archive
from storage.database.errors import StorageError

log = logging.getLogger(__name__)

_ONLY_WHERE_ANY = ("published", "withdrawn", "delisted", "restored", "relocated", "suspect")
_LONGEST_REASON = 300  # characters


def log_beginning(source: str, *, full: bool) -> None:
    """Log that a crawl begins; a `full` one is a sweep."""
    fields = {"source": source, "sweep": full}
    log.info("crawl of %s begins%s", source, ", a sweep" if full else "", extra={"fields": fields})


def log_ending(crawl: Crawl, substantive: int | None = None) -> None:
    """Log how a crawl ended, on one line: a warning unless it is complete.

    `substantive` is how many of its edits are; None: nobody counted. `visited` in the log are the
    letters whose page was served.
    """
    level = logging.INFO if crawl.outcome is CrawlOutcome.COMPLETE else logging.WARNING
    text = f"crawl of {crawl.source}: {crawl.outcome}, {', '.join(_counts(crawl, substantive))}"
    if crawl.errors:
        text = f"{text}: {_first_error(crawl)}"
    log.log(level, "%s", text, extra={"fields": _fields(crawl, substantive)})


def substantive_edits(archive: Archive, crawl: Crawl) -> int | None:
    """Return how many substantive edits a crawl recorded; None where that can't be read."""
    if not crawl.edited or crawl.finished_at is None:
        return 0
    wanted = queries.ChangeFilter(
        since=crawl.started_at,
        until=crawl.finished_at + timedelta(microseconds=1),
        source=crawl.source,
        kind=ChangeKind.EDITED,
        significance=Significance.SUBSTANTIVE,
    )
    try:
        with archive.reading() as connection:
            return queries.count_changes(connection, wanted)
    except StorageError:
        return None


def substantive_edits_at(database: str, crawl: Crawl) -> int | None:
    """Return the same of a crawl in the archive at the URL `database`."""
    if not crawl.edited:
        return 0
    try:
        with closing(read_archive(database)) as archive:
            return substantive_edits(archive, crawl)
    except ArchiveError:
        return None


def _counts(crawl: Crawl, substantive: int | None) -> list[str]:
    weight = f" ({substantive} substantive)" if crawl.edited and substantive is not None else ""
    rest = [f"{getattr(crawl, name)} {name}" for name in _ONLY_WHERE_ANY if getattr(crawl, name)]
    errors = len(crawl.errors)
    return [
        f"{crawl.listed} listed",
        f"{crawl.fetched} visited",
        f"{crawl.edited} edited{weight}",
        *rest,
        f"{errors} error{'' if errors == 1 else 's'}",
        f"{_seconds(crawl):.0f} s",
    ]


def _fields(crawl: Crawl, substantive: int | None) -> dict[str, object]:
    return {
        "source": crawl.source,
        "crawl": crawl.id,
        "outcome": crawl.outcome and crawl.outcome.value,
        "listed": crawl.listed,
        "visited": crawl.fetched,
        "edited": crawl.edited,
        "substantive": substantive,
        **{name: getattr(crawl, name) for name in _ONLY_WHERE_ANY},
        "errors": len(crawl.errors),
        "reason": _first_error(crawl) if crawl.errors else None,
        "seconds": round(_seconds(crawl), 1),
    }


def _seconds(crawl: Crawl) -> float:
    return (crawl.finished_at - crawl.started_at).total_seconds() if crawl.finished_at else 0.0


def _first_error(crawl: Crawl) -> str:
    first = crawl.errors[0]
    return " ".join(f"{first.url}: {first.reason}".split())[:_LONGEST_REASON]
