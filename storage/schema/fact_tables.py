"""The tables of facts, which are only appended."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from storage.schema.utc_datetime import UtcDateTime

metadata = MetaData()

# Without the order of an object's keys, where PostgreSQL keeps it: that says nothing in ours.
PARSED_JSON = JSON().with_variant(JSONB(), "postgresql")


def id_column() -> Column[int]:
    """Return the column of ids, which the database counts."""
    return Column("id", Integer, primary_key=True)


def index_where(flag: str, name: str, *columns: str) -> Index:
    """Return an index of the rows where `flag`, worded as SQLAlchemy does, or SQLite scans."""
    in_sqlite = flag.replace("true", "1").replace("false", "0")
    return Index(name, *columns, sqlite_where=text(in_sqlite), postgresql_where=text(flag))


evidence = Table(
    "evidence",
    metadata,
    Column("sha256", Text, primary_key=True),  # of the bytes as served, content coding removed
    Column("size", Integer, nullable=False),  # of these bytes
    Column("dictionary", Text),  # what primes the compressor: a dictionary's name, or a sha256
    Column("packed", LargeBinary, nullable=False),  # zstd
    Column("packed_sha256", Text),  # zstd leaves some bits without use; null: kept by schema 0001
    comment="Bytes as served, the same bytes once",
)

dictionaries = Table(
    "dictionaries",
    metadata,
    Column("copy", Integer, primary_key=True),  # 0 or 1: each is kept twice
    Column("name", Text, primary_key=True),  # a digest over what it is, 16 digits
    Column("source", Text, nullable=False),
    Column("purpose", Text, nullable=False),  # pages | letters
    Column("number", Integer, nullable=False),  # of its source and purpose, from 1
    Column("trained", Boolean, nullable=False),  # false: its bytes are those of a page or a letter
    Column("packed", LargeBinary, nullable=False),  # zstd
    Index("dictionaries_by_source", "source", "purpose", "number"),
    comment="What primes the compressor, kept for as long as anything is packed with it",
)

crawls = Table(
    "crawls",
    metadata,
    id_column(),
    Column("source", Text, nullable=False),
    Column("mode", Text, nullable=False),  # normal | sweep | urls | import
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("outcome", Text),
    Column("directory_at", UtcDateTime),  # when reading its directory began; null: not to its end
    Column("listing", Text, ForeignKey("evidence.sha256")),  # what was listed, as JSON
    Column("counts", PARSED_JSON, nullable=False),
    Column("errors", PARSED_JSON, nullable=False),
    Index("crawls_by_source", "source", "id"),
    Index("crawls_by_outcome", "source", "outcome", "finished_at"),
    Index("crawls_by_time", "started_at"),
    index_where("outcome IS NULL", "crawls_unfinished", "source"),
)

imports = Table(
    "imports",
    metadata,
    Column("crawl_id", ForeignKey("crawls.id"), primary_key=True),  # whose mode is import
    Column("name", Text, nullable=False),  # of the file, without its folder
    Column("sha256", Text, nullable=False),  # of its bytes, which are not kept whole
    comment="Files of captures that were made elsewhere",
)

snapshots = Table(
    "snapshots",
    metadata,
    id_column(),
    Column("address_id", ForeignKey("addresses.id"), nullable=False),
    Column("crawl_id", ForeignKey("crawls.id"), nullable=False),
    Column("url", Text, nullable=False),  # requested
    Column("final_url", Text, nullable=False),  # answered, after redirects
    Column("status", Integer, nullable=False),
    Column("headers", JSON, nullable=False),  # in the order in which they came
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("asked_at", UtcDateTime),  # before the request left
    Column("sha256", Text, ForeignKey("evidence.sha256"), nullable=False),
    Column("first_id", Integer),  # of a further page: the snapshot of its letter's first page
    index_where("first_id IS NOT NULL", "snapshots_further", "first_id"),
    comment="Pages as served, with what the server said of them",
)

ledger = Table(
    "ledger",
    metadata,
    id_column(),
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
    id_column(),
    Column("source", Text, nullable=False),
    Column("crawl_id", ForeignKey("crawls.id"), nullable=False),  # that raised it
    Column("raised_at", UtcDateTime, nullable=False),
    Column("sign", Text, nullable=False),  # such as "without published_on"
    Column("reason", Text, nullable=False),  # in words
    Column("cleared_at", UtcDateTime),  # null: it is open, and versions of the source are frozen
    Column("cleared_by", Text),  # reparse | person
    Column("note", Text),
    Index("alarms_by_source", "source"),
    index_where("cleared_at IS NULL", "alarms_open", "source"),
    comment="Drift: the reading of a whole source is in doubt",
)

reviews = Table(
    "reviews",
    metadata,
    id_column(),
    Column("change_id", Integer, nullable=False),  # one that was taken back keeps its reviews
    Column("state", Text, nullable=False),
    Column("note", Text),
    Column("who", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("tags", PARSED_JSON),  # null: none
    Index("reviews_by_change", "change_id", "id"),
    comment="Decisions of people on changes, the newest in force",
)

unread = Table(
    "unread",
    metadata,
    Column("snapshot_id", ForeignKey("snapshots.id"), primary_key=True),
    Column("read_at", UtcDateTime),  # null: it waits for a better parser, or for an alarm's end
    comment="Pages that were served and not read as a letter",
)
