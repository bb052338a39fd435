"""Show the status of every source on one screen."""

import sys
from zoneinfo import ZoneInfo

import typer

from fuhan.command import command
from fuhan.commands.options import now, shown_time
from fuhan.config.load import find_config
from fuhan.context import CommandContext
from fuhan.errors import ExitCode
from fuhan.queue_report import queue_lines
from fuhan.service_watch import as_watched, service_watch
from fuhan.source_status import SourceStatus, source_statuses
from fuhan.terminal.language import said
from fuhan.terminal.rows import Format, FormatOption, Sheet, chosen_format, write_rows
from fuhan.terminal.streams import write_note


@command("fuhan status || echo 'somebody should look'")
def status(context: CommandContext, *, as_format: FormatOption = None) -> None:
    """Tell where each source stands.

    Its last success, its next crawl, its alarms; exits 1 when an alarm stands. With a queue also
    what waits in it, and its workers: under the table, on stderr beside other formats; exits 1
    when no worker takes crawls.
    """
    with context.archive() as (config, archive):
        watch = service_watch(archive, find_config(context.config_file))
        rows = as_watched(source_statuses(config, archive, now()), config, watch)
    if not rows and not context.is_quiet:
        write_note("nothing was crawled yet: fuhan crawl, or fuhan serve")
    for line in watch.lines() if rows and not context.is_quiet else ():
        write_note(line)
    write_rows(rows, _sheet(ZoneInfo(config.timezone)), as_format)
    lines, is_well = queue_lines(config)
    is_table = chosen_format(as_format) is Format.TABLE  # else stdout is for programs
    for line in lines:
        (sys.stdout if is_table else sys.stderr).write(f"{said(line)}\n")
    if any(row.alarms for row in rows) or not is_well:
        raise typer.Exit(ExitCode.FAILURE)


def _sheet(zone: ZoneInfo) -> Sheet[SourceStatus]:
    return Sheet(
        as_json=SourceStatus.as_json,
        columns={
            "source": lambda row: row.source,
            "letters": lambda row: str(row.letters),
            "last crawl": _last_crawl,
            "last success": lambda row: shown_time(row.last_success, zone) or said("never"),
            "next crawl": lambda row: _next_crawl(row, zone),
            "alarms": lambda row: "; ".join(map(said, row.alarms)) or said("none"),
        },
    )


def _next_crawl(row: SourceStatus, zone: ZoneInfo) -> str:
    """Return when the source is crawled next, as far as a service that runs will do so."""
    if row.paused_since is not None:
        return said(f"paused since {shown_time(row.paused_since, zone)}")
    return shown_time(row.next_crawl, zone) if row.next_crawl else said("not planned")


def _last_crawl(row: SourceStatus) -> str:
    if row.last_crawl is None:
        return said("never")
    return said(row.last_crawl.outcome.value if row.last_crawl.outcome else "not ended")
