"""All tables: those of facts, and the present state and what is derived from them.

Where words have changed since, tables and columns have the names of the first release, which
archives hold: docs/architecture.md says which.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    event,
    false,
)

from storage.schema.alarm_table import alarm_history
from storage.schema.count_tables import change_counts, letter_counts
from storage.schema.fact_tables import (
    PARSED_JSON,
    alarms,
    crawls,
    dictionaries,
    evidence,
    id_column,
    imports,
    index_where,
    ledger,
    metadata,
    reviews,
    snapshots,
    unread,
)
from storage.schema.file_tables import file_letters, file_texts, files, letter_files
from storage.schema.housekeeping_table import housekeeping
from storage.schema.outbox_tables import alert_channels, outbox
from storage.schema.search_index import create_index
from storage.schema.utc_datetime import UtcDateTime
from storage.schema.watch_tables import service_state, watch_decisions

__all__ = [
    "addresses",
    "alarm_history",
    "alarms",
    "alert_channels",
    "change_counts",
    "changes",
    "crawls",
    "dictionaries",
    "edit_history",
    "evidence",
    "file_letters",
    "file_texts",
    "files",
    "housekeeping",
    "imports",
    "ledger",
    "letter_counts",
    "letter_files",
    "letters",
    "metadata",
    "outbox",
    "reviews",
    "search_texts",
    "service_state",
    "snapshots",
    "unread",
    "versions",
    "visits",
    "watch_decisions",
]

addresses = Table(
    "addresses",
    metadata,
    id_column(),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),  # the canonical URL
    Column("url", Text, nullable=False),  # as listed
    Column("letter_id", ForeignKey("letters.id")),  # null: listed, its letter never seen
    Column("first_listed_at", UtcDateTime),  # null: requested by its URL, never listed
    Column("listed_title", Text),
    Column("listed_on", Date),
    Column("etag", Text),
    Column("last_modified", Text),
    UniqueConstraint("source", "key"),
    Index("addresses_by_letter", "letter_id"),
    index_where("first_listed_at IS NULL", "addresses_never_listed", "source"),
    comment="Every URL at which a letter was listed",
)

search_texts = Table(
    "search_texts",
    metadata,
    Column("letter_id", ForeignKey("letters.id"), primary_key=True),
    Column("place", BigInteger, nullable=False, unique=True),  # the newest listed the highest
    Column("text", Text, nullable=False),  # lines in search form, each once
    comment="What searches go through: all versions of a letter, and its files",
)


@event.listens_for(search_texts, "after_create")
def _create_index(_table: Table, connection: Connection, **_options: Any) -> None:
    create_index(connection)


visits = Table(
    "visits",
    metadata,
    id_column(),
    Column("address_id", ForeignKey("addresses.id"), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("looks", Integer, nullable=False),  # visits in the span
    Index("visits_by_address", "address_id", "id"),
    comment="Looks at one address; like outcomes in a row are one span",
)

letters = Table(
    "letters",
    metadata,
    id_column(),
    Column("source", Text, nullable=False),
    Column("address_id", Integer, nullable=False),  # where it is now
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),  # number of the newest
    Column("digest", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("number", Text),
    Column("session", Text),
    Column("subject", Text),
    Column("addressees", PARSED_JSON, nullable=False, server_default="[]"),
    Column("listed_on", Date),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False),  # when the page that showed it was requested
    Column("served_at", UtcDateTime),  # the same of the last that was no 304: windows begin there
    Column("listed_at", UtcDateTime),  # the last directory that listed it
    Column("unlisted_at", UtcDateTime),  # when the first directory since that did not was read
    Column("unlisted_last_at", UtcDateTime),
    Column("unlisted_crawls", Integer, nullable=False, default=0),
    Column("gone_at", UtcDateTime),  # the first visit since last_seen at which it was gone
    Column("gone_last_at", UtcDateTime),
    Column("gone_crawls", Integer, nullable=False, default=0),
    Column("pending", Text),  # digest of a gutted text that waits to be confirmed
    Column("pending_at", UtcDateTime),
    Column("pending_crawls", Integer, nullable=False, default=0),
    Column("page_digest", Text),  # by which its page, as last read, is known again; null: it isn't
    Column("edits", Integer, nullable=False, server_default="0"),  # changes of the kind edited
    Index("letters_by_identity", "number", "session", "subject"),
    # All by which crawls choose whom to visit again: 100,000 are read in this index alone.
    Index(
        "letters_by_last_visit",
        *("source", "status", "last_seen", "first_seen", "listed_on", "edits", "address_id", "id"),
    ),
)
# In the order of lists: newest listed first, and those of one day as they were recorded.
for _name, _filters in {
    "letters_by_listing": (),
    "letters_by_source": ("source",),
    "letters_by_status": ("status",),
    "letters_by_source_and_status": ("source", "status"),
}.items():
    Index(_name, *(letters.c[each] for each in _filters), letters.c.listed_on.desc(), letters.c.id)

edit_history = Table(
    "edit_history",
    metadata,
    Column("source", Text, primary_key=True),
    Column("age", Integer, primary_key=True, autoincrement=False),  # classes of letters.edit_rates
    Column("watched", Integer, primary_key=True, autoincrement=False),
    Column("edits", Integer, primary_key=True, autoincrement=False),
    Column("seconds", BigInteger, nullable=False),  # for which letters were watched, added up
    Column("edited", Integer, nullable=False),  # times
    comment="What was seen of letters of each class: by this they are visited again",
)

versions = Table(
    "versions",
    metadata,
    id_column(),
    Column("letter_id", ForeignKey("letters.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("cause", Text, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("snapshot_id", ForeignKey("snapshots.id"), nullable=False),
    Column("parser", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("letter", LargeBinary, nullable=False),  # JSON, zstd: storage/facts/packed_letters.py
    UniqueConstraint("letter_id", "number"),
)

_DETECTION = "detected_at", "id"  # the order of lists of changes, read backwards
_WEIGHT_DETECTION = "significance", *_DETECTION
changes = Table(
    "changes",
    metadata,
    id_column(),
    Column("letter_id", ForeignKey("letters.id"), nullable=False),
    Column("crawl_id", ForeignKey("crawls.id"), nullable=False),
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("baseline", Boolean, nullable=False, server_default=false()),  # of a first crawl
    Column("significance", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("held", Boolean, nullable=False),
    Column("from_version", Integer),
    Column("to_version", Integer),
    Column("detected_at", UtcDateTime, nullable=False),
    Column("after", UtcDateTime),
    Column("before", UtcDateTime, nullable=False),
    Column("edits", PARSED_JSON, nullable=False),
    Column("differ", Text, nullable=False),
    Column("announced_at", UtcDateTime),  # when it was recorded, or released from being held
    Column("state", Text, nullable=False, server_default="open"),  # of the review in force
    Column("review_id", Integer),  # the review in force; null: there is none
    Index("changes_by_letter", "letter_id"),
    index_where("held IS true", "changes_held", "source"),  # each crawl asks for its few
    index_where("baseline IS false", "changes_announced", "announced_at", "id"),
    # News is listed by any of three filters; a first crawl's letters, all of a kind, by one.
    index_where("baseline IS false", "news", *_DETECTION, "significance"),
    index_where("baseline IS false", "news_by_source", "source", *_DETECTION),
    index_where("baseline IS false", "news_by_state", "state", *_DETECTION),
    index_where("baseline IS false", "news_by_state_weight", "state", *_WEIGHT_DETECTION),
    index_where("baseline IS false", "news_by_kind", "kind", *_DETECTION),
    index_where("baseline IS false", "news_by_weight", "significance", *_DETECTION),
    index_where("baseline IS false", "news_by_source_kind", "source", "kind", *_DETECTION),
    index_where("baseline IS false", "news_by_source_weight", "source", *_WEIGHT_DETECTION),
    index_where("baseline IS false", "news_by_kind_weight", "kind", *_WEIGHT_DETECTION),
    index_where("baseline IS false", "news_by_all", "source", "kind", *_WEIGHT_DETECTION),
    index_where("baseline IS true", "baseline_changes", *_DETECTION),
    index_where("baseline IS true", "baseline_changes_by_source", "source", *_DETECTION),
    sqlite_autoincrement=True,  # the id of a change that was retracted is never given again
)
