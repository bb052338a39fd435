"""PostgreSQL keeps JSON parsed; in SQLite nothing changes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"

# Not the headers of `snapshots`: JSONB would put them in another order than the server did.
_PARSED = {"crawls": ("counts", "errors"), "changes": ("edits",), "file_texts": ("labels",)}


def upgrade() -> None:
    """Bring the schema forward."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in _PARSED.items():
        for column in columns:
            op.alter_column(
                table,
                column,
                existing_type=sa.JSON(),
                type_=JSONB(),
                postgresql_using=f"{column}::jsonb",
            )
