"""Crawl sources or single letters once."""

import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Annotated

import typer

from crawler.job import CrawlJob
from fuhan.command import command
from fuhan.config.sections import Config, SourceSection
from fuhan.context import CommandContext
from fuhan.crawl_jobs import crawl_job
from fuhan.crawl_runner import crawl_all
from fuhan.errors import ExitCode, UnknownError
from fuhan.lookup import source_of_url
from fuhan.terminal.language import said
from fuhan.terminal.logs import is_json
from fuhan.terminal.progress import ProgressDisplay, progress_display
from fuhan.terminal.signals import run_with_signals
from fuhan.terminal.streams import write_json, write_note, write_sentence
from letters.counted import counted
from letters.crawl_record import Crawl
from scheduler.crawl_log import log_ending, substantive_edits_at
from storage.database.archive import read_archive

_SHOWN_ERRORS = 10

_Sources = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SOURCE]...", help="Default: all.", show_default=False),
]
_Urls = Annotated[
    list[str] | None,
    typer.Option("--url", metavar="URL", help="This letter only; may stand again."),
]
_Full = Annotated[bool, typer.Option("--full", help="Visit every letter known.")]
_Limit = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        help="Visit N letters at most; the others wait for the next crawl.",
        show_default=False,
    ),
]
_Json = Annotated[bool, typer.Option("--json", help="One line of JSON for each crawl.")]


@command("fuhan crawl cqfgw-proposals --limit 20")
def crawl(
    context: CommandContext,
    source: _Sources = None,
    *,
    url: _Urls = None,
    full: _Full = False,
    limit: _Limit = None,
    as_json: _Json = False,
) -> None:
    """Crawl once, now: all sources, some, or single letters."""
    listed = context.watch_list(fetching=True)
    config = listed.config
    wanted = _wanted(config if source else listed.watched, source or [])
    jobs = [replace(crawl_job(config, each), full=full, limit=limit) for each in wanted]
    if url:
        jobs = _of_urls(config, jobs, list(dict.fromkeys(url)))
    with progress_display(context) as display:
        summary = partial(_summary, limit=limit)
        shown = None if context.is_quiet else summary
        report = partial(_report, display, shown, config.database, as_json=as_json)
        starter = context.crawl_starter(many=len(jobs) > 1)
        codes = run_with_signals(crawl_all(starter, jobs, display, report))
    # A crawl that broke down (1) weighs more than one that is partial (3).
    raise typer.Exit(min(codes - {ExitCode.DONE}, default=ExitCode.DONE))


def _report(
    display: ProgressDisplay,
    summary: Callable[[Crawl], str] | None,
    database: str,
    crawl: Crawl,
    *,
    as_json: bool,
) -> None:
    """Write how a crawl ended: one line to stdout, the addresses that failed to stderr."""
    with display.finish(crawl.source):
        if as_json:
            write_json(crawl.as_json())
        else:
            if summary is not None:
                write_sentence(summary(crawl))
            if not is_json():
                _show_errors(crawl)
        if is_json():
            log_ending(crawl, substantive_edits_at(database, crawl))
        sys.stdout.flush()


def _show_errors(crawl: Crawl) -> None:
    for error in crawl.errors[:_SHOWN_ERRORS]:
        sys.stderr.write(f"  {error.url}: {said(error.reason)}\n")
    if (more := len(crawl.errors) - _SHOWN_ERRORS) > 0:
        write_note(f"  and {counted(more, 'more error')} (fuhan crawl --json names all)")


def _summary(crawl: Crawl, limit: int | None) -> str:
    counts = "listed fetched unchanged published edited withdrawn delisted restored relocated"
    parts = [f"{getattr(crawl, name)} {name}" for name in counts.split() if getattr(crawl, name)]
    if crawl.errors:
        parts.append(f"{len(crawl.errors)} {'errors' if crawl.errors[1:] else 'error'}")
    outcome = crawl.outcome.value if crawl.outcome else "cut off"
    within = f" within --limit {limit}" if limit is not None else ""
    return f"{crawl.source}: {outcome}{within}: {', '.join(parts) or 'nothing seen'}"


def _wanted(config: Config, names: Sequence[str]) -> list[SourceSection]:
    """Return the sources named, each once, or all; raise UnknownError for an unknown one."""
    known = {source.name: source for source in config.sources}
    for name in names:
        if name not in known:
            raise UnknownError(f"source {name!r} is not known; known: {', '.join(known)}")
    return [known[name] for name in dict.fromkeys(names or known)]


def _of_urls(config: Config, jobs: Sequence[CrawlJob], urls: Sequence[str]) -> list[CrawlJob]:
    """Return the jobs that visit `urls` only, each with those of its source."""
    with closing(read_archive(config.database)) as archive, archive.reading() as connection:
        names = [source_of_url(url, config, connection).name for url in urls]
    wanted = {job.source.name: list[str]() for job in jobs}
    for url, name in zip(urls, names, strict=True):
        if name not in wanted:
            raise UnknownError(f"{url}: is of source {name}, which was not asked for")
        wanted[name].append(url)
    return [
        replace(job, urls=tuple(wanted[job.source.name]))
        for job in jobs
        if wanted[job.source.name]
    ]
