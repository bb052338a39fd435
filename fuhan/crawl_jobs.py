"""From the configuration to the unit of work: what a crawl's own process is told."""

from zoneinfo import ZoneInfo

from crawler.job import CrawlJob, Politeness, Source
from fuhan.config.sections import SIX_HOURS, Config, CrawlSection, SourceSection
from letters.change import Significance
from letters.letter import Kind
from scheduler.cron import read_cron
from scheduler.due import Schedule
from scheduler.scheduled_source import ScheduledSource


def crawl_job(config: Config, source: SourceSection) -> CrawlJob:
    """Return the crawl of one source; what it says of manners goes before `crawl`."""
    return CrawlJob(
        database=config.database,
        source=Source(
            name=source.name,
            agency=source.agency,
            kind=Kind(source.kind),
            listing=source.listing,
            site=source.site,
            revisits=source.revisits,
            politeness=politeness(config.crawl, source),
        ),
        mass=config.mass,
        confirm=config.confirm,
        new_letters=Significance(config.new_letters),
    )


def watches(config: Config) -> list[ScheduledSource]:
    """Return what the service keeps watched: every source with its schedule."""
    return [
        ScheduledSource(crawl_job(config, source), _schedule(config, source), source.sweep.every)
        for source in config.sources
    ]


def _schedule(config: Config, source: SourceSection) -> Schedule:
    told = source.schedule
    return Schedule(
        every=told.every or SIX_HOURS,
        cron=read_cron(told.cron) if told.cron else None,
        zone=ZoneInfo(config.timezone),
        jitter=told.jitter,
    )


def politeness(general: CrawlSection, source: CrawlSection | None = None) -> Politeness:
    """Return the manners of `crawl`, with what a source says of its own before them."""
    told = {name: getattr(general, name) for name in CrawlSection.model_fields}
    if source:
        told |= {name: getattr(source, name) for name in source.model_fields_set & told.keys()}
    for name in ("delay", "timeout"):
        told[name] = told[name].total_seconds()
    return Politeness(**told)
