"""The tables: facts that are only appended, and the state that is derived from them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.schema.utc_datetime import UtcDateTime

metadata = MetaData()


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _index_where(flag: str, name: str, *columns: str) -> Index:
    """Return an index of the rows where `flag`, worded as SQLAlchemy asks, or SQLite scans."""
    in_sqlite = flag.replace("true", "1").replace("false", "0")
    return Index(name, *columns, sqlite_where=text(in_sqlite), postgresql_where=text(flag))


# Facts

evidence = Table(
    "evidence",
    metadata,
    Column("sha256", Text, primary_key=True),  # of the bytes as served, content coding removed
    Column("size", Integer, nullable=False),  # of these bytes
    Column("dictionary", Text),  # sha256 of the evidence that primes the compressor
    Column("packed", LargeBinary, nullable=False),  # zstd
    Column("packed_sha256", Text),  # zstd leaves some bits without use; null: kept by schema 0001
    comment="Bytes as served, the same bytes once",
)

crawls = Table(
    "crawls",
    metadata,
    _id(),
    Column("source", Text, nullable=False),
    Column("mode", Text, nullable=False),  # normal | sweep | urls
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("outcome", Text),
    Column("directory_at", UtcDateTime),  # when reading its directory began; null: not to its end
    Column("listing", Text, ForeignKey("evidence.sha256")),  # what was listed, as JSON
    Column("counts", JSON, nullable=False),
    Column("errors", JSON, nullable=False),
    Index("crawls_by_source", "source", "started_at"),
)

snapshots = Table(
    "snapshots",
    metadata,
    _id(),
    Column("address_id", ForeignKey("addresses.id"), nullable=False),
    Column("crawl_id", ForeignKey("crawls.id"), nullable=False),
    Column("url", Text, nullable=False),  # asked for
    Column("final_url", Text, nullable=False),  # answered, after redirects
    Column("status", Integer, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("asked_at", UtcDateTime),  # before the request left
    Column("sha256", Text, ForeignKey("evidence.sha256"), nullable=False),
    Column("first_id", Integer),  # of a further page: the snapshot of its letter's first page
    Index(
        "snapshots_further",
        "first_id",
        sqlite_where=text("first_id IS NOT NULL"),
        postgresql_where=text("first_id IS NOT NULL"),
    ),
    comment="Pages as served, with what the server said of them",
)

ledger = Table(
    "ledger",
    metadata,
    _id(),
    Column("source", Text, nullable=False),
    Column("seq", Integer, nullable=False),  # from 1, without a gap
    Column("facts", Text, nullable=False),  # JSON, as it was hashed
    Column("hash", Text, nullable=False),  # sha256 over the previous hash and the facts
    UniqueConstraint("source", "seq"),
    comment="One entry a transaction, chained by source",
)

alarms = Table(
    "alarms",
    metadata,
    _id(),
    Column("source", Text, nullable=False),
    Column("crawl_id", ForeignKey("crawls.id"), nullable=False),  # that raised it
    Column("raised_at", UtcDateTime, nullable=False),
    Column("sign", Text, nullable=False),  # such as "without published_on"
    Column("reason", Text, nullable=False),  # in words
    Column("cleared_at", UtcDateTime),  # null: it stands, and versions of the source are frozen
    Column("cleared_by", Text),  # reparse | person
    Column("note", Text),
    Index("alarms_by_source", "source"),
    comment="Drift: the reading of a whole source is in doubt",
)

reviews = Table(
    "reviews",
    metadata,
    _id(),
    Column("change_id", Integer, nullable=False),  # one that was taken back keeps its reviews
    Column("state", Text, nullable=False),
    Column("note", Text),
    Column("who", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("reviews_by_change", "change_id"),
    comment="Decisions of people on changes, the newest in force",
)

unread = Table(
    "unread",
    metadata,
    Column("snapshot_id", ForeignKey("snapshots.id"), primary_key=True),
    Column("read_at", UtcDateTime),  # null: it waits for a better parser, or for an alarm's end
    comment="Pages that were served and not read as a letter",
)

# Derived: what is known now, and what was made of the facts

addresses = Table(
    "addresses",
    metadata,
    _id(),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),  # the canonical URL
    Column("url", Text, nullable=False),  # as listed
    Column("letter_id", ForeignKey("letters.id")),  # null: listed, its letter never seen
    Column("first_listed_at", UtcDateTime),  # null: asked for by its URL, never listed
    Column("listed_title", Text),
    Column("listed_on", Date),
    Column("etag", Text),
    Column("last_modified", Text),
    UniqueConstraint("source", "key"),
    Index("addresses_by_letter", "letter_id"),
    comment="Every URL at which a letter was listed",
)

files = Table(
    "files",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("sha256", Text, ForeignKey("evidence.sha256"), nullable=False),
    Column("content", Text),  # sha256 of what it says, stamps left out; null: as its bytes
    comment="Attachments as they were last served",
)

letter_files = Table(
    "letter_files",
    metadata,
    Column("letter_id", ForeignKey("letters.id"), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("seen_at", UtcDateTime),  # when it was last asked for and found as the letter has it
    Column("gone_at", UtcDateTime),  # the first visit since then that found it gone
    Column("gone_crawls", Integer, nullable=False),
    Column("is_open", Boolean, nullable=False),  # no verdict, or gone and not confirmed: due again
    comment="How the files of a letter stood when they were last visited",
)

visits = Table(
    "visits",
    metadata,
    _id(),
    Column("address_id", ForeignKey("addresses.id"), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("looks", Integer, nullable=False),
    Index("visits_by_address", "address_id", "id"),
    comment="Looks at one address; like outcomes in a row are one span",
)

letters = Table(
    "letters",
    metadata,
    _id(),
    Column("source", Text, nullable=False),
    Column("address_id", Integer, nullable=False),  # where it stands now
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),  # number of the newest
    Column("digest", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("number", Text),
    Column("session", Text),
    Column("subject", Text),
    Column("words", Text, nullable=False),  # what a search looks through
    Column("listed_on", Date),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False),  # when the page that showed it was asked for
    Column(
        "served_at", UtcDateTime
    ),  # the same of the last that was not a 304: windows begin there
    Column("listed_at", UtcDateTime),  # the last directory that listed it
    Column("unlisted_at", UtcDateTime),  # when the first directory since that did not was read
    Column("unlisted_last_at", UtcDateTime),
    Column("unlisted_crawls", Integer, nullable=False, default=0),
    Column("gone_at", UtcDateTime),  # the first look since last_seen that found it gone
    Column("gone_last_at", UtcDateTime),
    Column("gone_crawls", Integer, nullable=False, default=0),
    Column("pending", Text),  # digest of a gutted text that waits to be confirmed
    Column("pending_at", UtcDateTime),
    Column("pending_crawls", Integer, nullable=False, default=0),
    Index("letters_by_identity", "number", "session", "subject"),
    Index("letters_by_source", "source", "listed_on"),
)

versions = Table(
    "versions",
    metadata,
    _id(),
    Column("letter_id", ForeignKey("letters.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("cause", Text, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("snapshot_id", ForeignKey("snapshots.id"), nullable=False),
    Column("parser", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("letter", LargeBinary, nullable=False),  # JSON, zstd
    UniqueConstraint("letter_id", "number"),
)

changes = Table(
    "changes",
    metadata,
    _id(),
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
    Column("edits", JSON, nullable=False),
    Column("differ", Text, nullable=False),
    Column("announced_at", UtcDateTime),  # when it was recorded, or released from being held
    Index("changes_by_time", "detected_at"),
    Index("changes_by_letter", "letter_id"),
    _index_where("held IS true", "changes_held", "source"),  # each crawl asks for its few
    _index_where("baseline IS false", "changes_news", "detected_at", "id"),
    _index_where("baseline IS false", "changes_announced", "announced_at", "id"),
)
