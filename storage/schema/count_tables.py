"""The tables of counts, which triggers keep, so that no page counts rows."""

from sqlalchemy import Boolean, Column, Integer, Table, Text

from storage.schema.fact_tables import metadata

letter_counts = Table(
    "letter_counts",
    metadata,
    Column("source", Text, primary_key=True),
    Column("status", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    comment="How many letters there are, kept by triggers",
)

change_counts = Table(
    "change_counts",
    metadata,
    Column("source", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("significance", Text, primary_key=True),
    Column("baseline", Boolean, primary_key=True),
    Column("state", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    comment="How many changes there are, kept by triggers",
)
