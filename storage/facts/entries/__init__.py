"""The kinds of ledger entries: what each says, and its JSON in the ledger.

The ledger hashes the JSON as it was written. So a key that is added must be absent, or have a
default, where an entry of before is read. docs/evidence.md explains the keys to who checks them.
"""

from storage.facts.entries.alarm_entries import AlarmClearedEntry, AlarmRaisedEntry
from storage.facts.entries.any_entry import Entry, UnknownEntry, read_entry
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
from storage.facts.entries.parts import (
    AskedFact,
    ChangeFact,
    FilesFact,
    FurtherPageFact,
    LetterFacts,
    MoveFact,
    PageFacts,
    SnapshotFact,
    VersionFact,
)
from storage.facts.entries.visit_entries import BacklogEntry, FileEntry, VisitEntry
from storage.facts.entries.watch_entry import WatchEntry

__all__ = [
    "AlarmClearedEntry",
    "AlarmRaisedEntry",
    "AskedFact",
    "BacklogEntry",
    "BaselineEntry",
    "CaptureEntry",
    "ChangeEntry",
    "ChangeFact",
    "ChangeRetractedEntry",
    "ChangesHeldEntry",
    "ChangesReleasedEntry",
    "CrawlBegunEntry",
    "CrawlEndedEntry",
    "DirectoryEntry",
    "Entry",
    "FileEntry",
    "FileTextEntry",
    "FilesFact",
    "FurtherPageFact",
    "ImportEntry",
    "LetterFacts",
    "MoveFact",
    "PageFacts",
    "ReviewEntry",
    "SnapshotFact",
    "UnknownEntry",
    "UnreadDirectoryEntry",
    "VersionCorrectedEntry",
    "VersionFact",
    "VisitEntry",
    "WatchEntry",
    "read_entry",
]
