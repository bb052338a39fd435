"""The one door for readers of the archive: letters, versions, visits, changes, crawls."""

from storage.alarms.alarm_history import alarm_page, open_alarms, standing_kinds
from storage.derived.announced import (
    Announced,
    FeedPosition,
    announced,
    last_announced_at,
    last_review_at,
    position_of,
)
from storage.derived.change_filter import ChangeFilter
from storage.derived.changes import (
    MOST_READ,
    change,
    change_page,
    change_position,
    changes,
    changes_by_kind,
    count_changes,
)
from storage.derived.changes_after import (
    ChangesAfter,
    UnsettledError,
    changes_after,
    settled_id,
)
from storage.derived.kept_files import kept_file
from storage.derived.letter_lists import (
    LetterFilter,
    ListedLetter,
    count_letters,
    letter_page,
    letter_position,
    letters_by_status,
    listed_letters,
)
from storage.derived.letter_reference import UnknownLetterError, find_letter
from storage.derived.letters import letter, version, versions, visits
from storage.derived.list_page import Cut, ListPage
from storage.derived.news_by_time import news_by_time
from storage.derived.picture_counts import news_categories, session_days
from storage.derived.plain_letters import plain_letter_page, plain_letters
from storage.derived.review_list import (
    ReviewCounts,
    ReviewList,
    next_candidate,
    review_counts,
    review_list,
    review_page,
    review_position,
)
from storage.derived.search_hits import SearchHit, search_hits
from storage.derived.version_pages import version_pages
from storage.export.change_proof import ChangeProof, HeadError, change_proof
from storage.facts.crawled_sources import (
    CrawlStart,
    LastCrawl,
    last_crawls,
    newest_starts,
    source_names,
    was_crawled,
)
from storage.facts.crawls import (
    crawl_page,
    crawls,
    last_ended,
    last_span,
    last_started,
    sources,
)
from storage.facts.drift_alarms import DriftAlarm, open_drift_alarm, open_drift_alarms
from storage.facts.evidence import EvidenceError, load_evidence
from storage.facts.failed_crawls import FailedCrawl, LastAnswer, last_answers
from storage.facts.imports import ImportedFile, imported_file
from storage.facts.packed_letters import LetterError
from storage.facts.reviews import reviews
from storage.facts.seen_reviews import RecentReviews, recent_reviews, review_by_id
from storage.facts.service_record import ServiceRecord, service_record
from storage.facts.snapshots import StoredPage
from storage.facts.watch_decisions import DecisionError, watch_decisions, watch_revision

__all__ = [
    "MOST_READ",
    "Announced",
    "ChangeFilter",
    "ChangeProof",
    "ChangesAfter",
    "CrawlStart",
    "Cut",
    "DecisionError",
    "DriftAlarm",
    "EvidenceError",
    "FailedCrawl",
    "FeedPosition",
    "HeadError",
    "ImportedFile",
    "LastAnswer",
    "LastCrawl",
    "LetterError",
    "LetterFilter",
    "ListPage",
    "ListedLetter",
    "RecentReviews",
    "ReviewCounts",
    "ReviewList",
    "SearchHit",
    "ServiceRecord",
    "StoredPage",
    "UnknownLetterError",
    "UnsettledError",
    "alarm_page",
    "announced",
    "change",
    "change_page",
    "change_position",
    "change_proof",
    "changes",
    "changes_after",
    "changes_by_kind",
    "count_changes",
    "count_letters",
    "crawl_page",
    "crawls",
    "find_letter",
    "imported_file",
    "kept_file",
    "last_announced_at",
    "last_answers",
    "last_crawls",
    "last_ended",
    "last_review_at",
    "last_span",
    "last_started",
    "letter",
    "letter_page",
    "letter_position",
    "letters_by_status",
    "listed_letters",
    "load_evidence",
    "newest_starts",
    "news_by_time",
    "news_categories",
    "next_candidate",
    "open_alarms",
    "open_drift_alarm",
    "open_drift_alarms",
    "plain_letter_page",
    "plain_letters",
    "position_of",
    "recent_reviews",
    "review_by_id",
    "review_counts",
    "review_list",
    "review_page",
    "review_position",
    "reviews",
    "search_hits",
    "service_record",
    "session_days",
    "settled_id",
    "source_names",
    "sources",
    "standing_kinds",
    "version",
    "version_pages",
    "versions",
    "visits",
    "was_crawled",
    "watch_decisions",
    "watch_revision",
]
