"""Probes a listing: its first pages, some of its letters twice, or the channels of a hub."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from crawler.page.dom import Page
from fuhan.probe.agency import NO_VALUE, EntryValue, choose_agency, owner_of
from fuhan.probe.channel_names import is_channel_name
from fuhan.probe.channel_search import MOST_PAGES, ChannelSearch, FoundChannel
from fuhan.probe.entry import entry_yaml, source_name
from fuhan.probe.kind import choose_kind
from fuhan.probe.letter_reading import LetterReading, spread, visit_row
from fuhan.probe.listing_pages import ListingPages, read_pages
from fuhan.probe.probed_site import ProbedSite
from fuhan.probe.recognition import parsed
from letters.letter import Letter
from letters.text import canonical

_WORDS = re.compile(r"[\s_|｜\-—–]+")  # between the parts of a <title>

OnProgress = Callable[[Mapping[str, int]], None]


@dataclass(frozen=True, slots=True)
class Probe:
    """What a probe of a listing showed."""

    listing: str
    robots: str  # in words
    directory: ListingPages
    readings: tuple[LetterReading, ...] = ()
    channels: tuple[FoundChannel, ...] = ()  # of a home page or a hub
    agency: EntryValue = NO_VALUE
    kind: EntryValue = NO_VALUE
    lists_letters: bool = True  # by its name, its rows' titles, or what its letters say

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The letters that were read."""
        return tuple(letter for each in self.readings if (letter := each.letter))

    @property
    def is_watchable(self) -> bool:
        """Whether it is a directory of which a letter could be read."""
        is_list = not self.channels and not self.directory.is_hub
        return is_list and self.lists_letters and bool(self.letters)

    def entry(self) -> dict[str, str]:
        """Return the entry for `sources:` in config.yaml that watches the listing."""
        return {
            "name": source_name(self.listing),
            "agency": self.agency.value,
            "kind": self.kind.value,
            "listing": self.listing,
        }

    def yaml(self) -> str:
        """Return the configuration that watches the listing, with a comment for each doubt."""
        doubts = {"agency": self.agency.doubt, "kind": self.kind.doubt}
        doubts |= {"each crawl will be partial": self.directory.obstacle}
        return entry_yaml(self.entry(), {key: why for key, why in doubts.items() if why})


async def probe_listing(site: ProbedSite, listing: str, on_progress: OnProgress) -> Probe:
    """Return what a probe of `listing` shows; `on_progress` is called with counts as they grow."""
    robots = await site.robots(listing)
    directory = await read_pages(site.ask, listing)
    pages = parsed(directory.served)
    named = " ".join(map(_name_of, pages))
    is_likely = directory.lists_papers or _is_channel(directory, named)
    if directory.is_hub or not is_likely:
        channels = await _channels(site, directory, on_progress)
        if channels or directory.walked.failed:
            return Probe(listing, robots, directory, channels=channels)
    readings = await _read_letters(site, directory, on_progress)
    letters = [letter for each in readings if (letter := each.letter)]
    read = parsed(each.first.snapshot for each in readings if each.first.snapshot)
    names = [page.meta_tags.get("sitename", "") for page in (*pages, *read)]
    agency = choose_agency(letters, owner_of(names, map(_name_of, pages)))
    kind = choose_kind(letters, named)
    lists_letters = is_likely or any(map(_answers_paper, letters))
    probe = Probe(listing, robots, directory, readings, agency=agency, kind=kind)
    return replace(probe, lists_letters=lists_letters)


def _answers_paper(letter: Letter) -> bool:
    """Return whether a letter says which proposal or suggestion it is about, or whose."""
    return bool(letter.number or letter.session or letter.addressees or letter.feedback)


def _name_of(page: Page) -> str:
    """Return what a page calls itself: the words of its <title> element."""
    title = page.tree.css_first("title")
    return canonical(title.text()) if title is not None else ""


def _is_channel(directory: ListingPages, named: str) -> bool:
    """Return whether a page with rows is a channel of papers by its name."""
    return bool(directory.walked.rows) and any(map(is_channel_name, _WORDS.split(named)))


async def _channels(
    site: ProbedSite, directory: ListingPages, on_progress: OnProgress
) -> tuple[FoundChannel, ...]:
    """Return the channels of a hub, or those to which a home page leads."""
    if directory.first is not None and directory.is_hub:
        return tuple(
            FoundChannel(each.name, each.url, "shown in part", is_directory=True)
            for each in directory.first.channels
        )
    if not directory.served:
        return ()
    search = ChannelSearch(
        site.ask, lambda asked: on_progress({"visited": asked, "due": MOST_PAGES})
    )
    return await search.search(directory.served[0])


async def _read_letters(
    site: ProbedSite, directory: ListingPages, on_progress: OnProgress
) -> tuple[LetterReading, ...]:
    """Read some of the letters, and all of these again."""
    rows = spread([*directory.walked.rows.values()])
    counts = {"listed": len(directory.walked.rows), "due": len(rows) * 2}
    first = []
    for row in rows:
        first.append(await visit_row(site.fetch, row))
        on_progress(counts | {"visited": len(first)})
    readings: list[LetterReading] = []
    for row, visit in zip(rows, first, strict=True):
        again = await visit_row(site.fetch, row) if visit.letter else None
        readings.append(LetterReading(row, visit, again))
        on_progress(counts | {"visited": len(first) + len(readings)})
    return tuple(readings)
