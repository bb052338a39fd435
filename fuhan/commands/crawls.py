"""List past crawls."""

from zoneinfo import ZoneInfo

from fuhan.command import command
from fuhan.commands.options import SourceOption, shown_time
from fuhan.context import CommandContext
from fuhan.lookup import known_source
from fuhan.terminal.language import said
from fuhan.terminal.rows import FormatOption, Sheet, write_rows
from letters.change import ChangeKind
from letters.crawl_record import Crawl
from storage import queries


@command("fuhan crawls --source cqfgw-proposals")
def crawls(
    context: CommandContext,
    *,
    source: SourceOption = None,
    as_format: FormatOption = None,
) -> None:
    """List past crawls, newest first."""
    with context.archive() as (config, archive):
        name = known_source(config, archive, source)
        with archive.reading() as connection:
            rows = queries.crawls(connection, name)
            write_rows(rows, crawls_sheet(ZoneInfo(config.timezone)), as_format)


def crawls_sheet(zone: ZoneInfo) -> Sheet[Crawl]:
    """Return how crawls are written, with times in `zone`."""
    return Sheet(
        as_json=Crawl.as_json,
        columns={
            "id": lambda crawl: str(crawl.id),
            "started": lambda crawl: shown_time(crawl.started_at, zone),
            "source": lambda crawl: crawl.source,
            "outcome": lambda crawl: said(crawl.outcome.value if crawl.outcome else "not ended"),
            "listed": lambda crawl: str(crawl.listed),
            "fetched": lambda crawl: str(crawl.fetched),
            "errors": lambda crawl: str(len(crawl.errors)),
            "found": _counts,
        },
    )


def _counts(crawl: Crawl) -> str:
    """Return how many changes of each kind there were, and letters that are suspect."""
    counts = {name: getattr(crawl, name) for name in (*ChangeKind, "suspect")}
    return said(", ".join(f"{count} {name}" for name, count in counts.items() if count))
