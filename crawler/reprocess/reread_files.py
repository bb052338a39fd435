"""Reads stored files again whose text another reader read, or none."""

import asyncio
from collections.abc import Mapping

from sqlalchemy import Connection

from crawler.attachment.file_reader import FileReader
from crawler.attachment.text.file_text import READER
from letters.file_text import FileText
from storage.database.archive import Archive
from storage.derived.corrections import stored_versions
from storage.derived.file_texts import file_text, store_file_text
from storage.derived.search_texts import lock_search_texts, write_search_texts_of_file
from storage.facts import ledger
from storage.facts.evidence import EvidenceError, load_evidence
from storage.facts.readable_letters import readable_letters


def reread_files(archive: Archive, letter_id: int) -> Mapping[str, FileText]:
    """Return what today's reader reads in the files of a letter, by the sha256 of their bytes.

    Files that it has read before are left out, as are those whose bytes are lost. No transaction
    is open meanwhile: a file may take a minute.
    """
    with archive.reading() as connection:
        bodies = {
            sha256: body
            for sha256 in sorted(_files(connection, letter_id))
            if (body := _unread_body(connection, sha256)) is not None
        }
    return asyncio.run(_read(bodies)) if bodies else {}


def keep_texts(connection: Connection, source: str, texts: Mapping[str, FileText]) -> None:
    """Keep texts that were read again."""
    if texts:
        lock_search_texts(connection)
    for sha256, text in texts.items():
        ledger.append(connection, source, store_file_text(connection, sha256, text))
        write_search_texts_of_file(connection, sha256)


async def _read(bodies: Mapping[str, bytes]) -> dict[str, FileText]:
    async with FileReader() as reader:
        return {sha256: await reader.text(body) for sha256, body in bodies.items()}


def _files(connection: Connection, letter_id: int) -> set[str]:
    """Return the sha256 of all files that a version of the letter had."""
    kept = readable_letters(connection, stored_versions(connection, letter_id))
    letters = [letter for _, letter in kept]
    return {each.digest for letter in letters for each in letter.attachments if each.digest}


def _unread_body(connection: Connection, sha256: str) -> bytes | None:
    """Return the bytes of a file that today's reader has not read; None where it has, or can't."""
    text = file_text(connection, sha256)
    if text is not None and text.reader == READER:
        return None
    try:
        return load_evidence(connection, sha256)
    except EvidenceError:
        return None
