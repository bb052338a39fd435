"""An archive of an earlier schema, filled row by row."""

from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, MetaData, NullPool, create_engine

from storage import queries
from storage.database.archive import open_archive
from storage.migrations import run
from storage.queries import ChangeFilter

MOMENTS = (
    *("started_at", "directory_at", "first_listed_at", "fetched_at", "first_seen", "last_seen"),
    *("seen_at", "detected_at", "before"),
)
DAYS = [datetime(2026, 11, day, tzinfo=UTC) for day in range(1, 20)]


def upgrade_to(engine: Engine, revision: str) -> None:
    """Make the archive as the fuhan of `revision` made it."""
    config = Config()
    config.set_main_option("script_location", str(Path(run.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


class Old:
    """An archive of schema 0003, filled row by row."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = create_engine(url, poolclass=NullPool)
        upgrade_to(self.engine, "0003")
        self.tables = MetaData()
        self.tables.reflect(self.engine)
        self.ids: Counter[str] = Counter()

    def insert(self, table: str, **row: Any) -> int:
        self.ids[table] += 1
        if table != "evidence":
            row["id"] = self.ids[table]
        moments = {
            key: at.replace(tzinfo=None) for key, at in row.items() if key in MOMENTS and at
        }
        with self.engine.begin() as connection:
            connection.execute(self.tables.tables[table].insert(), row | moments)
        return self.ids[table]

    def crawl(self, day: int, *, whole: bool = True, source: str = "s") -> int:
        at = DAYS[day]
        return self.insert(
            "crawls", source=source, mode="normal", started_at=at,
            directory_at=at if whole else None, counts={}, errors=[],
        )  # fmt: skip

    def address(self, listed: int | None, source: str = "s") -> int:
        key = f"http://gov.example/{self.ids['addresses']}.html"
        listed_at = None if listed is None else DAYS[listed]
        return self.insert("addresses", source=source, key=key, url=key, first_listed_at=listed_at)

    def letter(self, crawl: int, address: int, source: str = "s") -> int:
        """Let a letter be published at an address, read by a crawl; return its change."""
        at, seen = DAYS[0], "0" * 64
        if not self.ids["evidence"]:
            self.insert("evidence", sha256=seen, size=1, packed=b"")
        snapshot = self.insert(
            "snapshots", address_id=address, crawl_id=crawl, url="u", final_url="u", status=200,
            headers={}, fetched_at=at, sha256=seen,
        )  # fmt: skip
        letter = self.insert(
            "letters", source=source, address_id=address, status="published", version=1, digest="",
            title="", words="", first_seen=at, last_seen=at, unlisted_crawls=0, gone_crawls=0,
            pending_crawls=0,
        )  # fmt: skip
        self.insert(
            "versions", letter_id=letter, number=1, cause="publisher", seen_at=at,
            snapshot_id=snapshot, parser="1", digest="", letter=b"",
        )  # fmt: skip
        return self.change(letter, crawl, "published", source)

    def change(self, letter: int, crawl: int, kind: str, source: str = "s") -> int:
        return self.insert(
            "changes", letter_id=letter, crawl_id=crawl, source=source, kind=kind,
            significance="substantive", reason="", held=False, to_version=1,
            detected_at=DAYS[crawl], before=DAYS[crawl], edits=[], differ="1",
        )  # fmt: skip

    def sweep(self, day: int) -> None:
        row = {"source": "s", "mode": "sweep", "outcome": "complete", "counts": {}, "errors": []}
        self.insert("crawls", **row, started_at=DAYS[day])

    def see(self, letter: int, **moments: int) -> None:
        letters = self.tables.tables["letters"]
        values = {name: DAYS[day].replace(tzinfo=None) for name, day in moments.items()}
        with self.engine.begin() as connection:
            connection.execute(letters.update().where(letters.c.id == letter).values(values))

    def baseline(self) -> set[int]:
        """Bring the archive forward; return the changes that it says are of a first crawl."""
        with (
            closing(open_archive(self.url, create=False)) as archive,
            archive.reading() as connection,
        ):
            return {each.id for each in queries.changes(connection, ChangeFilter(baseline=True))}
