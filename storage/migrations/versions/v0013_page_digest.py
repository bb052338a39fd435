"""What tells that a letter's page is, byte for byte, the one that was read the last time."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("letters", sa.Column("page_digest", sa.Text(), nullable=True))
