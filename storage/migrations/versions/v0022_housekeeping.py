"""Housekeeping: how far the nightly check is, which a restart does not forget."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Bring the schema forward: nothing was checked by night yet."""
    op.create_table(
        "housekeeping",
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("task"),
        comment="How far the service is with what it does for the archive by itself",
    )
