"""A crawl that is due, and who has it run: a child process here, or a worker elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import Protocol

from crawler.job import CrawlJob
from letters.crawl_record import Crawl
from scheduler.crawl_turns import CrawlTurn
from storage.queue.queue_state import QueueState


class Urgency(IntEnum):
    """Which crawls begin first where not all can at once."""

    LONG = 0  # one whose source took long the last time
    ORDINARY = 10
    CATCH_UP = 20  # the first crawl of a source, or one after a crawl that was cut off


@dataclass(frozen=True, slots=True)
class CrawlOrder:
    """A crawl to be run."""

    job: CrawlJob
    deadline: timedelta  # after which it is ended by force
    urgency: Urgency


MakeOrder = Callable[[], CrawlOrder | None]  # None: the crawl is no longer wanted


class Crawls(Protocol):
    """Has crawls run, each when its turn has come: never two of one host at once."""

    @property
    def outlive_service(self) -> bool:
        """Whether crawls go on when the service has ended."""

    def start(self) -> None:
        """Begin to run crawls; needs a running loop."""

    async def run(self, turn: CrawlTurn, make_order: MakeOrder) -> Crawl | None:
        """Run one crawl when it is its turn, and return it; None where it was no longer wanted.

        Raises CrawlError where there is no outcome to return.
        """

    def progress(self) -> Mapping[str, Mapping[str, int]]:
        """Return the counts of crawls under way, by source, as far as they are known."""

    def withdraw(self, source: str) -> None:
        """Don't begin the crawl that waits for its turn; one under way goes on."""

    def trouble(self) -> str | None:
        """Return why no crawls can be run, or None."""

    def queue_state(self) -> QueueState | None:
        """Return what waits and who works; None where crawls need no queue."""

    async def close(self) -> None:
        """End what runs crawls."""
