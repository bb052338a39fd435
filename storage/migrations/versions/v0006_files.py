"""What files say, how each stood when it was last visited, and the further pages of letters."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("files", sa.Column("content", sa.Text(), nullable=True))
    op.create_table(
        "letter_files",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.Column("gone_at", sa.DateTime(), nullable=True),
        sa.Column("gone_crawls", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"]),
        sa.PrimaryKeyConstraint("letter_id", "url"),
        comment="How the files of a letter stood when they were last visited",
    )
    op.add_column("snapshots", sa.Column("first_id", sa.Integer(), nullable=True))
    op.create_index(
        "snapshots_further",
        "snapshots",
        ["first_id"],
        sqlite_where=sa.text("first_id IS NOT NULL"),
        postgresql_where=sa.text("first_id IS NOT NULL"),
    )
