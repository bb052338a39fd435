"""An archive packed as archives were before dictionaries: primed by one page, letters alone."""

import hashlib

import zstandard
from sqlalchemy import Connection, delete, select, update

from storage.facts.evidence import forget_earlier_pages, load_evidence
from storage.facts.packed_letters import load_letter_bytes
from storage.schema.tables import dictionaries, evidence, snapshots, versions


def pack_as_before(connection: Connection) -> None:
    """Pack all as before: pages primed by the first one, that and all else by nothing."""
    bodies = {
        sha256: load_evidence(connection, sha256)
        for sha256 in connection.execute(select(evidence.c.sha256)).scalars().all()
    }
    letters = {
        row.id: load_letter_bytes(connection, row.letter)
        for row in connection.execute(select(versions.c.id, versions.c.letter)).all()
    }
    pages = connection.execute(select(snapshots.c.sha256).order_by(snapshots.c.id)).scalars().all()
    first = pages[0] if pages else None
    for sha256, body in bodies.items():
        by = first if sha256 in set(pages) - {first} else None
        primer = zstandard.ZstdCompressionDict(
            bodies[by] if by else b"", dict_type=zstandard.DICT_TYPE_RAWCONTENT
        )
        packed = zstandard.ZstdCompressor(6, dict_data=primer if by else None).compress(body)
        values = {"dictionary": by, "packed": packed}
        values["packed_sha256"] = hashlib.sha256(packed).hexdigest()
        connection.execute(update(evidence).where(evidence.c.sha256 == sha256).values(**values))
    for version_id, content in letters.items():
        packed = zstandard.ZstdCompressor(9).compress(content)
        is_version = versions.c.id == version_id
        connection.execute(update(versions).where(is_version).values(letter=packed))
    connection.execute(delete(dictionaries))
    forget_earlier_pages()
