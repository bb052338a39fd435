"""A configuration and an archive in which one letter of two was edited."""

import logging
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from fuhan.cli import run
from fuhan.terminal.language import choose_language
from letters.change import Category, Edit, Op
from letters.crawl_record import CrawlOutcome, PageError
from letters.letter import Block, BlockKind, Form, Kind, Letter
from letters.urls import url_key
from storage.database.insert import insert
from storage.derived.search_texts import write_search_text
from storage.facts import evidence
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl
from storage.schema.letter_codec import pack
from storage.schema.tables import addresses, changes, letters, snapshots, versions, visits
from tests.archive_copy import archive_url, copy_archive, new_archive, on_postgresql

NOW = datetime.now(UTC)
FIRST = NOW - timedelta(days=2)
SECOND = NOW - timedelta(hours=1)
FOLDER = "http://127.0.0.1:9/list/202206/"  # port 9 discards: nobody listens there

CONFIG = """\
sources:
  - name: city
    agency: 某市发展和改革委员会
    kind: proposal
    listing: http://127.0.0.1:9/list/
  - name: town
    agency: 某镇人民政府
    kind: suggestion
    listing: http://127.0.0.1:9/town/index.html
"""

SOURCE = """\
sources:
  - name: city
    agency: 某市发展和改革委员会
    kind: proposal
    listing: http://127.0.0.1/list/
"""


@pytest.fixture
def signals_are_heeded() -> Iterator[None]:
    """Let children heed SIGINT, which a shell leaves ignored in the background, and nohup's SIGHUP."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    hung_up = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGINT, before)
    signal.signal(signal.SIGHUP, hung_up)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where a configuration may be written."""
    return tmp_path / "config.yaml"


@dataclass(frozen=True)
class Told:
    """What a command said and its exit code."""

    code: int
    out: str
    err: str


Fuhan = Callable[..., Told]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, with a configuration in it."""
    if on_postgresql():
        monkeypatch.setenv("FUHAN_DATABASE", archive_url(tmp_path / "data" / "fuhan.db"))
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FUHAN_CONFIG", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")  # whatever language the developer has
    return tmp_path


@pytest.fixture
def fuhan(folder: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Fuhan]:
    """Return the command line, to be called as a shell would."""
    del folder

    def call(*arguments: str) -> Told:
        code = run(arguments)
        return Told(code, *capsys.readouterr())

    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield call
    choose_language([], {})
    root.setLevel(level)  # which also forgets what was asked of the level before
    root.handlers[:] = handlers


@pytest.fixture
def held(folder: Path, _held: Path) -> Path:
    """Return the database: letter 1 was edited in the second of two crawls, letter 2 was not."""
    database = folder / "data" / "fuhan.db"
    copy_archive(_held, database)
    return database


@pytest.fixture(scope="session")
def _held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("held") / "fuhan.db"
    archive = new_archive(database)
    with archive.writing() as connection:
        first = begin_crawl(connection, "city", "normal", FIRST)
        second = begin_crawl(connection, "city", "sweep", SECOND)
        for crawl_id, at in ((first, FIRST), (second, SECOND)):
            errors = [PageError("http://127.0.0.1:9/x.html", "404")] * (crawl_id == first)
            outcome = CrawlOutcome.PARTIAL if errors else CrawlOutcome.COMPLETE
            closing = CrawlEnd(outcome, at, at, None, {"listed": 2, "fetched": 2}, errors)
            end_crawl(connection, crawl_id, closing)
        edited = letter("0501", "718.4")
        _keep(
            connection, first, edited, replace(edited, body=(edited.body[0], paragraph("918.4")))
        )
        _keep(connection, first, letter("0502", "12"))
        _change(connection, second)
    archive.close()
    return database


def paragraph(figure: str) -> Block:
    return Block(BlockKind.PARAGRAPH, f"去年完成投资{figure}亿元<b>。")


def letter(number: str, figure: str) -> Letter:
    return Letter(
        url=f"{FOLDER}t20220617_1000{number}.html",
        kind=Kind.PROPOSAL,
        form=Form.REPLY,
        title=f"关于市政协五届五次会议第{number}号提案的复函",
        number=number,
        session="市政协五届五次会议",
        addressees=("赵小华", "李大山"),
        published_on=date(2022, 6, 17),
        body=(Block(BlockKind.HEADING, "一、投资", 1), paragraph(figure)),
    )


def _keep(connection: Connection, crawl_id: int, *states: Letter) -> None:
    """Keep a letter with a version for each of its states."""
    url, newest = states[0].url, states[-1]
    address = {"source": "city", "key": url_key(url), "url": url, "first_listed_at": FIRST}
    address_id = insert(connection, addresses, address)
    row = {
        "source": "city",
        "address_id": address_id,
        "status": "published",
        "version": len(states),
        "digest": newest.digest(),
        "title": newest.title,
        "number": newest.number,
        "session": newest.session,
        "subject": None,
        "listed_on": date(2022, 6, 17),
        "first_seen": FIRST,
        "last_seen": SECOND,
    }
    letter_id = insert(connection, letters, row)
    connection.execute(
        addresses.update().where(addresses.c.id == address_id).values(letter_id=letter_id)
    )
    looks = {"outcome": "letter", "first_at": FIRST, "last_at": SECOND, "looks": 2}
    insert(connection, visits, {"address_id": address_id, **looks})
    for number, state in enumerate(states, start=1):
        at = FIRST if number == 1 else SECOND
        page = {
            "address_id": address_id,
            "crawl_id": crawl_id,
            "url": url,
            "final_url": url,
            "status": 200,
            "headers": {"content-type": "text/html"},
            "fetched_at": at,
            "sha256": evidence.store_evidence(connection, state.wording().encode()),
        }
        version = {
            "letter_id": letter_id,
            "number": number,
            "cause": "publisher",
            "seen_at": at,
            "snapshot_id": insert(connection, snapshots, page),
            "parser": "1",
            "digest": state.digest(),
            "letter": pack(state),
        }
        insert(connection, versions, version)
    write_search_text(connection, letter_id)


def _change(connection: Connection, crawl_id: int) -> None:
    edit = Edit(Op.REPLACE, "body", Category.FIGURE, "718.4", "918.4", section=("一、投资",))
    row = {
        "letter_id": 1,
        "crawl_id": crawl_id,
        "source": "city",
        "kind": "edited",
        "significance": "substantive",
        "reason": "a figure changed",
        "held": False,
        "from_version": 1,
        "to_version": 2,
        "detected_at": SECOND,
        "after": FIRST,
        "before": SECOND,
        "edits": [edit.as_json()],
        "differ": "1",
    }
    insert(connection, changes, row)
