"""Lists say what a person decided, and whom a letter answers; reviews have tags."""

from contextlib import suppress

import sqlalchemy as sa
import zstandard
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from storage.schema.letter_codec import unpack

revision = "0014"
down_revision = "0013"

_COUNTED = ("source", "kind", "significance", "baseline", "state")
_DETECTION = ("detected_at", "id")
_NEWS = {
    "news_by_state": ["state", *_DETECTION],
    "news_by_state_weight": ["state", "significance", *_DETECTION],
}
_TURNED = f"CREATE TRIGGER changes_count_other AFTER UPDATE OF {', '.join(_COUNTED)}"
_CALL = "EXECUTE FUNCTION count_changes()"
_NEWEST = (
    "SELECT letters.id, versions.letter FROM letters JOIN versions"
    " ON versions.letter_id = letters.id AND versions.number = letters.version"
)
_IN_FORCE = "SELECT max(id) FROM reviews WHERE reviews.change_id = changes.id"


def upgrade() -> None:
    """Bring the schema forward."""
    _drop_counts()
    op.add_column("reviews", sa.Column("tags", sa.JSON().with_variant(JSONB(), "postgresql")))
    op.add_column("changes", sa.Column("state", sa.Text(), nullable=False, server_default="open"))
    op.add_column("changes", sa.Column("review_id", sa.Integer()))
    _add_addressees()
    op.execute(f"UPDATE changes SET review_id = ({_IN_FORCE})")  # noqa: S608 - all of it is ours
    op.execute(
        "UPDATE changes SET state = (SELECT state FROM reviews WHERE reviews.id = review_id)"
        " WHERE review_id IS NOT NULL"
    )
    _make_counts()
    for name, columns in _NEWS.items():
        op.create_index(
            name,
            "changes",
            columns,
            sqlite_where=sa.text("baseline IS 0"),
            postgresql_where=sa.text("baseline IS false"),
        )


def _add_addressees() -> None:
    """Add to letters what lists say of them: whom they answer."""
    kind = sa.JSON().with_variant(JSONB(), "postgresql")
    op.add_column("letters", sa.Column("addressees", kind, nullable=False, server_default="[]"))
    connection = op.get_bind()
    letters = sa.table("letters", sa.column("id"), sa.column("addressees", kind))
    for letter_id, packed in connection.exec_driver_sql(_NEWEST).all():
        with suppress(zstandard.ZstdError, ValueError, KeyError, TypeError):  # verify names it
            named = list(unpack(packed).addressees)
            of_letter = sa.update(letters).where(letters.c.id == letter_id)
            connection.execute(of_letter.values(addressees=named))


def _drop_counts() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for name in ("more", "less", "other"):
            connection.exec_driver_sql(f"DROP TRIGGER changes_count_{name}")
    else:
        for name in ("changes_count", "changes_count_other"):
            connection.exec_driver_sql(f"DROP TRIGGER {name} ON changes")
        connection.exec_driver_sql("DROP FUNCTION count_changes")
    op.drop_table("change_counts")


def _make_counts() -> None:
    kinds = {name: sa.Boolean() if name == "baseline" else sa.Text() for name in _COUNTED}
    op.create_table(
        "change_counts",
        *(sa.Column(name, kind, nullable=False) for name, kind in kinds.items()),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*_COUNTED, name="change_counts_pkey"),
        comment="How many changes there are, kept by triggers",
    )
    columns = ", ".join(_COUNTED)
    counted = f"SELECT {columns}, count(*) FROM changes GROUP BY {columns}"  # noqa: S608
    op.execute(f"INSERT INTO change_counts {counted}")
    connection = op.get_bind()
    triggers = _sqlite() if connection.dialect.name == "sqlite" else _postgresql()
    for statement in triggers:
        connection.exec_driver_sql(statement)


def _row(of: str) -> str:
    return ", ".join(f"{of}.{name}" for name in _COUNTED)


def _sqlite() -> list[str]:
    same = " AND ".join(f"{name} = OLD.{name}" for name in _COUNTED)
    add = f"INSERT INTO change_counts VALUES ({_row('NEW')}, 1)"  # noqa: S608
    more = f"{add} ON CONFLICT DO UPDATE SET count = count + 1;"
    less = f"UPDATE change_counts SET count = count - 1 WHERE {same};"  # noqa: S608
    turned = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _COUNTED)
    return [
        f"CREATE TRIGGER changes_count_more AFTER INSERT ON changes BEGIN {more} END",
        f"CREATE TRIGGER changes_count_less AFTER DELETE ON changes BEGIN {less} END",
        f"{_TURNED} ON changes WHEN {turned} BEGIN {less} {more} END",
    ]


def _postgresql() -> list[str]:
    turned = f"({_row('OLD')}) IS DISTINCT FROM ({_row('NEW')})"
    same = " AND ".join(f"{name} = OLD.{name}" for name in _COUNTED)
    function = f"""
CREATE FUNCTION count_changes() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE change_counts SET count = count - 1 WHERE {same};
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO change_counts AS kept VALUES ({_row("NEW")}, 1)
    ON CONFLICT ON CONSTRAINT change_counts_pkey DO UPDATE SET count = kept.count + 1;
  END IF;
  RETURN NULL;
END$$
"""  # noqa: S608
    return [
        function,
        f"CREATE TRIGGER changes_count AFTER INSERT OR DELETE ON changes FOR EACH ROW {_CALL}",
        f"{_TURNED} ON changes FOR EACH ROW WHEN ({turned}) {_CALL}",
    ]
