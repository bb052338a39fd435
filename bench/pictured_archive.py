"""The archive of which pictures are taken: five weeks of the demo's directory, the same each time."""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.job import CrawlJob, Politeness, Source
from fuhan.crawl_runner import run_crawl_now
from letters.letter import Kind
from letters.review import Decision, ReviewState
from replica.compose import compose
from replica.document import CHANNELS
from replica.happenings import Life
from replica.server import Answer, Replica
from scheduler.crawl_starter import FreshStarter
from storage import queries
from storage.database.archive import Archive, open_archive
from storage.facts.seen_reviews import SeenChange, decide
from storage.queries import ChangeFilter

HOST = "http://fgw.example"  # no site has this name (RFC 2606)
LISTING = f"{HOST}{CHANNELS['proposal']}"
SOURCE, AGENCY = "demo", "演示市发展和改革委员会"
FIRST = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)
DAYS = (0, 3, 6, 9, 13, 17, 20, 24, 27, 30, 33, 34)  # of crawls, from the first
NOW = FIRST + timedelta(days=34, hours=3)
_SEED, _UNBORN, _EVENTS = 7, 6, 3
_DEADLINE = timedelta(minutes=5)


class _Proxied(Replica):
    """A replica that is asked as a proxy is, so that its letters have the name of a site."""

    def answer(self, path: str) -> Answer:
        return super().answer(path.removeprefix(HOST))


@dataclass(frozen=True, slots=True)
class _Crawls:
    """Crawls of one replica into one archive, each at a time that is given."""

    database: str
    replica: Replica

    def run(self, at: datetime) -> None:
        politeness = Politeness(delay=0, concurrency=1, timeout=10, proxy=self.replica.url)
        source = Source(SOURCE, AGENCY, Kind.PROPOSAL, LISTING, politeness=politeness)
        module = ("-m", "bench.pictured_crawl", at.isoformat())
        starter = FreshStarter((sys.executable, "-P", *module))
        run_crawl_now(starter, CrawlJob(self.database, source, full=True), _DEADLINE)


def make_archive(folder: Path) -> Archive:
    """Return an archive in `folder`, made anew: crawled for five weeks, partly decided on."""
    database = f"sqlite:///{folder / 'fuhan.db'}"
    with _Proxied(compose(), noise=False) as replica:
        crawls = _Crawls(database, replica)
        life = Life(replica.directory, _SEED, _UNBORN)
        for day in DAYS:
            crawls.run(FIRST + timedelta(days=day))
            with replica.standing_still():
                list(life.go_on(_EVENTS, lambda _: False))
            if day == DAYS[-3]:
                replica.advance()  # the demo's night: one edit of each kind
    archive = open_archive(database, create=False)
    _decide(archive)
    return archive


def _decide(archive: Archive) -> None:
    """Decide on what was found before the last days, as two people would."""
    for place, (change_id, at) in enumerate(_older(archive)):
        decision, who = _DECISIONS[place % len(_DECISIONS)]
        decided_at = at + timedelta(hours=2, minutes=7 * place)
        with archive.writing() as connection:
            decide(connection, SeenChange(change_id, None), decision, who, decided_at)


def _older(archive: Archive) -> list[tuple[int, datetime]]:
    before = ChangeFilter(until=FIRST + timedelta(days=DAYS[-4]), baseline=False)
    with archive.reading() as connection:
        changes = sorted(queries.changes(connection, before), key=lambda each: each.id)
    return [(each.id, each.detected_at) for each in changes]


_DECISIONS = (
    (Decision(ReviewState.ACCEPTED, "与存档网页逐字核对过。", ("住建",)), "李雷"),
    (Decision(ReviewState.ACCEPTED), "韩梅梅"),
    (Decision(ReviewState.DISMISSED), "李雷"),
    (Decision(ReviewState.FLAGGED, "请向办公室求证。", ("预算", "待问")), "韩梅梅"),
)
