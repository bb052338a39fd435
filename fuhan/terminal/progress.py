"""The progress of crawls on a terminal: counts and rate, a line for each source."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, track

from fuhan.global_options import GlobalOptions
from fuhan.terminal.language import said

_COUNTS = "{task.fields[counts]}"


class ProgressDisplay:
    """Shows how far each crawl has come, a line for each source; nothing without a `progress`."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._lines: dict[str, TaskID] = {}

    def show(self, source: str, counts: Mapping[str, int]) -> None:
        """Show the counts that a crawl of `source` reported last."""
        if self._progress is None:
            return
        if source not in self._lines:
            self._lines[source] = self._progress.add_task(source, total=None, counts="")
        line = self._lines[source]
        visited, due = counts.get("visited", 0), counts.get("due", 0)
        self._progress.update(line, completed=visited, total=due or None)
        rate = self._progress.tasks[self._progress.task_ids.index(line)].speed or 0.0
        summary = (
            f"{visited}/{due} letters, {counts.get('listed', 0)} listed, "
            f"{counts.get('changed', 0)} changed, {counts.get('errors', 0)} errors, {rate:.1f}/s"
        )
        self._progress.update(line, counts=said(summary))

    @contextmanager
    def finish(self, source: str) -> Iterator[None]:
        """Remove the line of `source`, and hide the others while its result is written."""
        if self._progress is None:
            yield
            return
        if source in self._lines:
            self._progress.remove_task(self._lines.pop(source))
        self._progress.stop()
        yield
        self._progress.start()


def tracked(steps: Iterable[Any], name: str, options: GlobalOptions, total: int) -> None:
    """Go through the steps of one long work, with a bar on stderr where that is a terminal."""
    console = Console(file=sys.stderr, markup=False, emoji=False, highlight=False)
    is_hidden = options.is_quiet or not sys.stderr.isatty()
    bar = track(steps, said(name), total=total, console=console, transient=True, disable=is_hidden)
    deque(bar, maxlen=0)


@contextmanager
def progress_display(options: GlobalOptions) -> Iterator[ProgressDisplay]:
    """Yield a display on stderr; one that shows nothing where that is no terminal."""
    if options.is_quiet or not sys.stderr.isatty():
        yield ProgressDisplay(None)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn(_COUNTS))
    console = Console(file=sys.stderr, markup=False, emoji=False, highlight=False)
    bars = Progress(
        *columns,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,  # rich would send it to its own console, which is stderr here
        redirect_stderr=False,
    )
    with bars as progress:
        yield ProgressDisplay(progress)
