"""The wiring of alerts: channels and hosts of the configuration, and what sends to them."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from fuhan.config.sections import Config, NotificationSection
from fuhan.crawl_jobs import subscriptions
from fuhan.source_status import source_statuses
from review.alerts.alert_channel import AlertChannel, Service
from review.alerts.delivery import Delivery
from review.alerts.dispatcher import AlertPlan
from review.alerts.message import MessageSettings
from review.alerts.outages import WatchedHost
from review.alerts.quiet_hours import read_quiet_hours
from storage.database.archive import Archive
from storage.outbox.channel_states import channel_states


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def alert_channels(config: Config) -> tuple[AlertChannel, ...]:
    """Return the alert channels of the configuration."""
    urls = [each.url for each in config.notify]
    return tuple(_channel(each, urls.count(each.url)) for each in config.notify)


def _channel(section: NotificationSection, sharing: int) -> AlertChannel:
    return AlertChannel(
        name=section.label,
        url=section.url,
        language=section.language,
        every=section.every,
        quiet=read_quiet_hours(section.quiet) if section.quiet else None,
        sharing=sharing,
    )


def connect(channel: AlertChannel) -> Service:
    """Return what takes messages to a channel; Apprise is loaded by the first call."""
    service: Service = import_module("review.alerts.apprise_channel").AppriseChannel(channel.url)
    return service


def alert_plan(config: Config, archive: Archive, clock: Callable[[], datetime] = now) -> AlertPlan:
    """Return what is to be sent where."""
    agencies = {each.name: each.agency for each in config.sources}
    settings = MessageSettings(ZoneInfo(config.timezone), agencies, config.review.url)
    delivery = Delivery(archive, settings, clock)
    return AlertPlan(delivery, alert_channels(config), _hosts(config), config.ping)


def is_all_well(config: Config, archive: Archive, at: datetime) -> bool:
    """Return whether no source has an alarm, and no alert channel fails."""
    with archive.reading() as connection:
        states = channel_states(connection)
    fails = any(states[each.label].failed_since for each in config.notify if each.label in states)
    return not fails and not any(each.alarms for each in source_statuses(config, archive, at))


def _hosts(config: Config) -> dict[str, WatchedHost]:
    """Return by source the host that it is on, with those who want to hear of its outages."""
    sources: dict[str, list[str]] = defaultdict(list)
    for each in config.sources:
        sources[urlsplit(each.listing).netloc].append(each.name)
    return {
        name: WatchedHost(host, tuple(names), _wanted(config, names))
        for host, names in sources.items()
        for name in names
    }


def _wanted(config: Config, sources: list[str]) -> dict[str, frozenset[str]]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        for each in subscriptions(config, source):
            if each.wants_outages():
                wanted[each.channel].add(source)
    return {channel: frozenset(names) for channel, names in wanted.items()}
