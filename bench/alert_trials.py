"""Services that die by kill -9 at each commit of the outbox; delays beside dead channels.

python -m bench.alert_trials --kills 100 --store sqlite --store postgresql

Letters are edited before each run of the service, in every fourth round by a crawl that dies too.
In the end one run is undisturbed, and what was confirmed is held against the changes on record.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median

from bench.alerting import NUMBERS, PLACES, trials
from bench.own_postgres import own_postgres
from letters.subscription import Subscription
from review.alerts.alert_channel import AlertChannel
from review.alerts.apprise_channel import AppriseChannel
from review.alerts.delivery import Delivery
from review.alerts.dispatcher import AlertPlan, Dispatcher
from review.alerts.message import MessageSettings
from storage.database.archive import Archive, open_archive
from tests.crawler.record.source import LONG, ComposedSource, page_of, url_of
from tests.review.alerts.conftest import ZONE
from tests.review.alerts.servers import MailServer, webhook

MOST_COMMITS = 6  # of a run, at which it may die: two for each message
CRAWL_COMMITS = 5
HANGING = 12  # channels that hang, where delays are measured


def delays(archive: Archive, dead: Sequence[str], rounds: int = 20) -> list[float]:
    """Return how many seconds alerts take from a crawl's end, beside channels that are dead.

    It has come when both a webhook and a mail server have it.
    """
    source, taken = ComposedSource(archive), []
    pages = {url_of(n): page_of(n) for n in NUMBERS}
    source.crawl(pages)
    with webhook() as hook, MailServer().serving() as mail:
        urls = [hook.address, mail.address, *dead]
        names = [f"channel{place}" for place in range(len(urls))]
        dispatcher = _dispatcher(archive, tuple(map(AlertChannel, names, urls)))
        with dispatcher.sending(timedelta(seconds=1)):
            for each in range(rounds):
                edited = {url_of("0001"): page_of("0001", LONG.format(900 + each))}
                source.crawl(pages | edited, subscriptions=tuple(map(Subscription, names)), mass=1)
                began = time.monotonic()
                dispatcher.wake()
                hook.wait_for(each + 1)
                mail.wait_for(each + 1)
                taken.append(time.monotonic() - began)
                time.sleep(3.1)  # two messages to a channel are 3 s apart
    return taken


def _dispatcher(archive: Archive, channels: tuple[AlertChannel, ...]) -> Dispatcher:
    delivery = Delivery(archive, MessageSettings(ZONE), lambda: datetime.now(UTC))
    return Dispatcher(
        archive,
        AlertPlan(delivery, channels),
        lambda channel: AppriseChannel(channel.url),
    )


def main() -> None:
    """Run all trials and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=20, help="of measured delays; 0: none")
    parser.add_argument("--store", action="append", choices=["sqlite", "postgresql"])
    asked = parser.parse_args()
    for store in asked.store or ["sqlite"]:
        with tempfile.TemporaryDirectory() as name, _archives(store, Path(name)) as urls:
            print(f"{store}:")
            _kill(Path(name), urls[0], asked.kills)
            if asked.rounds:
                _measure(urls[1:], asked.rounds)


@contextmanager
def _archives(store: str, folder: Path) -> Iterator[list[str]]:
    """Yield the URLs of three archives to be."""
    if store == "sqlite":
        yield [f"sqlite:///{folder}/trial{each}.db" for each in range(3)]
        return
    with own_postgres(folder / "postgres") as server:
        yield [server.create_database(f"trial{each}") for each in range(3)]


def _kill(folder: Path, url: str, kills: int) -> None:
    places = cycle([f"{place}:{each + 1}" for each in range(MOST_COMMITS) for place in PLACES])
    began = time.monotonic()
    with trials(folder, url) as tried:
        while tried.done["killed"] < kills:
            if tried.chance.random() < 1 / 4:
                tried.crawl_killed(3, f"before-commit:{tried.chance.randint(1, CRAWL_COMMITS)}")
            tried.kill(next(places))
        tried.come_to_rest()
        tried.check()
        print(f"{dict(tried.done)} in {time.monotonic() - began:.0f} s")
        print(f"died at {dict(tried.places)}")


def _measure(urls: Sequence[str], rounds: int) -> None:
    """Print delays beside no dead channel, and beside more of them than any pool has threads."""
    with webhook() as hanging, webhook() as broken:
        hanging.goes_on.clear()
        broken.status = 500
        dead = ["json://127.0.0.1:9/", broken.address, *[hanging.address] * HANGING]
        for url, beside in zip(urls, ([], dead), strict=True):
            with closing(open_archive(url, create=True)) as archive:
                taken = delays(archive, beside, rounds)
            found = f"median {median(taken):.3f} s, longest {max(taken):.3f} s"
            print(f"from a crawl's end to webhook and mail, beside {len(beside)} dead: {found}")
        hanging.goes_on.set()


if __name__ == "__main__":
    main()
