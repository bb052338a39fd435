"""The outbox of alerts: a row for each change and channel, and how each channel does."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0019"
down_revision = "0016"


def upgrade() -> None:
    """Bring the schema forward: nothing of the past is to be sent."""
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("change_id", sa.Integer()),
        sa.Column("about", sa.JSON().with_variant(JSONB(), "postgresql")),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("message", sa.Text()),
        sa.Column("sent_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "key"),
        comment="What alert channels are to be sent, a row for each change and channel",
    )
    op.create_index(
        "outbox_waiting",
        "outbox",
        ["channel", "id"],
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_table(
        "alert_channels",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime()),
        sa.Column("failed_since", sa.DateTime()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("next_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("name"),
        comment="How each alert channel does",
    )
