"""A desk for sources that records what it is asked, as the web side knows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from review.source_desk import ProbeShown, SourceRefusedError

ENTRY = {
    "name": "gov-53512",
    "agency": "某市发展和改革委员会",
    "kind": "proposal",
    "listing": "https://gov.example/tagk_53512/",
}
PROBED = ProbeShown(
    ENTRY["listing"],
    rows=(("", f"{ENTRY['listing']} can be watched"), ("kind", "proposal"), ("", "")),
    entry=ENTRY,
    channels=(("提案公开", "https://gov.example/other/"),),
)


@dataclass
class DeskBeside:
    """Does nothing but record it, and refuses a source that is named as in `refused`."""

    probe: ProbeShown | None = None
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    refused: str = ""
    done: list[tuple[str, ...]] = field(default_factory=list)
    entries: list[Mapping[str, str]] = field(default_factory=list)

    def progress(self) -> Mapping[str, Mapping[str, int]]:
        return self.counts

    def crawl_now(self, name: str) -> None:
        self._record("crawl", name)

    async def pause(self, name: str, who: str) -> None:
        self._record("pause", name, who)

    async def resume(self, name: str, who: str) -> None:
        self._record("resume", name, who)

    async def add(self, entry: Mapping[str, str], who: str) -> None:
        self._record("add", entry["name"], who)
        self.entries.append(entry)

    def start_probe(self, url: str, who: str) -> None:
        self._record("probe", url, who)
        self.probe = ProbeShown(url, is_running=True, progress={"visited": 3, "due": 20})

    def probe_of(self, who: str) -> ProbeShown | None:
        del who
        return self.probe

    def forget_probe(self, who: str) -> None:
        self._record("forget", who)
        self.probe = None

    def _record(self, *what: str) -> None:
        if what[1] == self.refused:
            raise SourceRefusedError(f"a source is named {self.refused} already")
        self.done.append(what)
