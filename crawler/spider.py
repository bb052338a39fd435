"""The one spider: walks a directory, visits its letters, and hands each visit to the recorder."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from itertools import chain
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.directory.archives import with_archived
from crawler.directory.interface_walk import walk_directory
from crawler.directory.lost_parts import lost_part
from crawler.directory.plausibility import (
    between_pages,
    hidden_page,
    missing_keys,
    newest_alone,
    replacement,
    unreadable_row_of,
)
from crawler.directory.walk_result import WalkResult
from crawler.http.fetch import (
    NETWORK_ERRORS,
    conditional_headers,
    download,
    reason_of,
    snapshot_of,
)
from crawler.http.robots import SLOWED
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from crawler.job import BROWSER, CrawlJob
from crawler.letter_fetch import LetterFetcher
from crawler.plan import Plan
from crawler.record.recorder import Recorder
from crawler.sweep_pace import is_recent
from letters.addresses import KnownAddress
from letters.crawl_record import PageError
from letters.urls import url_key
from letters.visit_span import VisitOutcome

_LOADED = 200  # addresses at once


class LettersSpider(Spider):
    """Crawls one source once, as its job says."""

    name = "letters"

    def __init__(
        self, job: CrawlJob, recorder: Recorder, on_progress: Callable[[dict[str, int]], None]
    ) -> None:
        super().__init__()
        self.job = job
        self.recorder = recorder
        self.on_progress = on_progress
        self.failed = False  # the directory's first page could not be read
        self.is_done = False  # everything that was due was asked for
        self.selection = recorder.last_selection()  # of rows, when last read to the end
        self.due = 0
        self.visited = 0
        # A file may be larger than a page.
        fetch_file = partial(self.fetch, download_maxsize=job.source.politeness.max_file)
        self.letters = LetterFetcher(self.fetch, fetch_file, recorder)

    async def start(self) -> AsyncIterator[Request]:
        """Yield a request for each letter that is due; first walk the directory."""
        plan = (await self._plan()).within(self.job.limit)
        self.due = len(plan)
        for address in plan.first:
            self.recorder.record(await self.letters.visit(address))
            self._report_visit()
        for address in chain(plan.others, self._revisits(plan.revisits)):
            if self.crawler.engine.needs_backout():
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            yield self._request(address)
        self.is_done = True

    def _revisits(self, ids: Sequence[int]) -> Iterator[KnownAddress]:
        for first in range(0, len(ids), _LOADED):
            yield from self.recorder.settled(ids[first : first + _LOADED])

    async def closed(self, _reason: str) -> None:
        """End what reads files; Scrapy calls this in the end, whatever the crawl's."""
        await self.letters.close()

    async def read_letter(self, response: Response, address: KnownAddress) -> None:
        """Record what an answer shows, confirmed by a second one where it shows an edit."""
        snapshot = snapshot_of(response, address.url, self.recorder.now())
        visit = await self.letters.read(address, snapshot)
        for twin in self.recorder.twins_to_visit(visit):
            self.recorder.record(await self.letters.visit(twin))
        self.recorder.record(visit)
        self._report_visit()

    def missed(self, failure: Failure) -> None:
        """Record that a request was not answered; raise again what is no network error."""
        address: KnownAddress = failure.request.cb_kwargs["address"]  # type: ignore[attr-defined]
        if not isinstance(failure.value, NETWORK_ERRORS):
            failure.raiseException()
        self.recorder.record(self.letters.unreached(address, reason_of(failure.value)))
        self._report_visit()

    async def fetch(
        self, url: str, headers: dict[str, str] | None = None, **meta: Any
    ) -> Snapshot:
        """Return the answer at `url`; raise UnreachedError when none comes."""
        request = Request(url, headers=headers, meta=meta, dont_filter=True)
        return await download(self.crawler, request, url, self.recorder.now)

    async def ask(self, asked: InterfaceRequest) -> Snapshot:
        """Return the answer of a directory's page or interface; raise UnreachedError for none."""
        headers, body = dict(asked.headers), asked.body.encode()
        request = Request(asked.url, None, asked.method, headers, body, dont_filter=True)
        return await download(self.crawler, request, asked.url, self.recorder.now)

    async def _plan(self) -> Plan:
        if self.job.urls:
            keys = {url_key(url): url for url in self.job.urls}
            self.recorder.record_addresses(list(keys.items()))
            asked = [known for known in self.recorder.known_addresses() if known.key in keys]
            return Plan((), tuple(asked))
        began_at = self.recorder.now()
        walked = await self._walk()
        known, listed = self.recorder.unlisted_addresses(walked.rows.keys())
        if walked.is_whole and walked.pages > 1 and missing_keys(walked, known):
            # Its rows may have moved on while it was read.
            walked = walked.merged(await self._walk())
        walked = await with_archived(self.ask, walked, known)
        walked = await self._doubted(walked, known, listed)
        self.failed = walked.failed
        self.recorder.crawl.tally.errors += (*walked.errors, *walked.unread)
        if walked.failed:
            self.recorder.record_unread_directory(began_at, walked.asked)
            return Plan((), ())
        return self._plan_by(walked, known, began_at)

    async def _walk(self) -> WalkResult:
        source, report = self.job.source, self._report_walk
        if source.site == BROWSER:  # it needs Playwright, which is not always there
            rendered = import_module("crawler.directory.rendered_walk")
            where = self.ask, source.listing, source.politeness.user_agent
            walked: WalkResult = await rendered.walk_rendered(where, report, before=self.selection)
            return walked
        where = self.ask, source.listing, source.site
        return await walk_directory(*where, report, before=self.selection)

    async def _doubted(
        self, walked: WalkResult, known: list[KnownAddress], listed: int
    ) -> WalkResult:
        """Return a walk with an error where it is another directory's, or not a whole one."""
        listing = self.job.source.listing
        if walked.failed:
            return walked
        if replaced := replacement(walked, known, listed, self.selection):
            is_accepted = self.recorder.quarantine.accepts_replacement(replaced.reason)
            return walked if is_accepted else replaced.doubted(walked, listing)
        if reason := unreadable_row_of(walked, known):
            return walked.with_error(PageError(listing, reason))
        if missing_keys(walked, known):
            most = self.recorder.most_listed()
            reasons = (
                newest_alone(walked, known, most),
                between_pages(walked, known, most),
                lost_part(walked, known),
            )
            if reason := next(filter(None, reasons), None):
                return walked.with_error(PageError(listing, reason))
        hidden = await hidden_page(self.ask, walked, known) if walked.is_whole else None
        return walked.with_error(hidden) if hidden else walked

    def _plan_by(self, walked: WalkResult, known: list[KnownAddress], began_at: datetime) -> Plan:
        rows = list(walked.rows.values())
        recorded = self.recorder.record_directory(
            rows,
            began_at,
            whole=walked.is_whole,
            selection=walked.selection,
            asked=walked.asked,
        )
        absent = [each for each in known if each.key not in walked.rows]
        return self.recorder.plan(absent, recorded)

    def _request(self, address: KnownAddress) -> Request:
        # Only a page that was there the last time can be as it was.
        is_here = address.outcome is VisitOutcome.LETTER and not self.job.full
        within = timedelta(seconds=self.job.source.sweep)
        is_known = is_here and is_recent(address.served_at, within, self.recorder.now())
        headers = conditional_headers(address.etag, address.last_modified) if is_known else {}
        return Request(
            address.url,
            callback=self.read_letter,
            errback=self.missed,
            headers=headers,
            cb_kwargs={"address": address},
            dont_filter=True,
        )

    def _report_visit(self) -> None:
        self.visited += 1
        tally = self.recorder.crawl.tally
        self._report_counts(
            {
                "listed": tally.counts["listed"],
                "visited": self.visited,
                "due": self.due,
                "changed": len(tally.changed),
                "errors": len(tally.errors),
            }
        )

    def _report_walk(self, listed: int) -> None:
        self._report_counts({"listed": listed, "visited": 0, "due": 0})

    def _report_counts(self, counts: dict[str, int]) -> None:
        slowed = self.crawler.stats.get_value(SLOWED, 0)
        self.on_progress(counts | {"slowed": slowed})
