"""The main job in a minute, with no network: a bundled directory, a night, and the report."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape

from crawler.job import CrawlJob, Politeness, Source
from fuhan.audit import audit
from fuhan.crawl_runner import run_crawl_now
from letters.change import Change, Edit, Significance
from letters.letter import Kind
from letters.records import Crawl
from replica.compose import compose
from replica.server import Replica
from review.report import build
from storage import queries
from storage.database.archive import Archive, read_archive

DEADLINE = timedelta(minutes=2)
SHOWN = 7  # edits told on the terminal; the report has them all


@dataclass(frozen=True, slots=True)
class Demo:
    """One telling of the story: where its files are kept, and where it is told."""

    folder: Path
    command: Sequence[str]  # runs one crawl in a process of its own
    console: Console

    def run(self) -> Path:
        """Tell the story and return the path of the report."""
        self.folder.mkdir(parents=True, exist_ok=True)
        database = self.folder / "fuhan.db"
        for old in self.folder.glob("fuhan.db*"):
            old.unlink()
        with Replica(compose()) as replica:
            url = f"sqlite:///{database}"
            listing = replica.listing("proposal")
            self.console.print(f"[bold]1[/] A disclosure directory is served at {escape(listing)}")
            first = self._crawl(url, listing)
            self.console.print(
                f"[bold]2[/] First crawl: {first.published} letters read into fields and kept "
                f"with their pages ({first.requests} requests, {first.outcome})"
            )
            replica.advance()
            self.console.print("[bold]3[/] Night falls. Somebody edits the directory.")
            evening = datetime.now(UTC)
            self._tell_crawl("4", "Second crawl", self._crawl(url, listing))
            self._tell_crawl("5", "Third crawl", self._crawl(url, listing))
        with closing(read_archive(url)) as archive:
            return self._finish(archive, evening)

    def _finish(self, archive: Archive, evening: datetime) -> Path:
        with archive.reading() as connection:
            since = queries.ChangeFilter(since=evening)
            told = [*queries.changes(connection, since)]
        for line in _striking(told):
            self.console.print(f"    {line}")
        checked = audit(archive)
        self.console.print(
            f"[bold]6[/] verify: {checked.pages} pages, {checked.entries} ledger entries, "
            f"{len(checked.damages)} damaged"
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
        self.console.print(f"[bold]7[/] The report: [underline]{escape(str(report))}[/]")
        return report

    def _crawl(self, database: str, listing: str) -> Crawl:
        politeness = Politeness(delay=0, concurrency=8, timeout=10)
        source = Source("demo", "演示委员会", Kind.PROPOSAL, listing, politeness=politeness)
        job = CrawlJob(database, source, full=True)
        return run_crawl_now(self.command, job, DEADLINE)

    def _tell_crawl(self, step: str, name: str, crawl: Crawl) -> None:
        kinds = ("edited", "withdrawn", "delisted", "relocated", "published", "restored")
        told = [f"{getattr(crawl, kind)} {kind}" for kind in kinds if getattr(crawl, kind)]
        doubt = f"; {crawl.suspect} gone, to be confirmed" if crawl.suspect else ""
        said = ", ".join(told) or "nothing new"
        self.console.print(f"[bold]{step}[/] {name}: {said}{doubt}")


def _striking(changes: Sequence[Change]) -> list[str]:
    """Return a line for each of the edits that a reader would look at first."""
    edits = [(change, edit) for change in changes for edit in change.edits]
    edits.sort(key=lambda pair: pair[0].significance is not Significance.SUBSTANTIVE)
    lines = [
        f"[dim]{escape(change.letter.number or '—')}[/] {edit.category:<12} {_said(edit)}"
        for change, edit in edits[:SHOWN]
    ]
    gone = [change for change in changes if not change.edits and change.kind != "published"]
    lines += [f"[dim]{escape(each.letter.number or '—')}[/] [bold]{each.kind}[/]" for each in gone]
    return lines


def _said(edit: Edit) -> str:
    old = f"[red strike]{escape(_short(edit.old))}[/]" if edit.old else ""
    new = f"[green underline]{escape(_short(edit.new))}[/]" if edit.new else ""
    return f"{old} → {new}" if old and new else old or new


def _short(text: str, most: int = 36) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
