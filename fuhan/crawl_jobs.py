"""Make crawl jobs and schedules of the configuration."""

from zoneinfo import ZoneInfo

from crawler.job import CrawlJob, Politeness, Source
from fuhan.config.sections import SIX_HOURS, Config, CrawlSection, SourceSection
from letters.change import Category, Significance
from letters.letter import Kind
from letters.subscription import Subscription
from scheduler.cron import read_cron
from scheduler.due import Schedule
from scheduler.scheduled_source import ScheduledSource


def crawl_job(config: Config, source: SourceSection) -> CrawlJob:
    """Return the crawl of one source; its own keys of politeness go before those of `crawl`."""
    return CrawlJob(
        database=config.database,
        source=Source(
            name=source.name,
            agency=source.agency,
            kind=Kind(source.kind),
            listing=source.listing,
            site=source.site,
            revisits=source.revisits,
            sweep=source.sweep.every.total_seconds(),
            politeness=politeness(config.crawl, source),
        ),
        mass=config.mass,
        confirm=config.confirm,
        new_letters=Significance(config.new_letters),
        subscriptions=subscriptions(config, source.name),
    )


def subscriptions(config: Config, source: str) -> tuple[Subscription, ...]:
    """Return what alert channels want to hear of a source."""
    return tuple(
        Subscription(
            channel=each.label,
            significance=Significance(each.significance),
            kinds=each.kinds,
            categories=tuple(map(Category, each.categories)),
            words=each.words,
        )
        for each in config.notify
        if not each.sources or source in each.sources
    )


def scheduled_sources(config: Config) -> list[ScheduledSource]:
    """Return every source of the configuration with its schedule."""
    return [
        ScheduledSource(crawl_job(config, source), _schedule(config, source))
        for source in config.sources
    ]


def _schedule(config: Config, source: SourceSection) -> Schedule:
    section = source.schedule
    return Schedule(
        every=section.every or SIX_HOURS,
        cron=read_cron(section.cron) if section.cron else None,
        zone=ZoneInfo(config.timezone),
        jitter=section.jitter,
    )


def schedules_in_words(config: Config) -> dict[str, str]:
    """Return the schedule of each source as text, so that two of them can be compared."""
    return {source.name: _in_words(_schedule(config, source)) for source in config.sources}


def _in_words(schedule: Schedule) -> str:
    when = schedule.cron.line if schedule.cron else str(schedule.every)
    return "|".join((when, str(schedule.jitter), schedule.zone.key))


def politeness(general: CrawlSection, source: CrawlSection | None = None) -> Politeness:
    """Return the politeness of `crawl`, with a source's own keys before it."""
    values = {name: getattr(general, name) for name in CrawlSection.model_fields}
    if source:
        own = source.model_fields_set & values.keys()
        values |= {name: getattr(source, name) for name in own}
    for name in ("delay", "timeout"):
        values[name] = values[name].total_seconds()
    return Politeness(**values)
