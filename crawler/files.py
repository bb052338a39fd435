"""Attachments of letters: fetched by conditional requests, their digests put into the letter."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from crawler.fetch import UnreachedError, conditional
from crawler.look import NOT_MODIFIED, Look
from crawler.recorder import Recorder
from crawler.reread import with_digests
from crawler.snapshot import Snapshot
from letters.letter import Attachment, Letter
from letters.urls import is_same_site
from storage import ledger
from storage.addresses import Known
from storage.files import KnownFile, keep_file, known_file

_OK = 200

Fetch = Callable[[str, dict[str, str] | None], Awaitable[Snapshot]]  # raises UnreachedError
LookAfresh = Callable[[Known], Awaitable[Look]]  # raises UnreachedError


class Files:
    """The attachments of one source."""

    def __init__(
        self, fetch: Fetch, look_afresh: LookAfresh, recorder: Recorder, listing: str
    ) -> None:
        self._fetch = fetch
        self._look_afresh = look_afresh
        self._recorder = recorder
        self._listing = listing

    async def complete(self, look: Look) -> Look:
        """Return `look` with the digest of each file that its letter offers.

        A page that is as it was can offer a file that is not: then the page is read
        again, so that the new state of the letter has the page as its evidence.
        """
        if look.letter is not None:
            return replace(look, letter=await self._with_files(look.letter, look))
        if not look.is_unmodified or look.known.letter_id is None:
            return look
        held = self._recorder.newest(look.known.letter_id)
        if not held.attachments or (await self._with_files(held, look)) == held:
            return look
        try:
            again = await self._look_afresh(look.known)
        except UnreachedError:
            return look  # the page itself is as it was; the file is asked for again next time
        return await self.complete(again) if again.letter else again

    async def _with_files(self, letter: Letter, look: Look) -> Letter:
        if not letter.attachments:
            return letter
        files = [await self._seen(each) for each in letter.attachments]
        letter = replace(letter, attachments=tuple(files))
        if look.known.letter_id is None:
            return letter
        return with_digests(letter, self._recorder.newest(look.known.letter_id))

    async def _seen(self, file: Attachment) -> Attachment:
        """Return the file with the digest of its bytes; without one where they did not come."""
        if not is_same_site(file.url, self._listing):
            return file
        known = self._known(file.url)
        asked = conditional(known.etag, known.last_modified) if known else {}
        try:
            seen = await self._fetch(file.url, asked)
        except UnreachedError:
            return file
        if seen.status == NOT_MODIFIED and known:
            return replace(file, digest=known.sha256)
        if seen.status != _OK or "html" in seen.content_type:
            return file  # a page in a file's place is a notice, not the file
        return replace(file, digest=self._keep(seen))

    def _known(self, url: str) -> KnownFile | None:
        with self._recorder.archive.reading() as connection:
            return known_file(connection, url)

    def _keep(self, seen: Snapshot) -> str:
        """Keep a file as it was served and return its sha256."""
        told = seen.headers.get("etag"), seen.headers.get("last-modified")
        with self._recorder.archive.writing() as connection:
            sha256 = keep_file(connection, seen.url, seen.body, *told)
            facts = {"file": seen.url, "at": seen.fetched_at.isoformat(), "sha256": sha256}
            ledger.append(connection, self._recorder.job.source.name, facts)
        return sha256
