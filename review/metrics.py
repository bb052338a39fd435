"""Metrics in the text format of Prometheus (version 0.0.4)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from letters.change import ChangeKind, Significance
from letters.records import CrawlOutcome, SourceState, Status
from storage import queries
from storage.database.archive import Archive
from storage.queries import ChangeFilter, LetterFilter


def metrics(archive: Archive, next_runs: Mapping[str, datetime], trouble: str | None) -> str:
    """Return all metrics; a time that is not known is left out."""
    with archive.reading() as connection:
        states = queries.sources(connection)
        lines = ["# TYPE fuhan_up gauge", f"fuhan_up {int(trouble is None)}"]
        lines.append("# TYPE fuhan_letters gauge")
        for state in states:
            for status in Status:
                wanted = LetterFilter(source=state.source, status=status)
                count = queries.count_letters(connection, wanted)
                lines.append(_line("letters", count, source=state.source, status=status.value))
        lines += _changes(connection)
        lines.append("# TYPE fuhan_drift_alarm gauge")
        for state in states:
            stands = queries.open_alarm(connection, state.source) is not None
            lines.append(_line("drift_alarm", int(stands), source=state.source))
    lines += _crawls(states)
    lines.append("# TYPE fuhan_next_crawl_timestamp_seconds gauge")
    for source, at in next_runs.items():
        lines.append(_line("next_crawl_timestamp_seconds", at.timestamp(), source=source))
    return "\n".join(lines) + "\n"


def down() -> str:
    """Return what is left to say when the database can't be read."""
    return "# TYPE fuhan_up gauge\nfuhan_up 0\n"


def _changes(connection: Any) -> Iterator[str]:
    """Yield how many changes there are; letters of first crawls are counted apart."""
    yield "# TYPE fuhan_changes_total counter"
    for kind in ChangeKind:
        for weight in Significance:
            asked = ChangeFilter(kind=kind, significance=weight, baseline=False)
            count = queries.count_changes(connection, asked)
            labels = {"kind": kind.value, "significance": weight.value}
            yield _line("changes_total", count, **labels)
    yield "# TYPE fuhan_baseline_letters_total counter"
    first_letters = queries.count_changes(connection, ChangeFilter(baseline=True))
    yield f"fuhan_baseline_letters_total {first_letters}"


def _crawls(states: list[SourceState]) -> Iterator[str]:
    yield "# TYPE fuhan_last_success_timestamp_seconds gauge"
    for state in states:
        if at := state.last_success:
            yield _line("last_success_timestamp_seconds", at.timestamp(), source=state.source)
    for name in ("listed", "fetched", "requests", "bytes"):
        yield f"# TYPE fuhan_last_crawl_{name} gauge"
        for state in states:
            if state.last_crawl:
                count = getattr(state.last_crawl, name)
                yield _line(f"last_crawl_{name}", count, source=state.source)
    yield "# TYPE fuhan_last_crawl_complete gauge"
    for state in states:
        if state.last_crawl:
            complete = state.last_crawl.outcome is CrawlOutcome.COMPLETE
            yield _line("last_crawl_complete", int(complete), source=state.source)


def _line(name: str, number: float, **labels: str) -> str:
    told = ",".join(f'{key}="{_escaped(value)}"' for key, value in labels.items())
    return f"fuhan_{name}{{{told}}} {number}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
