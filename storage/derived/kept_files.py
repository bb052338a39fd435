"""Query the files of letters as they are stored."""

from collections.abc import Iterator

from sqlalchemy import Connection

from letters.letter import Attachment
from storage.derived.newest import versions_newest_first
from storage.facts.evidence import load_evidence


def kept_file(
    connection: Connection, letter_id: int, sha256: str
) -> tuple[Attachment, bytes] | None:
    """Return a file that a version of the letter had, with its bytes; None where none had it.

    Raises EvidenceError where the bytes are lost or damaged.
    """
    file = next((each for each in _files(connection, letter_id) if each.digest == sha256), None)
    return (file, load_evidence(connection, sha256)) if file else None


def _files(connection: Connection, letter_id: int) -> Iterator[Attachment]:
    for _, letter, *_ in versions_newest_first(connection, letter_id):
        yield from letter.attachments
