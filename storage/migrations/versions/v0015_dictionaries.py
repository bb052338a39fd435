"""Dictionaries that prime the compressor, each kept twice, so that one lost row harms nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "dictionaries",
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("trained", sa.Boolean(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("copy", "name"),
        comment="What primes the compressor, kept for as long as anything is packed with it",
    )
    op.create_index("dictionaries_by_source", "dictionaries", ["source", "purpose", "number"])
