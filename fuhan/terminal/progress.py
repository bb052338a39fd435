"""The progress of crawls on a terminal: counts and rate, a line for each source."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from fuhan.context import Session

_COUNTS = "{task.fields[told]}"


class ProgressDisplay:
    """Shows how far each crawl has come; says nothing where stderr is no terminal."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._lines: dict[str, TaskID] = {}

    def show(self, source: str, counts: Mapping[str, int]) -> None:
        """Show the counts that a crawl of `source` told last."""
        if self._progress is None:
            return
        if source not in self._lines:
            self._lines[source] = self._progress.add_task(source, total=None, told="")
        line = self._lines[source]
        visited, due = counts.get("visited", 0), counts.get("due", 0)
        self._progress.update(line, completed=visited, total=due or None)
        rate = self._progress.tasks[self._progress.task_ids.index(line)].speed or 0.0
        told = (
            f"{visited}/{due} letters, {counts.get('listed', 0)} listed, "
            f"{counts.get('changed', 0)} changed, {counts.get('errors', 0)} errors, {rate:.1f}/s"
        )
        self._progress.update(line, told=told)

    @contextmanager
    def after(self, source: str) -> Iterator[None]:
        """Take the line of `source` away, and the others while something else is written."""
        if self._progress is None:
            yield
            return
        if source in self._lines:
            self._progress.remove_task(self._lines.pop(source))
        self._progress.stop()
        yield
        self._progress.start()


@contextmanager
def board(session: Session) -> Iterator[ProgressDisplay]:
    """Yield a board on stderr; one that shows nothing when that is no terminal."""
    if session.is_quiet or not sys.stderr.isatty():
        yield ProgressDisplay(None)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn(_COUNTS))
    console = Console(file=sys.stderr, markup=False, emoji=False, highlight=False)
    shown = Progress(
        *columns,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,  # rich would send it to its own console, which is stderr here
        redirect_stderr=False,
    )
    with shown as progress:
        yield ProgressDisplay(progress)
