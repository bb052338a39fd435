"""Fetches the attachments of letters: each is visited, and what it says becomes the letter's."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler.attachment.classify_file import (
    FileOutcome,
    FileVerdict,
    classify_file,
    is_beginning_of,
)
from crawler.attachment.file_name import with_known_name, with_served_name
from crawler.attachment.file_reader import FileReader
from crawler.attachment.file_visit import FileVisit
from crawler.attachment.text.file_text import READER
from crawler.http.fetch import UnreachedError, conditional_headers
from crawler.http.snapshot import Snapshot
from crawler.record.recorder import Recorder
from crawler.sweep_pace import is_recent
from crawler.visit import Visit
from letters.change import Window
from letters.letter import Attachment, FileState, Letter
from letters.urls import file_key, is_same_site
from letters.visit_span import VisitOutcome

Fetch = Callable[[str, dict[str, str] | None], Awaitable[Snapshot]]  # raises UnreachedError
VisitAgain = Callable[[Visit], Awaitable[Visit]]  # raises UnreachedError


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of one request for a file."""

    verdict: FileVerdict
    at: datetime
    since: datetime | None = None  # when it was asked for; None: nothing was served
    seen: Snapshot | None = None  # only where the file was read
    file: Attachment | None = None  # only where its bytes are known


class AttachmentFetcher:
    """Visits the files of letters: their own page says nothing of what they contain."""

    def __init__(self, fetch: Fetch, visit_again: VisitAgain, recorder: Recorder) -> None:
        self._fetch = fetch
        self._visit_again = visit_again
        self._recorder = recorder
        self._job = recorder.job
        self._store = recorder.files
        self._reader = FileReader()

    async def close(self) -> None:
        """End what reads files."""
        await self._reader.close()

    async def complete(self, visit: Visit) -> Visit:
        """Return a visit with a visit to each file that its letter offers.

        A page that is as it was can offer a file that is not: then the page is read
        again, so that the new state of the letter has the page as its evidence.
        """
        if visit.letter is not None:
            return await self._with_files(visit, visit.letter, {})
        if not visit.is_unmodified or visit.newest is None:
            return visit
        complete = await self._with_files(visit, visit.newest.letter, {})
        if complete.letter == visit.newest.letter:
            return replace(complete, letter=None)
        try:
            again = await self._visit_again(visit)
        except UnreachedError as error:
            reason = f"a file of it changed, its page: {error}"
            return complete.settled(VisitOutcome.UNREACHED, reason)
        if again.letter is None:
            again = (
                again.settled(VisitOutcome.BROKEN, _NOT_SERVED) if again.is_unmodified else again
            )
            return replace(again, files=complete.files)
        visited = {each.file.url: each for each in complete.files}
        return await self._with_files(again, again.letter, visited)

    async def _with_files(
        self, visit: Visit, letter: Letter, visited: Mapping[str, FileVisit]
    ) -> Visit:
        """Return a visit with the files of `letter`; those in `visited` were just asked for."""
        if not letter.attachments:
            return replace(visit, letter=letter)
        recorded = visit.newest.letter.attachments if visit.newest else ()
        known = {file_key(each.url): each for each in recorded}
        files, visits = [], []
        for each in letter.attachments:
            before = known.get(file_key(each.url), each)
            before = replace(before, name=with_known_name(each, before).name)
            if not is_same_site(each.url, self._job.source.listing):
                files.append(before)  # no request leaves the source's site
                continue
            file_visit = visited.get(before.url)
            if file_visit is None:
                file_visit = await self._visit(each.url, before, visit.address.letter_id)
                for state in (before, file_visit.file):
                    await self._read_text(state.digest)
            visits.append(file_visit)
            files.append(file_visit.file)
        letter = replace(letter, attachments=tuple(files))
        return replace(visit, letter=letter, files=tuple(visits))

    async def _visit(self, url: str, before: Attachment, letter_id: int | None) -> FileVisit:
        """Visit a file that the letter had as `before`, and that stands at `url` today."""
        state = self._store.state(letter_id, before.url)
        is_known = letter_id is None or self._is_recent(state.seen_at)
        answer = await self._ask(url, before, conditionally=is_known and not self._job.full)
        if answer.verdict.outcome is FileOutcome.GONE:
            gone = Window(state.seen_at, state.gone_at or answer.at)
            return self._gone(before, answer, gone, state.gone_crawls + 1)
        if answer.file is None:
            return FileVisit(before, answer.verdict, answer.at)
        is_same = await self._says_the_same(before, answer.file)
        if is_same:  # stamped anew, perhaps: then the first bytes stand for all
            kept = replace(before, name=answer.file.name, state=None)
            answer = replace(answer, file=kept)
        window = None
        if before.state is not None or (before.digest is not None and not is_same):
            answer = await self._confirmed(url, before, answer)
            window = Window(state.seen_at, answer.at)
        if answer.file is None:
            return FileVisit(before, answer.verdict, answer.at)
        if answer.seen and is_same:
            self._store.keep_validators(before.url, answer.seen)
        elif answer.seen:
            self._store.keep(answer.file, answer.seen)
        return FileVisit(answer.file, answer.verdict, answer.at, answer.since, window)

    def _is_recent(self, seen_at: datetime | None) -> bool:
        within = timedelta(seconds=self._job.source.sweep)
        return is_recent(seen_at, within, self._recorder.now())

    async def _ask(self, url: str, file: Attachment, *, conditionally: bool) -> _Answer:
        known = self._store.known(file.url) if conditionally else None
        asked = conditional_headers(known.etag, known.last_modified) if known else {}
        try:
            seen = await self._fetch(url, asked)
        except UnreachedError as error:
            return _Answer(FileVerdict(FileOutcome.NONE, str(error)), self._recorder.now())
        verdict = classify_file(file, seen, was_conditional=bool(asked))
        if verdict.outcome is FileOutcome.UNCHANGED and known:
            file = replace(file, digest=known.sha256, content=known.content, state=None)
            return _Answer(verdict, seen.fetched_at, file=file)
        answer = _Answer(verdict, seen.fetched_at, seen.since)
        if verdict.outcome is not FileOutcome.READ:
            return answer
        file = await self._read(with_served_name(file, seen), seen.body)
        return replace(answer, seen=seen, file=file)

    async def _read(self, file: Attachment, body: bytes) -> Attachment:
        digest = hashlib.sha256(body).hexdigest()
        if digest == file.digest:
            return replace(file, state=None)
        content = await self._reader.digest(body)
        return replace(file, digest=digest, content=content, state=None)

    async def _read_text(self, digest: str | None) -> None:
        """Read the text of the stored file with these bytes, where today's reader has not yet."""
        if digest is None or self._store.has_text(digest, READER):
            return
        body = self._store.body(digest)
        if body is not None:
            self._store.keep_text(digest, await self._reader.text(body))

    def _gone(self, before: Attachment, answer: _Answer, window: Window, crawls: int) -> FileVisit:
        """Return a visit that found a file gone, as `crawls` did: missing once `confirm` agree."""
        visit = FileVisit(before, answer.verdict, answer.at, answer.since)
        if before.state is FileState.MISSING or crawls < self._job.confirm:
            return visit
        return replace(visit, file=replace(before, state=FileState.MISSING), window=window)

    async def _says_the_same(self, before: Attachment, served: Attachment) -> bool:
        """Return whether a file says what it said, though it may be stamped anew.

        What it said is read again: another release of a library may have read it otherwise.
        """
        if before.says_the_same_as(served):
            return True
        body = self._store.body(before.digest) if served.content else None
        return body is not None and await self._reader.digest(body) == served.content

    async def _confirmed(self, url: str, before: Attachment, first: _Answer) -> _Answer:
        """Return the first answer, confirmed by a second request; else one without a file."""
        held = self._store.body(before.digest)
        if first.seen and held and is_beginning_of(before, first.seen.body, held):
            return _no_verdict(first, "truncated: it is but the beginning of what it was")
        if first.file is None:
            return first
        second = await self._ask(url, first.file, conditionally=False)
        if second.file is None:
            reason = f"it changed, a second visit: {second.verdict.reason}"
            return _no_verdict(second, reason)
        if not first.file.says_the_same_as(second.file):
            return _no_verdict(second, "two visits in a row disagree")
        return replace(first, since=second.since)


_NOT_SERVED = "a file of it changed, and its page is not served anew"


def _no_verdict(answer: _Answer, reason: str) -> _Answer:
    return _Answer(FileVerdict(FileOutcome.NONE, reason), answer.at)
