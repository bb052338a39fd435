"""The wiring of alerts: channels, who hears of alarms, and what sends to them."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from zoneinfo import ZoneInfo

from fuhan.config.sections import Config, NotificationSection
from fuhan.crawl_jobs import subscriptions
from letters.urls import host_of
from review.alerts.alarm_notices import AlarmAudience
from review.alerts.alert_channel import AlertChannel, Service
from review.alerts.delivery import Delivery
from review.alerts.dispatcher import AlertPlan
from review.alerts.message import MessageSettings
from review.alerts.quiet_hours import read_quiet_hours
from storage.database.archive import Archive


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


def alert_plan(
    config: Config,
    archive: Archive,
    clock: Callable[[], datetime] = now,
    watched: Config | None = None,
) -> AlertPlan:
    """Return what is to be sent where; `watched` has the sources that are crawled, None: all."""
    agencies = {each.name: each.agency for each in config.sources}
    settings = MessageSettings(ZoneInfo(config.timezone), agencies, config.review.url)
    delivery = Delivery(archive, settings, clock)
    return AlertPlan(delivery, alert_channels(config), _audience(watched or config), config.ping)


def _audience(config: Config) -> AlarmAudience:
    """Return who is to hear of which alarms."""
    sources: dict[str, list[str]] = defaultdict(list)
    for each in config.sources:
        sources[host_of(each.listing)].append(each.name)
    wanted = {each.name: subscriptions(config, each.name) for each in config.sources}
    return AlarmAudience(wanted, sources, makes_backups=config.backup.every is not None)
