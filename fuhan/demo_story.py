"""The demo: a bundled directory is crawled, edited overnight, crawled again and reported."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape

from crawler.job import CrawlJob, Politeness, Source
from fuhan.archive_audit import audit
from fuhan.crawl_runner import run_crawl_now
from fuhan.errors import UsageError
from fuhan.terminal.language import said, term
from letters.change import Change, Edit, Significance
from letters.crawl_record import Crawl
from letters.letter import Kind
from replica.compose import compose
from replica.server import Replica
from review.report import build
from scheduler.crawl_starter import CrawlStarter
from storage import queries
from storage.database.archive import Archive, ArchiveError, read_archive
from storage.database.errors import StorageError
from storage.facts.crawled_sources import source_names

_NAME = "demo"  # of its source
DEADLINE = timedelta(minutes=2)
SHOWN = 7  # edits shown on the terminal; the report has them all


@dataclass(frozen=True, slots=True)
class Demo:
    """One run of the demo: the folder of its files, and the console on which it is shown.

    `database` is the URL of one that is empty; None: a file in the folder, made anew.
    """

    folder: Path
    starter: CrawlStarter
    console: Console
    database: str | None = None

    def run(self) -> Path:
        """Run the demo and return the path of the report."""
        self.folder.mkdir(parents=True, exist_ok=True)
        url = self.database or f"sqlite:///{self.folder / 'fuhan.db'}"
        _remove_demo(self.folder)
        with Replica(compose()) as replica:
            listing = replica.listing("proposal")
            self._tell("1", f"A disclosure directory is served at {listing}")
            first = self._crawl(url, listing)
            self._tell(
                "2",
                f"First crawl: {first.published} letters read into fields and kept "
                f"with their pages ({first.requests} requests, {first.outcome})",
            )
            replica.advance()
            self._tell("3", "Night falls. Somebody edits the directory.")
            evening = datetime.now(UTC)
            self._show_crawl("4", "Second crawl", self._crawl(url, listing))
            self._show_crawl("5", "Third crawl", self._crawl(url, listing))
        with closing(read_archive(url)) as archive:
            return self._finish(archive, evening)

    def _finish(self, archive: Archive, evening: datetime) -> Path:
        with archive.reading() as connection:
            since = queries.ChangeFilter(since=evening)
            changes = [*queries.changes(connection, since)]
        for line in _striking_edits(changes):
            self.console.print(f"    {line}")
        checked = audit(archive)
        self._tell(
            "6",
            f"verify: {checked.pages} pages, {checked.entries} ledger entries, "
            f"{len(checked.damages)} damaged",
        )
        report = self.folder / "report.html"
        forms: tuple[Literal["html", "md", "json"], ...] = ("html", "md", "json")
        for form in forms:
            text = build(
                archive,
                since=evening,
                until=None,
                format=form,
                language="zh",
                timezone=ZoneInfo("Asia/Shanghai"),
                now=datetime.now(UTC),
            )
            report.with_suffix(f".{form}").write_text(text, encoding="utf-8")
        self._tell("7", f"The report: {report}")
        return report

    def _tell(self, step: str, sentence: str) -> None:
        """Print one step of the story, in the language of the command."""
        self.console.print(f"[bold]{step}[/] {escape(said(sentence))}")

    def _crawl(self, database: str, listing: str) -> Crawl:
        politeness = Politeness(delay=0, concurrency=8, timeout=10)
        source = Source(_NAME, "演示委员会", Kind.PROPOSAL, listing, politeness=politeness)
        job = CrawlJob(database, source, full=True)
        return run_crawl_now(self.starter, job, DEADLINE)

    def _show_crawl(self, step: str, name: str, crawl: Crawl) -> None:
        kinds = ("edited", "withdrawn", "delisted", "relocated", "published", "restored")
        counts = [f"{getattr(crawl, kind)} {kind}" for kind in kinds if getattr(crawl, kind)]
        doubt = f"; {crawl.suspect} gone, to be confirmed" if crawl.suspect else ""
        summary = ", ".join(counts) or "nothing new"
        self._tell(step, f"{name}: {summary}{doubt}")


def _striking_edits(changes: Sequence[Change]) -> list[str]:
    """Return a line for each of the edits that matter most to a reader."""
    edits = [(change, edit) for change in changes for edit in change.edits]
    edits.sort(key=lambda pair: pair[0].significance is not Significance.SUBSTANTIVE)
    lines = [
        f"[dim]{escape(change.letter.number or '—')}[/] {_category(edit)} {_edit_markup(edit)}"
        for change, edit in edits[:SHOWN]
    ]
    gone = [change for change in changes if not change.edits and change.kind != "published"]
    lines += [
        f"[dim]{escape(each.letter.number or '—')}[/] [bold]{term('kind', each.kind)}[/]"
        for each in gone
    ]
    return lines


def _category(edit: Edit) -> str:
    name = term("category", edit.category)
    return name + " " * (12 - cell_len(name))


def _edit_markup(edit: Edit) -> str:
    old = f"[red strike]{escape(_short(edit.old))}[/]" if edit.old else ""
    new = f"[green underline]{escape(_short(edit.new))}[/]" if edit.new else ""
    return f"{old} → {new}" if old and new else old or new


def _short(text: str, most: int = 36) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _remove_demo(folder: Path) -> None:
    """Remove the archive of an earlier demo; raise UsageError where that is somebody's own."""
    file = folder / "fuhan.db"
    if file.exists() and not _is_of_demo(file):
        raise UsageError(f"{file}: expected no archive, or one of an earlier demo")
    for old in folder.glob("fuhan.db*"):
        old.unlink()


def _is_of_demo(file: Path) -> bool:
    try:
        with (
            closing(read_archive(f"sqlite:///{file}")) as archive,
            archive.reading() as connection,
        ):
            return set(source_names(connection)) <= {_NAME}
    except (ArchiveError, StorageError):  # of something else, or damaged
        return False
