"""Which crawls there were."""

from functools import partial
from zoneinfo import ZoneInfo

from fuhan.command import command
from fuhan.commands.options import SourceOption, shown_time
from fuhan.output import FormatOption, Sheet, write_rows
from fuhan.session import Session, known_source
from letters.archive import Crawl
from storage import queries


@command("fuhan crawls --source cqfgw-proposals")
def crawls(
    session: Session,
    *,
    source: SourceOption = None,
    as_format: FormatOption = None,
) -> None:
    """List past crawls, newest first."""
    with session.archive() as (config, archive):
        name = known_source(config, archive, source)
        with archive.reading() as connection:
            rows = queries.crawls(connection, name)
            write_rows(rows, crawls_sheet(ZoneInfo(config.timezone)), as_format)


def crawls_sheet(zone: ZoneInfo) -> Sheet[Crawl]:
    """Return how crawls are written, with times in `zone`."""
    counts = ("listed", "fetched", "published", "edited", "withdrawn", "delisted", "suspect")
    return Sheet(
        told=Crawl.as_json,
        columns={
            "id": lambda crawl: str(crawl.id),
            "started": lambda crawl: shown_time(crawl.started_at, zone),
            "source": lambda crawl: crawl.source,
            "outcome": lambda crawl: crawl.outcome.value if crawl.outcome else "not ended",
            **{name: partial(_count, name) for name in counts},
            "errors": lambda crawl: str(len(crawl.errors)),
        },
    )


def _count(name: str, crawl: Crawl) -> str:
    return str(getattr(crawl, name))
