"""What the pages need of the service where people decide on what is watched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class SourceRefusedError(Exception):
    """Raised where a source can't be probed, added, paused or resumed; says why in words."""


@dataclass(frozen=True, slots=True)
class ProbeShown:
    """A probe that somebody asked for, as far as it got."""

    url: str
    is_running: bool = False
    progress: Mapping[str, int] = field(default_factory=dict)  # visited, due
    failure: str | None = None  # why it came to no end, in English words
    rows: tuple[tuple[str, str], ...] = ()  # what it shows, in English words: about what, and what
    entry: Mapping[str, str] | None = None  # what is watched by it; None: it can't be watched
    channels: tuple[tuple[str, str], ...] = ()  # names and URLs of directories that it leads to


class SourceDesk(Protocol):
    """Decides on sources in people's names. All is called in the event loop."""

    def progress(self) -> Mapping[str, Mapping[str, int]]:
        """Return the counts of each crawl under way, by source; none yet where it waits."""

    def crawl_now(self, name: str) -> None:
        """Have a source that is watched crawled at once; raise SourceRefusedError."""

    async def pause(self, name: str, who: str) -> None:
        """Have a source crawled no more; raise SourceRefusedError."""

    async def resume(self, name: str, who: str) -> None:
        """Have a source crawled again; raise SourceRefusedError."""

    async def add(self, entry: Mapping[str, str], who: str) -> None:
        """Have a source watched from now on; raise SourceRefusedError."""

    def start_probe(self, url: str, who: str) -> None:
        """Begin a probe, in the place of the one that the person had; raise SourceRefusedError."""

    def probe_of(self, who: str) -> ProbeShown | None:
        """Return the newest probe of a person; None: there is none."""

    def forget_probe(self, who: str) -> None:
        """End the probe of a person, and show it no more."""
