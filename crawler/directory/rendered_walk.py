"""Walks a directory whose pages are rendered in a browser, as `site: browser` asks for."""

from collections.abc import Iterable
from dataclasses import replace

from crawler.directory.browser import ListRenderer
from crawler.directory.first_page import Ask, html_of
from crawler.directory.walk import OnPage, walk
from crawler.directory.walk_result import AskedPage, WalkResult
from crawler.http.challenge import is_challenge
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from letters.addresses import RowSelection
from letters.crawl_record import PageError


async def walk_rendered(
    where: tuple[Ask, str, str],
    on_page: OnPage,
    most: int | None = None,
    before: RowSelection | None = None,
) -> WalkResult:
    """Read a directory, `most` of its pages at the most, as a reader sees them.

    `where` is what requests a page, the listing's URL and the user agent. A challenge is never
    run: a page that is one is returned as it was served. `before` are the rows as last read.
    """
    ask, listing, user_agent = where
    renderer = ListRenderer(ask, user_agent)
    pages: list[AskedPage] = []

    async def fetch(request: InterfaceRequest) -> Snapshot:
        page = await ask(request)
        pages.append(AskedPage(request, page))
        html = html_of(page)
        is_rendered = html is not None and not is_challenge(html)
        return await renderer.render(page) if is_rendered else page

    try:
        walked = await walk(fetch, listing, on_page, most, before)
    finally:
        await renderer.close()
    walked = replace(walked, asked=(*pages, *renderer.asked))
    return _naming_hosts(walked, renderer.other_hosts)


def _naming_hosts(walked: WalkResult, hosts: Iterable[str]) -> WalkResult:
    """Return a walk without rows with the other sites of which its scripts ask for lists."""
    named = ", ".join(hosts)
    if not (walked.failed and walked.errors and named):
        return walked
    first, *others = walked.errors
    reason = f"{first.reason}; its script asks another site, which is not asked: {named}"
    return replace(walked, errors=(PageError(first.url, reason), *others))
