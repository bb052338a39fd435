"""From the configuration to the unit of work: what a crawl's own process is told."""

from crawler.job import CrawlJob, Manners, Source
from fuhan.sections import Config, SourceSection
from fuhan.sections import Manners as MannersSection
from letters.letter import Kind


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
            manners=_manners(config.crawl, source),
        ),
        mass=config.mass,
        confirm=config.confirm,
    )


def _manners(general: MannersSection, source: SourceSection) -> Manners:
    own = source.model_fields_set
    told = {
        name: getattr(source if name in own else general, name)
        for name in MannersSection.model_fields
    }
    for name in ("delay", "timeout"):
        told[name] = told[name].total_seconds()
    return Manners(**told)
