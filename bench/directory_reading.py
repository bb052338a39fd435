"""Reads a composed directory in this process: its rows by the walk of a crawl, its letters, files."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from crawler.attachment.text.file_text import read_file_text
from crawler.directory.interface_walk import walk_directory
from crawler.directory.walk_result import WalkResult
from crawler.http.decoding import decode
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from crawler.page.classify import classify
from crawler.page.dom import Page
from crawler.page.reader import read_page
from letters.letter import Kind, Letter
from letters.visit_span import VisitOutcome
from replica.directories.attached_files import lines_of
from replica.directories.composed_directory import ComposedDirectory, Expected
from replica.directories.composed_site import ComposedSite
from replica.document import Document

HOST = "http://gov.example"
Pair = tuple[Letter, Mapping[str, Any]]  # a letter as read, and what its page prints


@dataclass(frozen=True, slots=True)
class ReadDirectory:
    """What was read of a composed directory."""

    form: ComposedDirectory
    walked: WalkResult
    listed: int  # letters that the directory has
    missed: int  # of these, how many no row leads to
    surplus: int  # rows that lead to no letter of the directory
    pairs: tuple[Pair, ...]  # its letters that could be read
    files: int
    files_read: int

    @property
    def is_whole(self) -> bool:
        """Whether all was found and read, and a crawl would call it complete."""
        is_found = self.walked.is_whole and self.missed == self.surplus == 0
        return is_found and len(self.pairs) == self.listed and self.files_read == self.files

    @property
    def is_in_part(self) -> bool:
        """Whether the sign of what was not read is named, and no row is one of something else."""
        signs = " ".join(error.reason for error in self.walked.errors)
        return not self.walked.is_whole and self.form.sign in signs and not self.surplus

    @property
    def is_as_expected(self) -> bool:
        """Whether it is whole, or in part, as it must be."""
        return self.is_whole if self.form.expected is Expected.COMPLETE else self.is_in_part


def read_composed(form: ComposedDirectory) -> ReadDirectory:
    """Return what is read of a composed directory, all its letters listed."""
    site = ComposedSite(form)
    site.list_newest()
    walked = walk_composed(site)
    urls = {f"{HOST}{site.path(each)}" for each in site.listed}
    rows = {row.url for row in walked.rows.values()}
    read = [(_read_letter(site, each), site.truth(each)) for each in site.listed]
    files = [(each, file.content) for each in site.listed for file in each.files]
    return ReadDirectory(
        form,
        walked,
        listed=len(urls),
        missed=len(urls - rows),
        surplus=len(rows - urls),
        pairs=tuple((letter, truth) for letter, truth in read if letter),
        files=len(files),
        files_read=sum(_is_read(each, content) for each, content in files),
    )


def walk_composed(site: ComposedSite) -> WalkResult:
    """Return the rows of a composed directory as a crawl finds them."""

    async def ask(request: InterfaceRequest) -> Snapshot:
        return _answer(site, request)

    return asyncio.run(walk_directory(ask, HOST + site.form.listing, "auto", lambda _: None))


def _answer(site: ComposedSite, request: InterfaceRequest) -> Snapshot:
    parts = urlsplit(request.url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    answer = site.answer(request.method, path, request.body)
    headers = {"content-type": answer.content_type}
    at = datetime.now(UTC)
    return Snapshot(request.url, request.url, answer.status, headers, answer.body, at)


def _read_letter(site: ComposedSite, each: Document) -> Letter | None:
    """Return a letter as it is read; None where its page is not taken for one."""
    snapshot = _answer(site, InterfaceRequest("GET", f"{HOST}{site.path(each)}"))
    if classify(snapshot).outcome is not VisitOutcome.LETTER:
        return None
    html = decode(snapshot.body, snapshot.content_type)
    return read_page(Page(html, snapshot.url), Kind(each.kind))


def _is_read(each: Document, content: bytes) -> bool:
    text = read_file_text(content).text or ""
    return all(line in text for line in lines_of(each))
