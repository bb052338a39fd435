"""The texts and the index that searches go through; filled once all tables are today's."""

import sqlalchemy as sa
from alembic import op

from storage.schema.search_index import create_index

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "file_letters",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"]),
        sa.PrimaryKeyConstraint("sha256", "letter_id"),
        comment="Which letters have, or had, a file with these bytes",
    )
    op.create_table(
        "search_texts",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"]),
        sa.PrimaryKeyConstraint("letter_id"),
        sa.UniqueConstraint("place"),
        comment="What searches go through: all versions of a letter, and its files",
    )
    create_index(op.get_bind())
    op.drop_column("letters", "words")
