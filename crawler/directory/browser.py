"""Renders list pages in Chromium, which has no network of its own.

Whatever a page asks for while it is rendered is requested as any page is: by Scrapy, of the same
site alone, with its delays, its robots.txt, its proxy and its certificates.
"""

import asyncio
import os
import shutil
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Request,
    Route,
    async_playwright,
)
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from crawler.directory.first_page import Ask
from crawler.directory.walk_result import AskedPage
from crawler.http.fetch import UnreachedError
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from letters.urls import is_same_site

MOST_REQUESTS = 60  # of one page, before it is given up
_SETTLES_WITHIN = 120.0  # seconds, with the delays between its requests
_STAYS = 2.0  # seconds for which nothing comes to a page that is rendered: some lists are late
_NEEDED = {"script", "xhr", "fetch"}  # what fills a list; a picture or a font doesn't
_OF_LISTS = {"xhr", "fetch"}
_SENT = {"accept", "content-type", "referer", "x-requested-with"}  # the others are Scrapy's
_UNFULFILLED = {"content-encoding", "content-length", "transfer-encoding", "set-cookie"}
_ARGUMENTS = ["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"]


@dataclass(slots=True)
class _Rendering:
    """One page while it is rendered."""

    page: Snapshot
    tab: Page
    is_open: bool = False
    requests: int = 0
    answered: int = 0  # of them, or refused
    refused: list[str] = field(default_factory=list)  # requests that got no answer


class ListRenderer:
    """Renders the list pages of one source, each in a tab of its own of one browser."""

    def __init__(self, ask: Ask, user_agent: str, stays: float = _STAYS) -> None:
        self._ask = ask
        self._stays = stays
        self.asked: list[AskedPage] = []  # what pages asked for, and the answers
        self.other_hosts: dict[str, None] = {}  # of other sites, which lists were asked of
        self._user_agent = user_agent
        self._scripts: dict[str, Snapshot] = {}  # by URL: pages of a list share them
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    async def render(self, page: Snapshot) -> Snapshot:
        """Return a page as a reader sees it once its scripts have run.

        Raises UnreachedError where it does not settle, a request of its list got no answer, or
        Chromium can't be started.
        """
        context = await self._context()
        try:
            rendering = _Rendering(page, await context.new_page())
            await context.route("**/*", lambda route: self._answer(route, rendering))
            async with asyncio.timeout(_SETTLES_WITHIN):
                html = await self._settled(rendering)
        except (PlaywrightTimeoutError, TimeoutError) as error:
            reason = f"in a browser it does not settle in {_SETTLES_WITHIN:.0f} s"
            raise UnreachedError(reason) from error
        except PlaywrightError as error:
            raise UnreachedError(f"in a browser: {_first_line(error)}") from error
        finally:
            await context.close()
        if rendering.refused:
            raise UnreachedError(f"in a browser: {rendering.refused[0]}")
        headers = {**page.headers, "content-type": "text/html; charset=utf-8"}
        return replace(page, headers=headers, body=html.encode("utf-8", "replace"))

    async def _settled(self, rendering: _Rendering) -> str:
        """Return a page's HTML once all it asks for has come, and no links come any more."""
        tab, wait = rendering.tab, self._stays * 1000
        await tab.goto(rendering.page.final_url, wait_until="load", timeout=0)
        await tab.wait_for_load_state("networkidle", timeout=0)
        before = None
        while (now := (rendering.requests, await tab.locator("a").count())) != before or (
            rendering.answered < rendering.requests
        ):
            before = now
            await tab.wait_for_timeout(wait)
        return await tab.content()

    async def close(self) -> None:
        """End the browser, if one was started."""
        if self._browser is not None:
            await self._browser.close()
        if self._playwright is not None:
            await self._playwright.stop()

    async def _context(self) -> BrowserContext:
        if self._browser is None:
            self._playwright = await async_playwright().start()
            self._browser = await _launch(self._playwright)
        return await self._browser.new_context(
            locale="zh-CN",
            user_agent=self._user_agent,
            service_workers="block",
            accept_downloads=False,
        )

    async def _answer(self, route: Route, rendering: _Rendering) -> None:
        """Answer a request of a page: with the page itself, by Scrapy, or not at all."""
        request = route.request
        if request.is_navigation_request():
            await self._open(route, rendering)
            return
        is_own = is_same_site(request.url, rendering.page.final_url)
        if request.resource_type not in _NEEDED or not is_own:
            if request.resource_type in _OF_LISTS:
                self.other_hosts[urlsplit(request.url).netloc] = None
            await route.abort()
            return
        rendering.requests += 1
        try:
            await _fulfil(route, await self._requested(request, rendering.requests))
        except UnreachedError as error:
            rendering.refused.append(f"{request.url}: {error}")
            await route.abort()
        finally:
            rendering.answered += 1

    async def _open(self, route: Route, rendering: _Rendering) -> None:
        """Answer with the page itself, once; one that leads on, to itself too, is no list."""
        if not _is_of_tab(route.request, rendering.tab):
            await route.abort()
        elif rendering.is_open:
            rendering.refused.append(f"its script leads on to {route.request.url}")
            await route.abort()
        else:
            rendering.is_open = True
            await _fulfil(route, rendering.page)

    async def _requested(self, request: Request, number: int) -> Snapshot:
        if number > MOST_REQUESTS:
            raise UnreachedError(f"it makes more than {MOST_REQUESTS} requests")
        if (script := self._scripts.get(request.url)) is not None:
            return script
        headers = await request.all_headers()
        body = (request.post_data_buffer or b"").decode("utf-8", "replace")
        sent = tuple((name, value) for name, value in headers.items() if name in _SENT)
        asked = InterfaceRequest(request.method, request.url, body, sent)
        answer = await self._ask(asked)
        self.asked.append(AskedPage(asked, answer))
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise UnreachedError(f"HTTP {answer.status}")
        if request.resource_type == "script" and request.method == "GET":
            self._scripts[request.url] = answer
        return answer


def _is_of_tab(request: Request, tab: Page) -> bool:
    """Return whether a page is opened in the tab itself: in no frame, in no window of its own."""
    try:
        return request.frame.parent_frame is None and request.frame.page is tab
    except PlaywrightError:  # a window that is just being opened has no frame yet
        return False


async def _launch(playwright: Playwright) -> Browser:
    """Start Debian's Chromium, or Playwright's own; a page never runs outside its sandbox."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    is_root = os.geteuid() == 0  # Chromium's sandbox does not run as root
    arguments: dict[str, Any] = {"args": _ARGUMENTS, "chromium_sandbox": not is_root}
    try:
        return await playwright.chromium.launch(executable_path=path, **arguments)
    except PlaywrightError as error:
        raise UnreachedError(f"Chromium can't be started: {_first_line(error)}") from error


async def _fulfil(route: Route, answer: Snapshot) -> None:
    headers = {name: value for name, value in answer.headers.items() if name not in _UNFULFILLED}
    await route.fulfill(status=answer.status, headers=headers, body=answer.body)


def _first_line(error: PlaywrightError) -> str:
    return str(error).strip().partition("\n")[0]
