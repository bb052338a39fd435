"""What is watched: people's decisions on it, and what the running service goes by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Bring the schema forward: nobody has decided yet, and no service is on record."""
    parsed_json = sa.JSON().with_variant(JSONB(), "postgresql")
    op.create_table(
        "watch_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("entry", parsed_json),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        comment="Decisions of people on what is watched: sources added, paused, resumed",
    )
    op.create_index("watch_decisions_by_source", "watch_decisions", ["source", "id"])
    op.create_table(
        "service_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.Text()),
        sa.Column("watched", parsed_json, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        comment="What the service goes by that runs, or that ran last",
    )
