"""Fill an archive with any number of letters, quickly, to measure what grows with it.

Each letter is one of a few hundred that the replica composes, with a number and an address of its
own and three versions. Rows are inserted in bulk: readers find a consistent archive, but no entry of
its ledger has seals, so `fuhan verify` would not accept it.
"""

import copy
import json
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import zstandard
from sqlalchemy import Connection, select, text

from crawler.page.dom import Page
from crawler.page.reader import PARSER, read_page
from differ.compare import DIFFER, compare
from differ.weigh import weigh
from letters.change import ChangeKind, Significance
from letters.crawl_record import Crawl, CrawlOutcome, PageError
from letters.letter import Kind, Letter
from letters.letter_json import letter_to_json
from letters.letter_record import Status
from letters.visit_span import VisitOutcome
from replica.compose import compose
from replica.document import Document
from replica.edits import EDITS
from replica.noise import Noise
from replica.pages import letter_page
from storage.database.archive import Archive
from storage.derived.search_rebuild import write_search_index
from storage.facts import ledger as chain
from storage.facts.entries import CrawlBegunEntry, CrawlEndedEntry, Entry, VisitEntry
from storage.facts.evidence import store_evidence
from storage.facts.visits import letter_columns
from storage.schema import tables

TEMPLATES = 240
LETTERS_OF_SOURCE = 200
CRAWLS_OF_SOURCE = 40  # ended before `until`, a tenth of them visited every letter
VERSIONS = 3
DAYS = 400  # from the first crawl to the last
_ROWS = 20_000  # inserted at once


@dataclass(frozen=True, slots=True)
class Template:
    """A composed letter in three versions, and what lies between them."""

    number: str
    columns: dict[str, Any]  # of the row of a letter
    versions: tuple[str, ...]  # JSON, as it is packed
    edits: tuple[list[dict[str, Any]], ...]  # between two versions each
    weights: tuple[tuple[Significance, str], ...]


def source_name(place: int) -> str:
    """Return the name of a source by its place, from 0."""
    return f"source-{place:05d}"


def fill(archive: Archive, letters: int, until: datetime, templates: int = TEMPLATES) -> int:
    """Add `letters` letters with their history up to `until`; return how many sources they have."""
    documents = [each for each in compose(templates, 0).documents if each.fields["co_handlers"]]
    texts = [_template(each) for each in documents]
    sources = -(-letters // LETTERS_OF_SOURCE)
    with archive.writing() as connection:
        page = store_evidence(
            connection, letter_page(compose(1).documents[0], Noise(1, 1)).encode()
        )
    for place in range(sources):
        first = place * LETTERS_OF_SOURCE + 1
        ids = range(first, min(first + LETTERS_OF_SOURCE, letters + 1))
        grown = _GrownSource(place, ids, texts, page, until)
        with archive.writing() as connection:
            grown.insert(connection)
    with archive.writing() as connection:
        _end(connection)
        deque(write_search_index(connection), maxlen=0)
    return sources


def _template(document: Document) -> Template:
    """Return the letter of a document of the replica, edited twice."""
    chance = random.Random(document.docid)
    states = [copy.deepcopy(document)]
    while len(states) < VERSIONS:
        state = copy.deepcopy(states[-1])
        for edit in chance.sample(EDITS, len(EDITS)):
            if edit(state, chance):
                break
        states.append(state)
    read = [_read(state) for state in states]
    pairs = [compare(old, new) for old, new in pairwise(read)]
    columns = letter_columns(read[-1])
    return Template(
        columns["number"] or "",
        columns,
        tuple(json.dumps(letter_to_json(each), ensure_ascii=False) for each in read),
        tuple([edit.as_json() for edit in edits] for edits in pairs),
        tuple(weigh(edits) for edits in pairs),
    )


def _read(document: Document) -> Letter:
    page = Page(letter_page(document, Noise(1, 1)), f"https://gov.example{document.path}")
    return read_page(page, Kind(document.kind))


class _GrownSource:
    """The rows of one source; ids are the same in each archive of that size."""

    def __init__(
        self, place: int, ids: range, templates: list[Template], page: str, until: datetime
    ) -> None:
        self._source = source_name(place)
        self._place = place
        self._ids = ids
        self._templates = templates
        self._page = page
        self._packer = zstandard.ZstdCompressor(1)
        self._chance = random.Random(place)
        step = timedelta(days=DAYS) / CRAWLS_OF_SOURCE
        ends = [until - step * (CRAWLS_OF_SOURCE - 1 - each) for each in range(CRAWLS_OF_SOURCE)]
        self._ended = [end - timedelta(seconds=place % 3600) for end in ends]

    def insert(self, connection: Connection) -> None:
        """Insert all rows, those first that others name."""
        rows: dict[str, list[dict[str, Any]]] = {
            name: []
            for name in (
                "crawls",
                "letters",
                "addresses",
                "snapshots",
                "versions",
                "visits",
                "changes",
            )
        }
        for number in range(CRAWLS_OF_SOURCE):
            rows["crawls"].append(self._crawl_row(number))
        for letter_id in self._ids:
            self._add_letter(rows, letter_id)
        for name, each in rows.items():
            _insert(connection, name, each)
        _insert(connection, "ledger", list(self._ledger()))

    def _crawl(self, number: int) -> Crawl:
        listed = len(self._ids)
        errors = (PageError(self._url(self._ids[0]), "timed out"),) if number % 10 == 3 else ()
        return Crawl(
            id=self._place * CRAWLS_OF_SOURCE + number + 1,
            source=self._source,
            outcome=CrawlOutcome.PARTIAL if errors else CrawlOutcome.COMPLETE,
            started_at=self._ended[number] - timedelta(minutes=5),
            finished_at=self._ended[number],
            listed=listed,
            fetched=listed,
            errors=errors,
            requests=listed + 12,
            bytes=listed * 21_000,
        )

    def _crawl_row(self, number: int) -> dict[str, Any]:
        crawl = self._crawl(number)
        plain = crawl.as_json()
        named = ("listed", "fetched", "unchanged", "published", "edited", "withdrawn", "delisted")
        named += ("restored", "relocated", "suspect", "requests", "bytes")
        return {
            "id": crawl.id,
            "source": crawl.source,
            "mode": "normal",
            "started_at": crawl.started_at,
            "finished_at": crawl.finished_at,
            "outcome": plain["outcome"],
            "directory_at": crawl.started_at,
            "counts": {name: plain[name] for name in named},
            "errors": plain["errors"],
        }

    def _url(self, letter_id: int) -> str:
        return f"https://gov.example/{self._source}/t2022_{letter_id}.html"

    def _add_letter(self, rows: dict[str, list[dict[str, Any]]], letter_id: int) -> None:
        template = self._templates[letter_id % len(self._templates)]
        chance = self._chance
        seen = sorted(chance.sample(range(CRAWLS_OF_SOURCE), VERSIONS))
        status = chance.choices(list(Status), (90, 4, 3, 3))[0]
        listed_on = (self._ended[seen[0]] - timedelta(days=chance.randrange(900))).date()
        listed_on = None if letter_id % 50 == 0 else listed_on
        number = str(100_000 + letter_id)
        url = self._url(letter_id)
        rows["letters"].append(
            {
                **template.columns,
                "id": letter_id,
                "source": self._source,
                "address_id": letter_id,
                "status": status.value,
                "version": VERSIONS,
                "edits": int(_is_edited(letter_id, status)),
                "number": number,
                "listed_on": listed_on,
                "first_seen": self._ended[seen[0]],
                "last_seen": self._ended[-1],
                "served_at": self._ended[-1],
            }
        )
        rows["addresses"].append(
            {
                "id": letter_id,
                "source": self._source,
                "key": url.partition("://")[2],
                "url": url,
                "letter_id": letter_id,
                "first_listed_at": self._ended[seen[0]],
                "listed_title": template.columns["title"],
                "listed_on": listed_on,
            }
        )
        rows["visits"].append(
            {
                "address_id": letter_id,
                "outcome": "letter",
                "looks": CRAWLS_OF_SOURCE,
                "first_at": self._ended[seen[0]],
                "last_at": self._ended[-1],
            }
        )
        for place, crawl in enumerate(seen):
            self._add_version(rows, letter_id, template, place, crawl)
        self._add_changes(rows, letter_id, template, seen, status)

    def _add_version(
        self,
        rows: dict[str, list[dict[str, Any]]],
        letter_id: int,
        template: Template,
        place: int,
        crawl: int,
    ) -> None:
        version_id = letter_id * VERSIONS + place
        url, at = self._url(letter_id), self._ended[crawl]
        plain = template.versions[place].replace(
            f'"number": "{template.number}"', f'"number": "{100_000 + letter_id}"'
        )
        rows["snapshots"].append(
            {
                "id": version_id,
                "address_id": letter_id,
                "url": url,
                "final_url": url,
                "crawl_id": self._place * CRAWLS_OF_SOURCE + crawl + 1,
                "status": 200,
                "headers": {},
                "fetched_at": at,
                "asked_at": at,
                "sha256": self._page,
            }
        )
        rows["versions"].append(
            {
                "id": version_id,
                "letter_id": letter_id,
                "number": place + 1,
                "cause": "publisher",
                "seen_at": at,
                "snapshot_id": version_id,
                "parser": PARSER,
                "digest": template.columns["digest"],
                "letter": self._packer.compress(plain.encode()),
            }
        )

    def _add_changes(
        self,
        rows: dict[str, list[dict[str, Any]]],
        letter_id: int,
        template: Template,
        seen: list[int],
        status: Status,
    ) -> None:
        """Add that it was published, and, for half of the letters, that it was edited or is gone."""
        weight = Significance.MINOR, "a letter"
        add = rows["changes"].append
        add(self._change(letter_id, ChangeKind.PUBLISHED, seen[:1], weight, None, 1))
        if letter_id % 2:
            return
        if _is_edited(letter_id, status):
            edits, weight = template.edits[0], template.weights[0]
            add(
                self._change(letter_id, ChangeKind.EDITED, seen[:2], weight, 1, 2)
                | {"edits": edits}
            )
        else:
            weight = Significance.SUBSTANTIVE, "it is gone"
            add(self._change(letter_id, ChangeKind(status.value), seen[1:], weight, 3, None))

    def _change(
        self,
        letter_id: int,
        kind: ChangeKind,
        seen: list[int],
        weight: tuple[Significance, str],
        old: int | None,
        new: int | None,
    ) -> dict[str, Any]:
        crawl = seen[-1]
        at = self._ended[crawl] - timedelta(seconds=letter_id % 300)
        return {
            "letter_id": letter_id,
            "source": self._source,
            "kind": kind.value,
            "crawl_id": self._place * CRAWLS_OF_SOURCE + crawl + 1,
            "baseline": kind is ChangeKind.PUBLISHED,
            "significance": weight[0].value,
            "reason": weight[1],
            "held": False,
            "from_version": old,
            "to_version": new,
            "detected_at": at,
            "before": at,
            "after": self._ended[crawl - 1] if old else None,
            "edits": [],
            "differ": DIFFER,
            "announced_at": at,
        }

    def _ledger(self) -> Iterator[dict[str, Any]]:
        previous = chain.START
        for seq, entry in enumerate(self._entries(), 1):
            facts = json.dumps(
                entry.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")
            )
            previous = chain.link(previous, facts)
            yield {"source": self._source, "seq": seq, "facts": facts, "hash": previous}

    def _entries(self) -> Iterator[Entry]:
        for number in range(CRAWLS_OF_SOURCE):
            crawl = self._crawl(number)
            yield CrawlBegunEntry(crawl.id, crawl.started_at, "normal")
            visited = self._ids if number % 10 == 0 else self._ids[number % 20 :: 20]
            for letter_id in visited:
                at = crawl.started_at + timedelta(seconds=letter_id % 300)
                yield VisitEntry(letter_id, self._url(letter_id), at, VisitOutcome.LETTER, at)
            yield CrawlEndedEntry(crawl, None)


def _is_edited(letter_id: int, status: Status) -> bool:
    return letter_id % 2 == 0 and status in {Status.PUBLISHED, Status.SUSPECT}


def _insert(connection: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    table = tables.metadata.tables[name]
    for start in range(0, len(rows), _ROWS):
        connection.execute(table.insert(), rows[start : start + _ROWS])


def _end(connection: Connection) -> None:
    """Let PostgreSQL count on from the ids that were given."""
    if connection.dialect.name != "postgresql":
        return
    for name in ("crawls", "letters", "addresses", "snapshots", "versions"):
        highest = select(tables.metadata.tables[name].c.id).order_by(text("id DESC")).limit(1)
        last = connection.execute(highest).scalar_one()
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
            {"name": name, "last": last},
        )
