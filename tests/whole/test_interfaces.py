"""Nine directories whose rows come by script, one for each interface, crawled over real HTTP.

Proves that politeness, evidence and reconciliation hold for an interface as for any page.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from crawler.job import CrawlJob, Politeness, Source
from fuhan.archive_audit import audit
from letters.letter import Kind
from replica.scripted_lists import LISTS
from replica.scripted_server import ScriptedReplica, ScriptedSite
from storage.database.archive import Archive, open_archive
from storage.facts import ledger
from storage.facts.evidence import load_evidence
from storage.schema.tables import evidence
from tests.archive_copy import archive_url, copy_archive
from tests.python_server.command import forked_python

LETTERS = 20  # more than any page itself holds


class Watched:
    """All directories of a scripted site, watched in one archive."""

    def __init__(self, served: ScriptedReplica, folder: Path) -> None:
        self.served = served
        self.file = folder / "fuhan.db"
        self.database = archive_url(self.file)

    def crawl(self) -> dict[str, dict[str, Any]]:
        """Crawl all directories; return the crawls by their interfaces."""
        polite = Politeness(delay=0.0, concurrency=8, timeout=120.0, retries=0)
        sources = (
            Source(name, "某委", Kind.PROPOSAL, self.served.listing(name), politeness=polite)
            for name in LISTS
        )
        lines = "\n".join(CrawlJob(self.database, source).to_line() for source in sources)
        child = [*forked_python(), str(Path(__file__).with_name("scripted_crawls.py"))]
        done = subprocess.run(child, input=lines, stdout=subprocess.PIPE, text=True, check=True)
        crawls = map(json.loads, done.stdout.splitlines())
        return {crawl["source"]: crawl for crawl in crawls}

    def archive(self) -> Archive:
        return open_archive(self.database, create=False)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Watched, list[Any]]]:
    """A site whose directories were crawled, got one letter more each, and were crawled again."""
    site = ScriptedSite(LETTERS)
    newest = {name: site.documents(name)[0] for name in LISTS}
    for each in newest.values():
        each.is_listed = False
    with ScriptedReplica(site) as served:
        watched = Watched(served, tmp_path_factory.mktemp("interfaces"))
        first = watched.crawl()
        for each in newest.values():
            each.is_listed = True
        yield watched, [first, watched.crawl()]


@pytest.mark.parametrize("name", LISTS)
def test_each_directory_is_complete_with_every_letter_and_a_new_row_is_one_published(
    story: tuple[Watched, list[Any]], name: str
) -> None:
    watched, (first, second) = story
    letters = len(watched.served.site.rows(name))
    told = [first[name][key] for key in ("outcome", "listed", "fetched", "published", "errors")]
    assert told == ["complete", letters - 1, letters - 1, letters - 1, []]
    told = [second[name][key] for key in ("outcome", "listed", "published", "errors")]
    assert told == ["complete", letters, 1, []]
    assert [second[name][key] for key in ("edited", "withdrawn", "delisted")] == [0, 0, 0]


def test_what_was_asked_and_answered_can_be_asked_again(story: tuple[Watched, list[Any]]) -> None:
    watched, _ = story
    site = watched.served.site
    with closing(watched.archive()) as archive, archive.reading() as connection:
        for name in LISTS:
            entries = [json.loads(facts) for _, facts, _ in ledger.entries(connection, name)]
            (asked,) = [entry["asked"] for entry in entries if "asked" in entry][-1:]
            requests = json.loads(load_evidence(connection, asked["sha256"]))
            assert [each["answer"] for each in requests] == asked["answers"]
            for each in requests:
                path = "/" + each["url"].partition("://")[2].partition("/")[2].partition("#")[0]
                again = site.answer(each["method"], path, each["body"])
                assert load_evidence(connection, each["answer"]) == again.body, name


def test_requests_go_to_the_site_alone_and_name_the_page_that_they_come_from(
    story: tuple[Watched, list[Any]],
) -> None:
    watched, _ = story
    with closing(watched.archive()) as archive, archive.reading() as connection:
        for name in LISTS:
            entries = [json.loads(facts) for _, facts, _ in ledger.entries(connection, name)]
            asked = next(entry["asked"] for entry in entries if "asked" in entry)
            page, *others = json.loads(load_evidence(connection, asked["sha256"]))
            listing = watched.served.listing(name)
            assert page["url"] == listing
            for each in others:
                assert each["headers"]["Referer"] == listing.partition("#")[0]
    posted = {
        path.partition("?")[0] for method, path, _ in watched.served.site.log if method == "POST"
    }
    assert posted == {"/module/web/jpage/dataproxy.jsp", "/fjdzapp/search"}


def test_the_archive_is_sound_and_an_answer_that_is_lost_is_named(
    story: tuple[Watched, list[Any]], tmp_path: Path
) -> None:
    watched, _ = story
    with closing(watched.archive()) as archive:
        assert audit(archive).damages == []
        with archive.reading() as connection:
            entries = [json.loads(facts) for _, facts, _ in ledger.entries(connection, "jpaas")]
    answer = next(entry["asked"]["answers"][-1] for entry in entries if "asked" in entry)
    copy_archive(watched.file, tmp_path / "fuhan.db")
    with closing(open_archive(archive_url(tmp_path / "fuhan.db"), create=False)) as archive:
        with archive.writing() as connection:
            connection.execute(delete(evidence).where(evidence.c.sha256 == answer))
        words = [str(damage) for damage in audit(archive).damages]
    assert any("an answer that listed a directory of jpaas" in each for each in words), words
