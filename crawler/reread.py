"""Reads a letter's newest version again when a better parser has come since."""

from dataclasses import replace

from sqlalchemy import Connection

from crawler.decode import decode
from crawler.letters import PARSER, read_page
from crawler.outcomes import record_reparse
from crawler.page import Page
from crawler.unsure import Facts
from letters.archive import Cause
from letters.letter import Attachment, Kind, Letter
from letters.urls import file_key
from storage.evidence import fetch
from storage.newest import newest_version, snapshot_row
from storage.record import Reading


def reread(connection: Connection, kind: Kind, letter_id: int) -> tuple[str, Facts]:
    """Return the digest that today's parser gives the newest version's page, and what was kept.

    What the parser reads better is kept as a version of its own, so that it is never
    told as the publisher's edit.
    """
    old, parser, snapshot_id = newest_version(connection, letter_id)
    if parser == PARSER:
        return old.digest(), {}
    snapshot = snapshot_row(connection, snapshot_id)
    letter = read_again(fetch(connection, snapshot.sha256), snapshot.headers, old, kind)
    if letter.digest() == old.digest():
        return old.digest(), {}
    at = snapshot.fetched_at
    reading = Reading(letter, snapshot_id, at, at, PARSER, Cause.REPARSE)
    return letter.digest(), record_reparse(connection, letter_id, reading)


def read_again(body: bytes, headers: dict[str, str], old: Letter, kind: Kind) -> Letter:
    """Return what today's parser reads in a stored page; files keep the digests they had."""
    html = decode(body, headers.get("content-type", ""))
    return with_digests(read_page(Page(html, old.url), kind), old)


def with_digests(letter: Letter, old: Letter) -> Letter:
    """Return `letter` with what `old` knows of the same files, where it knows nothing itself.

    An address that differs by its session alone is the same: it stays as it was.
    """
    known = {file_key(each.url): each for each in old.attachments}
    files = tuple(_as_known(each, known.get(file_key(each.url))) for each in letter.attachments)
    return replace(letter, attachments=files)


def _as_known(file: Attachment, known: Attachment | None) -> Attachment:
    if known is None:
        return file
    is_seen = file.digest is not None or file.state is not None
    return replace(file, url=known.url) if is_seen else replace(known, name=file.name)
