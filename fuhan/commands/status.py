"""Show the status of every source on one screen."""

import sys
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import make_url

from fuhan.alarm_lines import alarm_lines, in_words
from fuhan.command import command
from fuhan.commands.options import now, shown_time
from fuhan.config.load import find_config
from fuhan.context import CommandContext
from fuhan.errors import ExitCode
from fuhan.queue_report import queue_lines
from fuhan.service_watch import as_watched, service_watch
from fuhan.source_status import SourceStatus, service_status
from fuhan.terminal.language import mark, said
from fuhan.terminal.rows import Format, FormatOption, Sheet, chosen_format, write_rows
from fuhan.terminal.streams import write_note
from letters.crawl_record import CrawlOutcome


@command("fuhan status || echo 'somebody should look'")
def status(context: CommandContext, *, as_format: FormatOption = None) -> None:
    """Tell where each source stands.

    Its last success, its next crawl, its alarms; exits 1 when an alarm stands. The alarms of the
    service, what to do about each, and with a queue what waits in it and its workers: under the
    table, on stderr beside other formats; exits 1 when no worker takes crawls, too.
    """
    with context.archive() as (config, archive):
        watch = service_watch(archive, find_config(context.config_file), config.review)
        found = as_watched(service_status(config, archive, now()), config, watch)
    zone = ZoneInfo(config.timezone)
    if not found.sources and not context.is_quiet:
        where = make_url(config.database).render_as_string()  # without its password
        write_note(f"nothing was crawled yet into {where}: fuhan crawl, or fuhan serve")
    for line in () if context.is_quiet else watch.lines():
        write_note(line)
    write_rows(found.sources, _sheet(zone), as_format)
    lines, is_well = queue_lines(config)
    is_table = chosen_format(as_format) is Format.TABLE  # else stdout is for programs
    for line in (*alarm_lines(found.alarms, found.all_alarms(), zone), *lines):
        (sys.stdout if is_table else sys.stderr).write(f"{said(line)}\n")
    if found.needs_attention or watch.trouble or not is_well:
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
            "alarms": lambda row: _alarms(row, zone) or said("none"),
        },
    )


def _alarms(row: SourceStatus, zone: ZoneInfo) -> str:
    return mark("; ").join(said(in_words(alarm, zone)) for alarm in row.alarms)


def _next_crawl(row: SourceStatus, zone: ZoneInfo) -> str:
    """Return when the source is crawled next, as far as a service that runs will do so."""
    if row.paused_since is not None:
        return said(f"paused since {shown_time(row.paused_since, zone)}")
    return shown_time(row.next_crawl, zone) if row.next_crawl else said("not planned")


def _last_crawl(row: SourceStatus) -> str:
    crawl = row.last_crawl
    if crawl is None:
        return said("never")
    if row.was_cut_off:
        return said("cut off")
    if crawl.outcome is CrawlOutcome.FAILED and crawl.errors and not row.alarms:
        return said(f"failed: {crawl.errors[0].reason}")  # which an alarm says, too
    return said(crawl.outcome.value if crawl.outcome else "not ended")
