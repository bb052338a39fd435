"""Looks for the channels of a home page by their names, two clicks deep at most."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from crawler.directory.first_page import Ask
from crawler.directory.link_targets import is_document_url, is_file_url, target_of
from crawler.directory.row_parts import title_of
from crawler.http.decoding import UndecodableError, decode
from crawler.http.snapshot import Snapshot
from fuhan.probe.channel_names import is_channel_name, is_menu_name
from fuhan.probe.listing_pages import ListingPages, read_pages
from letters.text import canonical
from letters.urls import is_same_site, url_key

MOST_PAGES = 20  # of a site that are asked for
CLICKS = 2


@dataclass(frozen=True, slots=True)
class FoundChannel:
    """A channel that a page leads to, and what stands there."""

    name: str  # as its link says
    url: str
    what: str  # in words
    is_directory: bool  # it lists papers, so that it can be probed


@dataclass(frozen=True, slots=True)
class _Lead:
    """A link that may lead to a channel."""

    name: str
    url: str
    clicks: int  # from the page that the search began with
    is_menu: bool = False  # it leads to a part of the site, not to a channel


class ChannelSearch:
    """A search for channels that begins with one page."""

    def __init__(self, ask: Ask, on_page: Callable[[int], None] = lambda _: None) -> None:
        self._ask = ask
        self._on_page = on_page  # called with how many pages were asked for
        self._seen: set[str] = set()
        self._found: dict[str, FoundChannel] = {}
        self.asked = 0  # pages

    async def search(self, first: Snapshot) -> tuple[FoundChannel, ...]:
        """Return the channels to which the page `first` leads, those that list papers first."""
        self._seen.add(url_key(first.final_url))
        leads = list(self._leads(first, 1))
        await self._follow([lead for lead in leads if not lead.is_menu])
        if not self._has_directory():
            await self._follow([lead for lead in leads if lead.is_menu])
        return tuple(sorted(self._found.values(), key=lambda each: not each.is_directory))

    def _has_directory(self) -> bool:
        return any(each.is_directory for each in self._found.values())

    async def _follow(self, leads: list[_Lead]) -> None:
        """Ask for the pages of `leads`, and then for those to which these lead."""
        while leads and self.asked < MOST_PAGES:
            lead = leads.pop(0)
            self.asked += 1
            self._on_page(self.asked)
            reading = await read_pages(self._ask, lead.url, most=1)
            if not lead.is_menu:
                self._add(lead, reading)
            if not reading.lists_papers and lead.clicks < CLICKS and reading.served:
                further = self._leads(reading.served[0], lead.clicks + 1)
                leads.extend(each for each in further if not each.is_menu)

    def _add(self, lead: _Lead, reading: ListingPages) -> None:
        is_directory = reading.lists_papers and not reading.is_hub
        self._found[lead.url] = FoundChannel(lead.name, lead.url, _what(reading), is_directory)
        for channel in reading.first.channels if reading.first else ():
            name = channel.name or lead.name
            self._found.setdefault(
                channel.url, FoundChannel(name, channel.url, f"shown in part by {lead.url}", True)
            )

    def _leads(self, answer: Snapshot, clicks: int) -> Iterator[_Lead]:
        """Yield the links of a page whose words name channels, or menus."""
        try:
            tree = LexborHTMLParser(decode(answer.body, answer.content_type))
        except UndecodableError:
            return
        for anchor in tree.css("a, area"):
            words, url = canonical(title_of(anchor)), target_of(anchor, answer.final_url)
            is_menu = is_menu_name(words)
            if url is None or not (is_menu or is_channel_name(words)):
                continue
            if is_document_url(url) or is_file_url(url) or url_key(url) in self._seen:
                continue
            self._seen.add(url_key(url))
            if is_same_site(url, answer.final_url):
                yield _Lead(words, url, clicks, is_menu)
            elif not is_menu:
                self._found[url] = FoundChannel(words, url, "on another site, not asked", False)


def _what(reading: ListingPages) -> str:
    """Return in words what stands at a channel's URL."""
    if reading.is_hub:
        return "a hub, which shows the newest of several channels"
    rows = len(reading.walked.rows)
    if not reading.lists_papers:
        return reading.obstacle or f"no directory of letters: {rows} links to other pages"
    pages = reading.first.total_pages if reading.first else None
    return (
        f"{rows} letters on the first of {pages} pages"
        if pages and pages > 1
        else f"{rows} letters"
    )
