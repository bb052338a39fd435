"""What people decide on what is watched: a source is added, paused, resumed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any


class WatchAct(StrEnum):
    """What a person does to a source."""

    ADD = "add"  # it is watched from now on, beside those of the configuration's file
    PAUSE = "pause"  # it is not crawled until it is resumed
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class WatchDecision:
    """One decision on a source; the newest says whether it is paused."""

    id: int
    source: str
    act: WatchAct
    who: str  # the name of the person, or of the system's user, who decided
    at: datetime  # UTC
    entry: Mapping[str, Any] | None = None  # of ADD: what config.yaml would have under `sources`

    def as_fact(self) -> dict[str, Any]:
        """Return it as the ledger keeps it, whose chain is the source's own."""
        fact = {"id": self.id, "act": self.act.value, "who": self.who, "at": self.at.isoformat()}
        return fact | {"entry": dict(self.entry)} if self.entry is not None else fact


@dataclass(frozen=True, slots=True)
class DecidedSource:
    """What was decided on one source."""

    added: WatchDecision | None = None  # None: only the configuration's file can have it
    paused: WatchDecision | None = None  # None: it is not paused


def decided_sources(decisions: Iterable[WatchDecision]) -> dict[str, DecidedSource]:
    """Return what is in force by the name of each source on which somebody decided.

    `decisions` are in the order in which they were made; sources in that in which they were added.
    """
    found: dict[str, DecidedSource] = {}
    for each in decisions:
        before = found.get(each.source, DecidedSource())
        if each.act is WatchAct.ADD:
            found[each.source] = replace(before, added=each)
        else:
            paused = each if each.act is WatchAct.PAUSE else None
            found[each.source] = replace(before, paused=paused)
    return found
