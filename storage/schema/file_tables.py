"""The tables of attachments: as last served, what they say, and of which letters they are."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text

from storage.schema.fact_tables import PARSED_JSON, index_where, metadata
from storage.schema.utc_datetime import UtcDateTime

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

file_texts = Table(
    "file_texts",
    metadata,
    Column("sha256", Text, ForeignKey("evidence.sha256"), primary_key=True),
    Column("reader", Text, nullable=False),  # version of what read it
    Column("state", Text, nullable=False),  # read | scanned | unreadable | too large
    Column("text", Text),  # lines, and pages parted by a form feed; null unless read
    Column("labels", PARSED_JSON, nullable=False),  # of the pages; null of what has none
    Column("pictures", Text),  # sha256 over its pictures; null where it has none
    Column("reason", Text),  # why it was not read
    comment="What was read in files, by the bytes",
)

file_letters = Table(
    "file_letters",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("letter_id", ForeignKey("letters.id"), primary_key=True),
    comment="Which letters have, or had, a file with these bytes",
)

letter_files = Table(
    "letter_files",
    metadata,
    Column("letter_id", ForeignKey("letters.id"), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("seen_at", UtcDateTime),  # when it was last requested and was as the letter has it
    Column("gone_at", UtcDateTime),  # the first visit since then at which it was gone
    Column("gone_crawls", Integer, nullable=False),
    Column("is_open", Boolean, nullable=False),  # no verdict, or gone and not confirmed: due again
    index_where("is_open IS true", "letter_files_open", "letter_id"),
    comment="How the files of a letter stood when they were last visited",
)
