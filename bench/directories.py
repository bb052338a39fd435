"""Each composed directory watched by the product's own commands, from its URL to a new letter.

`python -m bench.directories [NAME]... [--jobs N] [--forked]`: what `fuhan probe` prints is pasted
as the source and crawled; a row is added and it is crawled again. What a probe refuses is crawled
all the same. Exit 1 for any lie: a letter that is missing or wrong, a change that did not happen,
a directory in part that is called complete.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.values import judge
from replica.directories.attached_files import lines_of
from replica.directories.composed_directory import ComposedDirectory, Expected
from replica.directories.composed_site import ComposedSite
from replica.directories.table import DIRECTORIES
from replica.site_server import ServedSite
from tests.python_server.command import forked_fuhan

FUHAN = (sys.executable, "-P", "-m", "fuhan")
CRAWLS = 3  # the second sees the new row, the third what is then gone or edited twice
UNREADABLE = 3  # exit code of a probe of what can't be watched, and of a crawl in part
_MANNERS = "crawl: {delay: 0s, concurrency: 8, timeout: 20s, retries: 0}\n"
_SOURCE = "sources: [{name: a, agency: b, kind: proposal, listing: 'http://gov.example/'}]\n"


@dataclass
class WatchedDirectory:
    """What the product did with a directory, and what of that is not so."""

    form: ComposedDirectory
    outcomes: list[str] = field(default_factory=list)  # exit code of the probe, then of crawls
    changes: Counter[str] = field(default_factory=Counter)  # that it reports, by kind
    letters: int = 0
    lies: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Project:
    """A folder in which fuhan is called as a user calls it."""

    folder: Path
    command: Sequence[str] = FUHAN

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [*self.command, *words],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=300,
        )

    def rows(self, *words: str) -> list[dict[str, Any]]:
        """Return the lines of JSON that one command writes."""
        return [json.loads(line) for line in self.run(*words).stdout.splitlines()]


def watch(
    form: ComposedDirectory, folder: Path, command: Sequence[str] = FUHAN, crawls: int = CRAWLS
) -> WatchedDirectory:
    """Probe a directory, paste what is printed, crawl it, add a row and crawl it again."""
    site, watched, project = ComposedSite(form), WatchedDirectory(form), Project(folder, command)
    with ServedSite(site) as served:
        (folder / "probe.yaml").write_text(_SOURCE + _MANNERS, encoding="utf-8")
        words = ("--config", "probe.yaml", "probe", f"{served.url}{form.listing}")
        probed = project.run(*words)
        watched.outcomes.append(str(probed.returncode))
        if form.expected is Expected.REFUSED:
            watched.lies += _lies_of_refusal(form, probed)
            source = _SOURCE.replace("http://gov.example/", words[-1])
            (folder / "config.yaml").write_text(source + _MANNERS, encoding="utf-8")
            crawl = project.rows("crawl", "--json")[0]
            watched.outcomes.append(crawl["outcome"])
            if crawl["outcome"] == "complete" or crawl["published"]:
                watched.lies.append(f"crawled although the probe refuses it: {crawl}")
        elif probed.returncode:
            watched.lies.append(f"probe: {probed.stderr.splitlines()[:1]}")
        else:
            (folder / "config.yaml").write_text(probed.stdout + _MANNERS, encoding="utf-8")
            watched.lies += _lies_of_crawls(site, project, watched, crawls)
    return watched


def _lies_of_refusal(
    form: ComposedDirectory, probed: subprocess.CompletedProcess[str]
) -> Iterator[str]:
    if probed.returncode != UNREADABLE or probed.stdout:
        yield f"probe ended with {probed.returncode} and printed {probed.stdout[:80]!r}"
    if form.sign not in probed.stderr.partition("\n")[0]:
        yield f"no {form.sign} in {probed.stderr[:200]!r}"


def _lies_of_crawls(
    site: ComposedSite, project: Project, watched: WatchedDirectory, crawls: int
) -> Iterator[str]:
    """Crawl so many times, a new row after the first; yield what is not so."""
    is_whole = watched.form.expected is Expected.COMPLETE
    first = len(site.listed) if watched.form.is_listed_whole else watched.form.size
    for number in range(crawls):
        if number == 1:
            site.list_newest()
        crawl = project.rows("crawl", "--json")[0]
        watched.outcomes.append(crawl["outcome"])
        yield from _lies_of_crawl(watched.form, crawl)
        shown = len(site.listed) if watched.form.is_listed_whole else watched.form.size
        published = {0: shown, 1: 1}.get(number, 0)
        if (crawl["listed"], crawl["published"]) != (shown, published):
            yield (
                f"crawl {number + 1} listed {crawl['listed']} of {shown} letters and"
                f" published {crawl['published']}, not {published}"
            )
    # No letter is news that may have stood on what was not read: all count, but none is reported.
    of_first = () if is_whole else ("--baseline",)
    changes = project.rows("changes", "--format", "jsonl", *of_first)
    watched.changes.update(change["kind"] for change in changes)
    if watched.changes != Counter(published=1 if is_whole else first + 1):
        yield f"changes: {dict(watched.changes)}"
    letters = project.rows("letters", "--format", "jsonl")
    watched.letters = len(letters)
    yield from _lies_of_letters(site, letters)
    if (verified := project.run("verify")).returncode:
        yield f"verify: {verified.stdout}{verified.stderr}"


def _lies_of_crawl(form: ComposedDirectory, crawl: dict[str, Any]) -> Iterator[str]:
    signs = "; ".join(error["reason"] for error in crawl["errors"])
    if crawl["outcome"] != form.expected:
        yield f"{crawl['outcome']}, not {form.expected}: {signs}"
    if form.sign not in signs:
        yield f"no {form.sign} in {signs!r}"


def _lies_of_letters(site: ComposedSite, letters: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield the letters that are missing and the values that are wrong or were not read."""
    by_path = {"/" + each["url"].split("/", 3)[3]: each for each in letters}
    documents = {site.path(each): each for each in site.listed}
    if site.form.expected is Expected.COMPLETE and by_path.keys() != documents.keys():
        yield f"letters: {sorted(by_path.keys() ^ documents.keys())[:3]}"
    for path in by_path.keys() & documents.keys():
        letter, each = by_path[path], documents[path]
        read = letter | {"attachments": [file["name"] for file in letter["attachments"]]}
        read["body"] = "".join(block["text"] for block in letter["body"])
        for name, value in site.truth(each).items():
            if (verdict := judge(read[name], value)) != "right":
                yield f"{path}: {name} is {verdict}: {read[name]!r}"
        for file in letter["attachments"]:
            if not all(line in (file["text"] or "") for line in lines_of(each)):
                yield f"{file['url']}: {file['state']}, {file['text']!r}"


def show(console: Console, watched: Sequence[WatchedDirectory]) -> None:
    """Print a line for each directory, and each lie."""
    table = Table("directory", "expected", "probe and crawls", "letters", "changes", "lies")
    for each in watched:
        changes = ", ".join(f"{number} {kind}" for kind, number in each.changes.items())
        outcomes = ", ".join(each.outcomes)
        row = (each.form.name, each.form.expected, outcomes, each.letters, changes, len(each.lies))
        table.add_row(*map(str, row))
    console.print(table)
    for each in watched:
        for lie in each.lies:
            console.print(f"{each.form.name}: {lie}", markup=False)


def main() -> None:
    """Watch the directories and print what came of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *DIRECTORIES])
    parser.add_argument("--jobs", type=int, default=2, help="directories watched at once")
    parser.add_argument(
        "--forked",
        action="store_true",
        help="commands are forked from a process that has imported them: a third of the time",
    )
    asked = parser.parse_args()
    command = forked_fuhan() if asked.forked else FUHAN
    forms = [DIRECTORIES[name] for name in asked.names or DIRECTORIES]
    progress = Progress(console=Console(stderr=True))
    with tempfile.TemporaryDirectory() as parent, progress, ThreadPoolExecutor(asked.jobs) as pool:
        waiting = [pool.submit(watch, form, _folder(parent, form), command) for form in forms]
        for _ in progress.track(as_completed(waiting), len(waiting), description="directories"):
            pass
        watched = [each.result() for each in waiting]
    show(Console(width=120), watched)
    raise SystemExit(any(each.lies for each in watched))


def _folder(parent: str, form: ComposedDirectory) -> Path:
    folder = Path(parent, form.name)
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
