"""What lists need: counts that triggers keep, and an index for each order and filter.

A count is kept by the database itself, in the transaction that changes it, whoever writes: by
source, so that two crawls on PostgreSQL never wait for one row.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_Columns = list[str | sa.TextClause]

_LISTING: _Columns = [sa.text("listed_on DESC"), "id"]
_DETECTION: _Columns = ["detected_at", "id"]
_WEIGHT_DETECTION: _Columns = ["significance", *_DETECTION]
_INDEXES: dict[str, dict[str, _Columns]] = {
    "letters": {
        "letters_by_listing": _LISTING,
        "letters_by_source": ["source", *_LISTING],
        "letters_by_status": ["status", *_LISTING],
        "letters_by_source_and_status": ["source", "status", *_LISTING],
    },
    "crawls": {
        "crawls_by_source": ["source", "id"],
        "crawls_by_outcome": ["source", "outcome", "finished_at"],
        "crawls_by_time": ["started_at"],
    },
    "reviews": {"reviews_by_change": ["change_id", "id"]},
}
_NEWS: dict[str, _Columns] = {
    "news": [*_DETECTION, "significance"],
    "news_by_source": ["source", *_DETECTION],
    "news_by_kind": ["kind", *_DETECTION],
    "news_by_weight": _WEIGHT_DETECTION,
    "news_by_source_kind": ["source", "kind", *_DETECTION],
    "news_by_source_weight": ["source", *_WEIGHT_DETECTION],
    "news_by_kind_weight": ["kind", *_WEIGHT_DETECTION],
    "news_by_all": ["source", "kind", *_WEIGHT_DETECTION],
}
_BASELINE: dict[str, _Columns] = {
    "baseline_changes": _DETECTION,
    "baseline_changes_by_source": ["source", *_DETECTION],
}
_SQLITE = """
CREATE TRIGGER letters_count_more AFTER INSERT ON letters BEGIN
  INSERT INTO letter_counts VALUES (NEW.source, NEW.status, 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END
--
CREATE TRIGGER letters_count_less AFTER DELETE ON letters BEGIN
  UPDATE letter_counts SET count = count - 1 WHERE source = OLD.source AND status = OLD.status;
END
--
CREATE TRIGGER letters_count_other AFTER UPDATE OF source, status ON letters
WHEN OLD.source IS NOT NEW.source OR OLD.status IS NOT NEW.status BEGIN
  UPDATE letter_counts SET count = count - 1 WHERE source = OLD.source AND status = OLD.status;
  INSERT INTO letter_counts VALUES (NEW.source, NEW.status, 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END
--
CREATE TRIGGER changes_count_more AFTER INSERT ON changes BEGIN
  INSERT INTO change_counts VALUES (NEW.source, NEW.kind, NEW.significance, NEW.baseline, 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END
--
CREATE TRIGGER changes_count_less AFTER DELETE ON changes BEGIN
  UPDATE change_counts SET count = count - 1 WHERE source = OLD.source AND kind = OLD.kind
    AND significance = OLD.significance AND baseline = OLD.baseline;
END
--
CREATE TRIGGER changes_count_other AFTER UPDATE OF source, kind, significance, baseline ON changes
WHEN OLD.source IS NOT NEW.source OR OLD.kind IS NOT NEW.kind
  OR OLD.significance IS NOT NEW.significance OR OLD.baseline IS NOT NEW.baseline BEGIN
  UPDATE change_counts SET count = count - 1 WHERE source = OLD.source AND kind = OLD.kind
    AND significance = OLD.significance AND baseline = OLD.baseline;
  INSERT INTO change_counts VALUES (NEW.source, NEW.kind, NEW.significance, NEW.baseline, 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END
"""
_POSTGRESQL = """
CREATE FUNCTION count_letters() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE letter_counts SET count = count - 1 WHERE source = OLD.source AND status = OLD.status;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO letter_counts AS kept VALUES (NEW.source, NEW.status, 1)
    ON CONFLICT ON CONSTRAINT letter_counts_pkey DO UPDATE SET count = kept.count + 1;
  END IF;
  RETURN NULL;
END$$
--
CREATE TRIGGER letters_count AFTER INSERT OR DELETE ON letters
FOR EACH ROW EXECUTE FUNCTION count_letters()
--
CREATE TRIGGER letters_count_other AFTER UPDATE OF source, status ON letters
FOR EACH ROW WHEN ((OLD.source, OLD.status) IS DISTINCT FROM (NEW.source, NEW.status))
EXECUTE FUNCTION count_letters()
--
CREATE FUNCTION count_changes() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE change_counts SET count = count - 1 WHERE source = OLD.source AND kind = OLD.kind
      AND significance = OLD.significance AND baseline = OLD.baseline;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO change_counts AS kept
    VALUES (NEW.source, NEW.kind, NEW.significance, NEW.baseline, 1)
    ON CONFLICT ON CONSTRAINT change_counts_pkey DO UPDATE SET count = kept.count + 1;
  END IF;
  RETURN NULL;
END$$
--
CREATE TRIGGER changes_count AFTER INSERT OR DELETE ON changes
FOR EACH ROW EXECUTE FUNCTION count_changes()
--
CREATE TRIGGER changes_count_other AFTER UPDATE OF source, kind, significance, baseline ON changes
FOR EACH ROW WHEN ((OLD.source, OLD.kind, OLD.significance, OLD.baseline)
  IS DISTINCT FROM (NEW.source, NEW.kind, NEW.significance, NEW.baseline))
EXECUTE FUNCTION count_changes()
"""


def upgrade() -> None:
    """Bring the schema forward."""
    _make_counts()
    _make_indexes()


def _make_counts() -> None:
    for name, counted, columns in (
        ("letter_counts", "letters", ("source", "status")),
        ("change_counts", "changes", ("source", "kind", "significance", "baseline")),
    ):
        kinds = {each: sa.Boolean() if each == "baseline" else sa.Text() for each in columns}
        op.create_table(
            name,
            *(sa.Column(each, kind, nullable=False) for each, kind in kinds.items()),
            sa.Column("count", sa.Integer(), nullable=False),
            sa.PrimaryKeyConstraint(*columns, name=f"{name}_pkey"),
            comment=f"How many {counted} there are, kept by triggers",
        )
    op.execute(
        "INSERT INTO letter_counts SELECT source, status, count(*) FROM letters GROUP BY 1, 2"
    )
    op.execute(
        "INSERT INTO change_counts SELECT source, kind, significance, baseline, count(*)"
        " FROM changes GROUP BY 1, 2, 3, 4"
    )
    connection = op.get_bind()
    triggers = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    for statement in triggers.split("--\n"):
        connection.exec_driver_sql(statement)


def _make_indexes() -> None:
    op.drop_index("letters_by_source", "letters")
    op.drop_index("crawls_by_source", "crawls")
    op.drop_index("reviews_by_change", "reviews")
    for name in ("changes_by_time", "changes_news"):
        op.drop_index(name, "changes")
    for table, indexes in _INDEXES.items():
        for name, columns in indexes.items():
            op.create_index(name, table, columns)
    for flag, indexes in (("false", _NEWS), ("true", _BASELINE)):
        for name, columns in indexes.items():
            _create_partial(name, "changes", columns, f"baseline IS {flag}")
    _create_partial("alarms_open", "alarms", ["source"], "cleared_at IS NULL")
    _create_partial("crawls_unfinished", "crawls", ["source"], "outcome IS NULL")


def _create_partial(name: str, table: str, columns: _Columns, flag: str) -> None:
    in_sqlite = flag.replace("true", "1").replace("false", "0")
    op.create_index(
        name,
        table,
        columns,
        sqlite_where=sa.text(in_sqlite),
        postgresql_where=sa.text(flag),
    )
