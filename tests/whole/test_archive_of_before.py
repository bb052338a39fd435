"""An archive that the fuhan of before left opens, is sound, and is crawled on in."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Connection, delete, select

from crawler.job import CrawlJob
from fuhan.archive_audit import audit
from letters.change import Change, ChangeKind
from storage import queries
from storage.compaction.compact_source import SourceCompaction
from storage.database.archive import Archive, open_archive
from storage.facts.evidence import load_evidence
from storage.facts.reviews import reviews
from storage.schema.tables import crawls, dictionaries, files, snapshots
from tests.storage.archive_story import LISTING, SOURCE
from tests.whole.proxies import Proxy, proxying
from tests.whole.sites import Answer, Site, crawl_lines, job, serve

DUMP = Path(__file__).parents[1] / "storage" / "archive.sql"  # made by tests.storage.archive_story
CLOCK = str(Path(__file__).with_name("ticking.py"))
ROW = '<li><a href="{0}" title="{1}">{1}</a><span>{2}</span></li>'

pytestmark = pytest.mark.sqlite("an archive of the first release, which is a file")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(sqlite3.connect(tmp_path / "fuhan.db")) as connection:
        connection.executescript(DUMP.read_text("utf-8"))
    with closing(open_archive(f"sqlite:///{tmp_path}/fuhan.db", create=False)) as opened:
        yield opened


def recorded(archive: Archive) -> list[Change]:
    """Return the changes on record, oldest first."""
    with archive.reading() as connection:
        return list(queries.changes(connection, queries.ChangeFilter()))[::-1]


def test_it_is_sound_and_says_what_it_said(archive: Archive) -> None:
    assert audit(archive).damages == []
    *first, edited, withdrawn = recorded(archive)
    assert [each.kind for each in first] == [ChangeKind.PUBLISHED] * 4
    assert all(each.baseline for each in first)
    assert edited.kind is ChangeKind.EDITED
    assert [(edit.old, edit.new) for edit in edited.edits] == [("88.7亿", "88.7万")]
    assert withdrawn.kind is ChangeKind.WITHDRAWN
    with archive.reading() as connection:
        assert [each.note for each in reviews(connection, edited.id)] == ["ask the bureau"]


def test_crawls_go_on_in_it_and_record_the_edits_of_today_alone(
    archive: Archive, tmp_path: Path
) -> None:
    before = recorded(archive)
    ahead = seconds_until_day_after(before[-1].detected_at)
    with archive.reading() as connection:
        answers = served_before(connection)
    site = Site(answering=lambda asked: answers.get(asked.path))
    with serve(site), proxying(Proxy(int(site.url.rpartition(":")[2]))) as proxy:
        watched = job(tmp_path, LISTING, proxy=f"http://127.0.0.1:{proxy.port}")
        watched = replace(watched, source=replace(watched.source, name=SOURCE))
        assert crawl_ahead(watched, ahead)["unchanged"] == 3
        assert recorded(archive) == before
        answers = {path: edited(answer) for path, answer in answers.items()}
        assert crawl_ahead(watched, ahead)["unchanged"] == 2
    *others, change = recorded(archive)
    assert others == before
    assert change.kind is ChangeKind.EDITED
    assert [(edit.old, edit.new) for edit in change.edits] == [("9.7", "9.1")]
    assert audit(archive).damages == []


def test_it_is_compacted_and_crawls_go_on_in_it(archive: Archive, tmp_path: Path) -> None:
    before = recorded(archive)
    compaction = SourceCompaction(archive, SOURCE)
    list(compaction.run())
    assert compaction.done.pages > 0
    assert compaction.done.unreadable == 0
    assert audit(archive).damages == []
    assert recorded(archive) == before
    ahead = seconds_until_day_after(before[-1].detected_at)
    with archive.reading() as connection:
        answers = served_before(connection)
    answers = {path: edited(answer) for path, answer in answers.items()}
    site = Site(answering=lambda asked: answers.get(asked.path))
    with serve(site), proxying(Proxy(int(site.url.rpartition(":")[2]))) as proxy:
        watched = job(tmp_path, LISTING, proxy=f"http://127.0.0.1:{proxy.port}")
        crawl_ahead(replace(watched, source=replace(watched.source, name=SOURCE)), ahead)
    *others, change = recorded(archive)
    assert others == before
    assert [(edit.old, edit.new) for edit in change.edits] == [("9.7", "9.1")]
    assert audit(archive).damages == []


def test_a_crawl_that_meets_a_lost_dictionary_reports_letters_as_broken_and_no_edit(
    archive: Archive, tmp_path: Path
) -> None:
    before = recorded(archive)
    with archive.reading() as connection:
        answers = served_before(connection)
    list(SourceCompaction(archive, SOURCE).run())
    with archive.writing() as connection:
        connection.execute(delete(dictionaries))
    answers = {path: edited(answer) for path, answer in answers.items()}
    site = Site(answering=lambda asked: answers.get(asked.path))
    with serve(site), proxying(Proxy(int(site.url.rpartition(":")[2]))) as proxy:
        watched = job(tmp_path, LISTING, proxy=f"http://127.0.0.1:{proxy.port}")
        watched = replace(watched, source=replace(watched.source, name=SOURCE))
        ahead = str(seconds_until_day_after(before[-1].detected_at))
        lines, said = crawl_lines(watched, child=(CLOCK, ahead))
    assert lines[-1]["crawl"]["outcome"] == "partial", said
    reasons = {each["reason"] for each in lines[-1]["crawl"]["errors"]}
    assert any("its last version can't be read" in each for each in reasons)
    assert recorded(archive) == before


def served_before(connection: Connection) -> dict[str, Answer]:
    """Return what the site answered when the archive was made, by path."""
    found = {
        row.url: Answer(load_evidence(connection, row.sha256), row.status)
        for row in connection.execute(select(snapshots).order_by(snapshots.c.id))
    }
    for row in connection.execute(select(files)):
        headers = (("Content-Type", "application/pdf"),)
        found[row.url] = Answer(load_evidence(connection, row.sha256), headers=headers)
    newest = select(crawls.c.listing).order_by(crawls.c.id.desc()).limit(1)
    rows = json.loads(load_evidence(connection, connection.execute(newest).scalar_one()))
    listed = "".join(ROW.format(*row) for row in rows)
    html = f'<!doctype html><meta charset="utf-8"><ul>{listed}</ul>'
    found[LISTING] = Answer(html.encode())
    return {urlsplit(url).path: answer for url, answer in found.items()}


def edited(answer: Answer) -> Answer:
    """Return an answer with the one figure that today's edit is about."""
    assert isinstance(answer.body, bytes)
    return replace(answer, body=answer.body.replace(b"9.7%", b"9.1%"))


def seconds_until_day_after(at: datetime) -> float:
    """Return how far the clock must be ahead to be past `at` by a day; 0 where it is."""
    ahead = at + timedelta(days=1) - datetime.now(UTC)
    return max(0.0, ahead.total_seconds())


def crawl_ahead(watched: CrawlJob, seconds: float) -> dict[str, Any]:
    """Crawl with a clock that is ahead; return the crawl."""
    lines, said = crawl_lines(watched, child=(CLOCK, str(seconds)))
    assert said == ""
    crawled: dict[str, Any] = lines[-1]["crawl"]
    assert (crawled["outcome"], crawled["errors"]) == ("complete", [])
    return crawled
