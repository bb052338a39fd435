"""The digest of what a file says: without its stamps, ids and the names of its producers.

To be made in a process of its own (`reading_server`): a hostile file may make a library loop, or
swell to any size, and must not stop a crawl.
"""

import hashlib
import io
import re
import zipfile
from importlib import import_module

import olefile

MOST_BYTES = 256 * 1024 * 1024  # of all members of an archive, unpacked
MOST_MEMBERS = 20_000
MOST_NESTED = 3  # archives within archives

PDF, ZIP, OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN = 1024  # bytes; readers take a PDF that begins so late

_OF_DOCUMENTS = {"[Content_Types].xml", "mimetype", "OFD.xml"}  # OOXML, OpenDocument, OFD
# Members of a document that say who saved it, when, and how it was displayed.
_OF_SAVING = re.compile(r"docProps/.*|meta\.xml|(?:word/)?settings\.xml|Thumbnails/.*|META-INF/.*")
# What Word and Excel number anew each time a document is saved, and OFD's block of dates and ids.
_IDS = re.compile(
    rb'\s(?:w:rsid\w*|w14:(?:paraId|textId)|xr\d*:uid)="[^"]*"'
    rb"|<(?:ofd:)?DocInfo>[^\0]*?</(?:ofd:)?DocInfo>"
)
# Of a PDF that can't be read: its entries that say who saved it and when, and where objects lie.
_STAMPS = re.compile(
    rb"/(?:CreationDate|ModDate|Producer|Creator)\s*(?:\((?:[^()\\]|\\.){0,500}\)|<[\da-fA-F\s]{0,1000}>)"
    rb"|/ID\s*\[[^\]]{0,500}\]|\d{10} \d{5} [nf]|startxref\s+\d+|/Length\s+\d+"
    rb"|<xmp:(?:CreateDate|ModifyDate|MetadataDate)>[^<]{0,64}|uuid:[\da-fA-F-]{36}"
)
_SUMMARIES = {"\x05SummaryInformation", "\x05DocumentSummaryInformation"}


class TooLargeError(Exception):
    """Raised for an archive that holds more than is read."""


def has_known_stamps(body: bytes) -> bool:
    """Return whether a file is of a kind whose stamps are known."""
    return body.startswith((ZIP, OLE)) or is_pdf(body)


def is_pdf(body: bytes) -> bool:
    """Return whether a file says that it is a PDF."""
    return PDF in body[:_PDF_WITHIN]


def content_digest(body: bytes, depth: int = 0) -> str | None:
    """Return the sha256 over what a file says, None for a kind of file whose stamps are not known.

    Raises whatever the libraries raise for a file that they can't read.
    """
    if is_pdf(body):
        return _pdf_digest(body)
    if body.startswith(ZIP) and depth < MOST_NESTED:
        return _zip_digest(body, depth)
    return _ole_digest(body) if body.startswith(OLE) else None


def _pdf_digest(body: bytes) -> str:
    # Only for a PDF: to import pypdf takes longer than to read most files.
    digest: str = import_module("crawler.attachment.pdf_digest").pdf_digest(body)
    return digest


def _zip_digest(body: bytes, depth: int) -> str:
    hashed = hashlib.sha256(b"zip")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        members = {each.filename: each for each in archive.infolist() if not each.is_dir()}
        if len(members) > MOST_MEMBERS or sum(e.file_size for e in members.values()) > MOST_BYTES:
            raise TooLargeError("it holds more than is read")
        is_document = bool(_OF_DOCUMENTS & members.keys())
        for name, member in sorted(members.items()):
            if is_document and _OF_SAVING.fullmatch(name):
                continue
            content = archive.read(member)
            content = _IDS.sub(b"", content) if is_document and name.endswith(".xml") else content
            digest = content_digest(content, depth + 1) or hashlib.sha256(content).hexdigest()
            hashed.update(f"{name}\0{digest}\0".encode("utf-8", "surrogatepass"))
    return hashed.hexdigest()


def _ole_digest(body: bytes) -> str:
    hashed = hashlib.sha256(b"ole")
    with olefile.OleFileIO(io.BytesIO(body)) as file:
        for path in sorted(file.listdir()):
            if path[-1] not in _SUMMARIES:
                content = file.openstream(path).read()
                hashed.update("/".join(path).encode("utf-8", "surrogatepass") + b"\0")
                hashed.update(hashlib.sha256(content).digest())
    return hashed.hexdigest()


def masked_digest(body: bytes) -> str | None:
    """Return the sha256 over the bytes of a PDF that can't be read, its stamps masked.

    None for any other file: its bytes alone do not show what it says.
    """
    if not is_pdf(body):
        return None
    return hashlib.sha256(_STAMPS.sub(b"", body)).hexdigest()
