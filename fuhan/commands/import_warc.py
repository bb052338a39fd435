"""Import captures of letters from WARC files."""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from crawler.http.snapshot import Snapshot
from crawler.http.warc_file import (
    DamagedCapture,
    NotWarcError,
    WarcError,
    addresses,
    captures,
    file_digest,
)
from crawler.job import CrawlJob
from crawler.reprocess.import_captures import CaptureFile, Imported, import_captures
from fuhan.command import command
from fuhan.commands.options import check_file, now
from fuhan.config.sections import Config
from fuhan.context import CommandContext
from fuhan.crawl_jobs import crawl_job
from fuhan.errors import ExitCode, UnknownError, UsageError
from fuhan.lookup import source_of_url
from fuhan.terminal.language import said
from fuhan.terminal.streams import write_note, write_sentence
from letters.counted import counted
from storage.database.archive import Archive
from storage.database.lock import crawl_lock
from storage.facts.imports import ImportedFile

_SHOWN_SKIPPED = 10

_Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="WARC files, compressed by gzip or not."),
]
_Source = Annotated[
    str | None,
    typer.Option(
        "--source", metavar="S", help="Of this source; else by the address.", show_default=False
    ),
]


@command("fuhan import captures.warc.gz --source cqfgw-proposals", name="import")
def import_warc(context: CommandContext, files: _Files, *, source: _Source = None) -> None:
    """Read captures that were made elsewhere as earlier looks at letters.

    What a letter said before fuhan first saw it becomes its versions 0, -1 and so on, each
    with the file it is from. A capture between two of fuhan's own visits changes no window.
    """
    most = context.config().crawl.max_page
    digests = [(path, ImportedFile(path.name, _checked_digest(path, most))) for path in files]
    with context.archive(writes=True) as (config, archive):
        is_skipped = False
        for job in _jobs(config, archive, source, files):
            belongs = _belongs(job, config, archive) if source is None else lambda _: True
            captured = [
                CaptureFile(file, filter(belongs, captures(path, most))) for path, file in digests
            ]
            with crawl_lock(archive, job.source.name) as locked:
                done = import_captures(locked, job, captured, now())
            _report(job.source.name, done)
            is_skipped |= bool(done.skipped)
    raise typer.Exit(ExitCode.PARTIAL if is_skipped else ExitCode.DONE)


def _checked_digest(path: Path, most: int) -> str:
    """Return the sha256 of a file; raise UsageError where it is no WARC file."""
    check_file(path)
    try:
        next(captures(path, most), None)
    except NotWarcError as error:
        raise UsageError(f"{path}: {error}") from error
    except WarcError:
        pass  # what it holds is imported, and where it ends is said
    return file_digest(path)


def _jobs(
    config: Config, archive: Archive, wanted: str | None, files: list[Path]
) -> list[CrawlJob]:
    """Return a job for each source of which the files hold captures, or for the wanted one."""
    names = {wanted} if wanted else _sources_in(files, config, archive)
    imported = [each for each in config.sources if each.name in names]
    jobs = [replace(crawl_job(config, each), subscriptions=()) for each in imported]
    if not jobs:
        known = ", ".join(each.name for each in config.sources) or "none"
        what = f"source {wanted!r} is not known" if wanted else "no capture is of a source's site"
        raise UnknownError(f"{what}; known: {known}")
    return jobs


def _sources_in(files: list[Path], config: Config, archive: Archive) -> set[str]:
    names: set[str] = set()
    with archive.reading() as connection:
        for path in files:
            for url in addresses(path):
                names |= {_source_name(url, config, connection) or ""}
    return names


def _belongs(
    job: CrawlJob, config: Config, archive: Archive
) -> Callable[[Snapshot | DamagedCapture], bool]:
    """Return what tells whether a capture is of a job's source."""

    @cache
    def is_of_source(url: str) -> bool:
        with archive.reading() as connection:
            return _source_name(url, config, connection) == job.source.name

    return lambda capture: is_of_source(capture.url)


def _source_name(url: str, config: Config, connection: Connection) -> str | None:
    try:
        return source_of_url(url, config, connection).name
    except UsageError:  # of no source, or no address that names a page
        return None


def _report(source: str, done: Imported) -> None:
    """Write what was imported to stdout, and what was not to stderr."""
    kept = (
        counted(done.captures, "capture imported", "captures imported"),
        counted(done.versions, "version"),
        counted(done.changes, "edit"),
    )
    write_sentence(
        f"{source}: {', '.join(kept)}; {done.known} imported before,"
        f" {done.others} of other pages, {len(done.skipped)} skipped"
    )
    for error in done.skipped[:_SHOWN_SKIPPED]:
        sys.stderr.write(f"  {error.url}: {said(error.reason)}\n")
    if (more := len(done.skipped) - _SHOWN_SKIPPED) > 0:
        write_note(f"  and {more} more")
