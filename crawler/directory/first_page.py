"""The first page of a directory, fetched once: it decides how the rest is read."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlsplit

from crawler.directory.forwarding_page import forwarding_of
from crawler.http.decoding import UndecodableError, is_cut_off
from crawler.http.fetch import UnreachedError
from crawler.http.query_charset import decode_page
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest

MOST_LEADS = 2  # from a page that holds nothing to another one

Ask = Callable[[InterfaceRequest], Awaitable[Snapshot]]  # raises UnreachedError


class FirstPageOnce:
    """Fetches pages; the first, which decides how the rest is read, only once.

    Where the first only leads on to another page of the site, that is read in its place.
    """

    def __init__(self, ask: Ask, listing: str) -> None:
        self._ask = ask
        self._listing = listing
        self._answer: Snapshot | UnreachedError | None = None

    async def first(self) -> Snapshot | None:
        """Return the first page; None where no answer came."""
        try:
            answer = await self._ask(InterfaceRequest("GET", self._listing))
            self._answer = await self._led_on(answer)
        except UnreachedError as error:
            self._answer = error
            return None
        return self._answer

    async def _led_on(self, answer: Snapshot) -> Snapshot:
        """Return the page to which a first page leads that holds nothing; else that page."""
        for _ in range(MOST_LEADS):
            html = html_of(answer)
            forwarding = forwarding_of(html, answer.final_url) if html else None
            if forwarding is None or forwarding.url is None:
                return answer
            led_to = await self._ask(InterfaceRequest("GET", forwarding.url))
            answer = replace(led_to, url=self._listing)
        return answer

    async def __call__(self, request: InterfaceRequest) -> Snapshot:
        """Return the answer to a request; raise UnreachedError where none comes."""
        kept, self._answer = self._answer, None
        if request != InterfaceRequest("GET", self._listing) or kept is None:
            return await self._ask(request)
        if isinstance(kept, UnreachedError):
            raise kept
        return kept


def html_of(answer: Snapshot) -> str | None:
    """Return a directory's page as text; None where it is none that can be read."""
    if answer.status != HTTPStatus.OK or is_cut_off(answer.body):
        return None
    try:
        return decode_page(answer.body, answer.content_type)[0]
    except UndecodableError:
        return None


def with_fragment(url: str, listing: str) -> str:
    """Return the URL of a page with the fragment that was asked for: it may name the channel."""
    fragment = urlsplit(listing).fragment
    return f"{url.partition('#')[0]}#{fragment}" if fragment else url
