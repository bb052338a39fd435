"""Packs the evidence of one change into a ZIP that anybody can open and check without fuhan."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib.resources import files
from typing import Any, BinaryIO
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from letters.change import Change
from review.translator import Translator
from storage import queries
from storage.queries import ChangeProof

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say: the same bytes at any time
_UNIX = 3  # where it was made, as a ZIP counts systems: the same everywhere
_READABLE = 0o100644 << 16  # a file that all may read
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,8})$")

Member = tuple[str, Iterable[bytes]]  # its name, and its bytes in parts


def write_bundle(
    connection: Any,
    change: Change,
    target: BinaryIO,
    translators: Iterable[Translator],
    head: str | None = None,
) -> None:
    """Write the evidence of `change` to `target`, with a README in each language.

    The ledger ends with the entry whose hash is `head`, which was published; None: the newest.
    Raises HeadError where there is none, and EvidenceError where bytes are lost or damaged: half
    of the evidence proves nothing.
    """
    proof = queries.change_proof(connection, change)
    last = proof.last_entry(connection, head)
    readme = "\n\n".join(_readme(change, each) for each in translators)
    sums: list[str] = []
    with ZipFile(target, "w", ZIP_DEFLATED) as bundle:
        for name, parts in _members(connection, proof, readme, last):
            sums.append(f"{_write(bundle, name, parts)}  {name}\n")
        _write(bundle, "SHA256SUMS", ["".join(sums).encode()])


def _members(connection: Any, proof: ChangeProof, readme: str, last: int) -> Iterator[Member]:
    yield "README.txt", [readme.encode("utf-8", "surrogatepass")]
    yield "change.json", [_json(proof.change, indent=1)]
    yield "versions.jsonl", map(_json, proof.versions)
    yield from _pages(connection, proof)
    yield from _files(connection, proof)
    for side, sha256 in proof.directories.items():
        yield f"{side}/directory.json", [queries.load_evidence(connection, sha256)]
    yield "ledger.jsonl", (_json(asdict(row)) for row in proof.chain(connection, last))
    script = files("review").joinpath("templates/check_letter.py.txt")
    yield "check_letter.py", [script.read_bytes()]


def _pages(connection: Any, proof: ChangeProof) -> Iterator[Member]:
    """Yield each page and what its snapshot says of it."""
    counts = {"before": 0, "after": 0}
    for page in proof.pages:
        counts[page.side] += 1
        count = counts[page.side]
        name = f"{page.side}/page-{count}" if count > 1 else f"{page.side}/page"
        # Opened by a click it shall not run: it is a stranger's.
        yield f"{name}.html.txt", [queries.load_evidence(connection, page.sha256)]
        yield f"{name}.json", [_json(page.snapshot, indent=1)]


def _files(connection: Any, proof: ChangeProof) -> Iterator[Member]:
    """Yield the files, named by their digests: what a site calls them is no safe name."""
    for side, of_side in proof.files.items():
        for file in {each.digest: each for each in of_side}.values():
            if file.digest:
                extension = _EXTENSION.search(urlsplit(file.url).path)
                suffix = f".{extension[1].lower()}" if extension else ""
                body = queries.load_evidence(connection, file.digest)
                yield f"{side}/files/{file.digest[:16]}{suffix}", [body]


def _write(bundle: ZipFile, name: str, parts: Iterable[bytes]) -> str:
    """Write a member; return the sha256 of its bytes."""
    info = ZipInfo(name, _EPOCH)
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, _UNIX, _READABLE
    digest = hashlib.sha256()
    with bundle.open(info, "w") as member:
        for part in parts:
            member.write(part)
            digest.update(part)
    return digest.hexdigest()


def _json(value: Any, indent: int | None = None) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return f"{text}\n".encode("utf-8", "surrogatepass")


def _readme(change: Change, translator: Translator) -> str:
    return translator.phrase(
        "bundle.readme",
        sentence=translator.sentence(change),
        title=change.letter.title,
        url=change.letter.url,
        id=change.id,
        source=change.letter.source,
    )
