"""Services that die by kill -9 at each commit of the outbox; delays beside dead channels.

python -m bench.alert_trials --kills 100 --postgresql

Letters are edited before each run of the service. In the end one run is undisturbed, and what the
webhooks confirmed is held against the changes on record.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
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
from tests.review.alerts.servers import webhook

MOST_COMMITS = 4  # of a run, at which it may die


def delays(archive: Archive, dead: Sequence[str], rounds: int = 20) -> list[float]:
    """Return how many seconds alerts take from a crawl's end, beside channels that are dead."""
    source, taken = ComposedSource(archive), []
    names = ["alive", *(f"dead{place}" for place in range(len(dead)))]
    pages = {url_of(n): page_of(n) for n in NUMBERS}
    source.crawl(pages)
    with webhook() as alive:
        urls = [alive.address, *dead]
        channels = tuple(map(AlertChannel, names, urls))
        delivery = Delivery(archive, MessageSettings(ZONE), lambda: datetime.now(UTC))
        dispatcher = Dispatcher(
            archive,
            AlertPlan(delivery, channels),
            lambda channel: AppriseChannel(channel.url),
            lambda: True,
        )
        with dispatcher.sending(timedelta(seconds=1)):
            for each in range(rounds):
                edited = {url_of("0001"): page_of("0001", LONG.format(900 + each))}
                source.crawl(pages | edited, subscriptions=tuple(map(Subscription, names)), mass=1)
                began = time.monotonic()
                dispatcher.crawl_ended("proposals")
                alive.wait_for(each + 1)
                taken.append(time.monotonic() - began)
                time.sleep(3.1)  # two messages to a channel are 3 s apart
    return taken


def main() -> None:
    """Run all trials and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=20, help="of measured delays")
    parser.add_argument("--postgresql", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.postgresql:
            with own_postgres(folder / "postgres") as server:
                _all(folder, [server.create_database(f"trial{each}") for each in range(3)], asked)
        else:
            _all(folder, [f"sqlite:///{folder}/trial{each}.db" for each in range(3)], asked)


def _all(folder: Path, urls: Sequence[str], asked: argparse.Namespace) -> None:
    with trials(folder, urls[0]) as tried:
        while tried.done["killed"] < asked.kills:
            number = tried.chance.randint(1, MOST_COMMITS)
            tried.kill(f"{tried.chance.choice(PLACES)}:{number}")
        tried.come_to_rest()
        tried.check()
        print(dict(tried.done))
    with webhook() as hanging, webhook() as broken:
        hanging.goes_on.clear()
        broken.status = 500
        dead = ["json://127.0.0.1:9/", hanging.address, broken.address]
        for url, beside in zip(urls[1:], ([], dead), strict=True):
            with closing(open_archive(url, create=True)) as archive:
                taken = delays(archive, beside, asked.rounds)
            found = f"median {median(taken):.3f} s, longest {max(taken):.3f} s"
            print(f"from a crawl's end to the webhook, beside {len(beside)} dead: {found}")
        hanging.goes_on.set()


if __name__ == "__main__":
    main()
