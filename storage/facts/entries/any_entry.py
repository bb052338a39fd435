"""Read a ledger entry of any kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from storage.facts.entries.alarm_entries import AlarmClearedEntry, AlarmRaisedEntry
from storage.facts.entries.change_entries import (
    BaselineEntry,
    ChangeEntry,
    ChangeRetractedEntry,
    ChangesHeldEntry,
    ChangesReleasedEntry,
    ReviewEntry,
    VersionCorrectedEntry,
)
from storage.facts.entries.crawl_entries import (
    CrawlBegunEntry,
    CrawlEndedEntry,
    DirectoryEntry,
    UnreadDirectoryEntry,
)
from storage.facts.entries.file_text_entry import FileTextEntry
from storage.facts.entries.import_entries import CaptureEntry, ImportEntry
from storage.facts.entries.visit_entries import BacklogEntry, FileEntry, VisitEntry
from storage.facts.entries.watch_entry import WatchEntry


@dataclass(frozen=True, slots=True)
class UnknownEntry:
    """An entry of a kind that this fuhan does not know: its hash alone is checked."""

    facts: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        return dict(self.facts)


Entry = (
    CrawlBegunEntry
    | DirectoryEntry
    | UnreadDirectoryEntry
    | VisitEntry
    | BacklogEntry
    | FileEntry
    | FileTextEntry
    | CrawlEndedEntry
    | AlarmRaisedEntry
    | AlarmClearedEntry
    | ReviewEntry
    | ChangeEntry
    | ChangesHeldEntry
    | ChangesReleasedEntry
    | BaselineEntry
    | VersionCorrectedEntry
    | ChangeRetractedEntry
    | CaptureEntry
    | ImportEntry
    | WatchEntry
    | UnknownEntry
)

# The key that names a kind. A visit, a page of the backlog, a capture and a review may bear keys
# of other kinds: they come first.
_READERS: dict[str, Callable[[Mapping[str, Any]], Entry]] = {
    "look": VisitEntry.from_json,
    "filled": BacklogEntry.from_json,
    "capture": CaptureEntry.from_json,
    "import": ImportEntry.from_json,
    "file": FileEntry.from_json,
    "text": FileTextEntry.from_json,
    "begin": CrawlBegunEntry.from_json,
    "directory": DirectoryEntry.from_json,
    "failed": UnreadDirectoryEntry.from_json,
    "end": CrawlEndedEntry.from_json,
    "alarm": AlarmRaisedEntry.from_json,
    "cleared": AlarmClearedEntry.from_json,
    "review": ReviewEntry.from_json,
    "change": ChangeEntry.from_json,
    "held": ChangesHeldEntry.from_json,
    "released": ChangesReleasedEntry.from_json,
    "baseline": BaselineEntry.from_json,
    "reparsed": VersionCorrectedEntry.from_json,
    "retracted": ChangeRetractedEntry.from_json,
    "watch": WatchEntry.from_json,
}


def read_entry(facts: Mapping[str, Any]) -> Entry:
    """Return the entry that the JSON object `facts` is; keys that no kind knows are left out.

    Raises KeyError, TypeError or ValueError where it is malformed.
    """
    if not isinstance(facts, Mapping):
        raise TypeError("it is no JSON object")
    for key, read in _READERS.items():
        if key in facts:
            return read(facts)
    return UnknownEntry(facts)
