"""Fetches letters: each with its further pages and its files, an edit twice in a row."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from crawler.attachment_fetch import AttachmentFetcher, Fetch
from crawler.http.decoding import has_end
from crawler.http.fetch import UnreachedError
from crawler.http.snapshot import Snapshot
from crawler.page.further_pages import MOST_PAGES
from crawler.record.parser_upgrade import with_digests
from crawler.record.recorder import Recorder
from crawler.record.unreadable import LastVersionError
from crawler.visit import Visit, is_of_another_page, read_answer
from letters.addresses import KnownAddress
from letters.letter_record import NewestVersion
from letters.visit_span import VisitOutcome

FetchPage = Callable[[str], Awaitable[Snapshot]]  # raises UnreachedError


class LetterFetcher:
    """Visits letters: requests what an answer alone doesn't show, and reads it all."""

    def __init__(self, fetch_page: FetchPage, fetch_file: Fetch, recorder: Recorder) -> None:
        self._fetch = fetch_page
        self._recorder = recorder
        self._job = recorder.job
        self._files = AttachmentFetcher(fetch_file, self._visit_again, recorder)

    async def close(self) -> None:
        """End what reads files."""
        await self._files.close()

    async def visit(self, address: KnownAddress) -> Visit:
        """Return a visit to an address; where no answer comes, one that says so."""
        try:
            visit = await self._fetch_letter(address, self._recorder.newest(address))
        except UnreachedError as error:
            return self.unreached(address, str(error))
        except LastVersionError as error:
            return self._broken(address, str(error))
        return await self._confirmed(visit)

    async def read(self, address: KnownAddress, snapshot: Snapshot) -> Visit:
        """Return the visit that an answer shows; an answer of another page is asked for again."""
        if is_of_another_page(address, snapshot):
            return await self.visit(address)
        try:
            newest = self._recorder.newest(address)
        except LastVersionError as error:
            return self._broken(address, str(error))
        visit = await self._whole(self._read_answer(address, snapshot, newest))
        return await self._confirmed(visit)

    async def _visit_again(self, visit: Visit) -> Visit:
        return await self._fetch_letter(visit.address, visit.newest)

    async def _fetch_letter(self, address: KnownAddress, newest: NewestVersion | None) -> Visit:
        snapshot = await self._fetch(address.url)
        return await self._whole(self._read_answer(address, snapshot, newest))

    def unreached(self, address: KnownAddress, reason: str) -> Visit:
        """Return the visit to an address that gave no answer."""
        return Visit(address, self._recorder.now(), VisitOutcome.UNREACHED, reason)

    def _broken(self, address: KnownAddress, reason: str) -> Visit:
        return Visit(address, self._recorder.now(), VisitOutcome.BROKEN, reason)

    async def _whole(self, visit: Visit) -> Visit:
        """Return a visit with the further pages of a letter that is printed on several."""
        while visit.more and visit.snapshot:
            if len(visit.snapshot.further) + len(visit.more) > MOST_PAGES:
                reason = f"the letter goes on at {visit.more[0]}, which is not read"
                return visit.settled(VisitOutcome.BROKEN, reason)
            try:
                pages = [await self._fetch(url) for url in visit.more]
            except UnreachedError as error:
                return visit.settled(VisitOutcome.UNREACHED, f"a further page of it: {error}")
            further = (*visit.snapshot.further, *pages)
            snapshot = replace(visit.snapshot, further=further)
            visit = self._read_answer(visit.address, snapshot, visit.newest)
        return visit

    def _read_answer(
        self, address: KnownAddress, snapshot: Snapshot, newest: NewestVersion | None
    ) -> Visit:
        directory = self._recorder.crawl.directory
        is_listed = bool(self._job.urls) or (
            directory is not None and address.key in directory.keys
        )
        reader = self._recorder.crawl.reader
        return read_answer(address, snapshot, reader, is_listed=is_listed, newest=newest)

    async def _confirmed(self, visit: Visit) -> Visit:
        """Return a visit with its files; one that shows an edit must show it twice in a row."""
        visit = await self._files.complete(visit)
        letter, address = visit.letter, visit.address
        if letter is None or address.letter_id is None or letter.digest() == address.digest:
            return visit
        try:
            again = await self._visit_again(visit)
        except UnreachedError as error:
            return visit.settled(VisitOutcome.BROKEN, f"an edit without a second look: {error}")
        second = again.letter and with_digests(again.letter, letter)
        if second is None or second.digest() != letter.digest():
            return visit.settled(VisitOutcome.BROKEN, _disagreement(visit))
        return visit


def _disagreement(visit: Visit) -> str:
    """Return in words that two visits disagree; where the page has no end, it may be cut off."""
    is_whole = visit.snapshot is None or has_end(visit.snapshot.body)
    return f"two looks in a row disagree{'' if is_whole else ': truncated, or without an end'}"
