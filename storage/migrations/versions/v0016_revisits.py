"""What letters are chosen by for another visit: how often letters were edited, and indices."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_BY_LAST_VISIT = [
    *("source", "status", "last_seen", "first_seen", "listed_on", "edits", "address_id", "id")
]
_EDITED = "SELECT count(*) FROM changes WHERE letter_id = letters.id AND kind = 'edited'"


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("letters", sa.Column("edits", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        f"UPDATE letters SET edits = ({_EDITED})"  # noqa: S608 - all of it is ours
        " WHERE id IN (SELECT letter_id FROM changes WHERE kind = 'edited')"
    )
    op.create_table(
        "edit_history",
        sa.Column("source", sa.Text(), nullable=False),
        *(sa.Column(each, sa.Integer(), nullable=False) for each in ("age", "watched", "edits")),
        sa.Column("seconds", sa.BigInteger(), nullable=False),
        sa.Column("edited", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "age", "watched", "edits"),
        comment="What was seen of letters of each class: by this they are visited again",
    )
    op.create_index("letters_by_last_visit", "letters", _BY_LAST_VISIT)
    _create_partial("addresses_never_listed", "addresses", "source", "first_listed_at IS NULL")
    _create_partial("letter_files_open", "letter_files", "letter_id", "is_open IS true")


def _create_partial(name: str, table: str, column: str, flag: str) -> None:
    in_sqlite = sa.text(flag.replace("true", "1"))
    op.create_index(name, table, [column], sqlite_where=in_sqlite, postgresql_where=sa.text(flag))
