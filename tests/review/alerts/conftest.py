"""A source with alert channels, and a service that keeps what it is sent."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from letters.subscription import Subscription
from review.alerts.alert_channel import AlertChannel
from review.alerts.delivery import Delivery
from review.alerts.message import MessageSettings
from tests.archive_copy import new_archive
from tests.crawler.record.source import LONG, ComposedSource, page_of, url_of

ZONE = ZoneInfo("Asia/Shanghai")
CHANNEL = AlertChannel("mail", "json://127.0.0.1", "en")
SETTINGS = MessageSettings(ZONE)
NUMBERS = [f"{number:04}" for number in range(1, 9)]


@dataclass
class KeptService:
    """A service that confirms what it is sent, unless it has a problem."""

    problem: str | None = None
    wished: timedelta | None = None
    bytes: int = 30_000
    sent: list[tuple[str, str, str]] = field(default_factory=list)  # title, body, key

    def room(self) -> int:
        return self.bytes

    def send(self, title: str, body: str, key: str) -> str | None:
        self.sent.append((title, body, key))
        return self.problem

    def retry_after(self) -> timedelta | None:
        return self.wished


@dataclass
class Alerts:
    """A source that is crawled, and what its alert channel is sent of it."""

    source: ComposedSource
    channel: AlertChannel = CHANNEL
    service: KeptService = field(default_factory=KeptService)
    settings: MessageSettings = SETTINGS
    at: datetime = datetime(2026, 12, 1, 4, tzinfo=UTC)  # noon in Beijing
    edits: int = 800

    def crawl(self, edited: int = 1, *, mass: float = 1.0) -> None:
        """Crawl the source once, with other figures in so many of its letters."""
        self.edits += 1
        changed = {n: LONG.format(self.edits) for n in NUMBERS[:edited]}
        answers = {url_of(n): page_of(n, changed.get(n, LONG.format(700))) for n in NUMBERS}
        self.source.crawl(answers, subscriptions=(Subscription(self.channel.name),), mass=mass)

    def send(self, *, after: timedelta = timedelta(0)) -> datetime | None:
        """Send what is due after a while; return when the next message may be due."""
        self.at += after
        delivery = Delivery(self.source.archive, self.settings, lambda: self.at)
        return delivery.send_due(self.channel, self.service)

    def configure(self, **changed: object) -> None:
        self.channel = replace(self.channel, **changed)  # type: ignore[arg-type]


@pytest.fixture
def source(tmp_path: Path) -> Iterator[ComposedSource]:
    with closing(new_archive(tmp_path / "fuhan.db")) as archive:
        yield ComposedSource(archive)


@pytest.fixture
def alerts(source: ComposedSource) -> Alerts:
    """Return a source of eight letters, crawled once."""
    alerts = Alerts(source)
    alerts.crawl(0)
    return alerts
