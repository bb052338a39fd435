"""The one door for readers of the archive: letters, versions, visits, changes, crawls."""

from storage.derived.announced import (
    Announced,
    FeedPosition,
    announced,
    last_review_at,
    position_of,
)
from storage.derived.changes import ChangeFilter, change, changes, count_changes, moments
from storage.derived.kept_files import kept_file
from storage.derived.letter_reference import UnknownLetterError, find_letter
from storage.derived.letters import (
    LetterFilter,
    count_letters,
    letter,
    letters,
    version,
    versions,
    visits,
)
from storage.derived.search import SearchHit, search_hits
from storage.facts.alarms import Alarm, open_alarm
from storage.facts.crawls import (
    crawls,
    crawls_since_success,
    last_crawl,
    last_started,
    last_sweep,
    sources,
)
from storage.facts.evidence import EvidenceError
from storage.facts.imports import ImportedFile, imported_file
from storage.facts.reviews import count_held, reviews

__all__ = [
    "Alarm",
    "Announced",
    "ChangeFilter",
    "EvidenceError",
    "FeedPosition",
    "ImportedFile",
    "LetterFilter",
    "SearchHit",
    "UnknownLetterError",
    "announced",
    "change",
    "changes",
    "count_changes",
    "count_held",
    "count_letters",
    "crawls",
    "crawls_since_success",
    "find_letter",
    "imported_file",
    "kept_file",
    "last_crawl",
    "last_review_at",
    "last_started",
    "last_sweep",
    "letter",
    "letters",
    "moments",
    "open_alarm",
    "position_of",
    "reviews",
    "search_hits",
    "sources",
    "version",
    "versions",
    "visits",
]
