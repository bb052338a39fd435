"""The digest of what a PDF shows: its pages, without stamps, ids, producers and metadata.

Digested are the instructions that draw each page and all that they name (fonts, images,
forms), not the text that could be drawn out of them: where a font says not which
characters its glyphs are, another figure can be the same text.
"""

import hashlib
import io
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

MOST_OBJECTS = 300_000  # of one file
MOST_BYTES = 256 * 1024 * 1024  # of all its streams, unpacked

# Of the catalogue: what forms hold, embedded files, which layers are shown.
_BESIDE_PAGES = ("/AcroForm", "/Names", "/OCProperties")
# Written anew by whoever saves the file, or leads back to what was digested already.
_LEFT_OUT = {
    *("/Metadata", "/PieceInfo", "/LastModified", "/Producer", "/Creator", "/CreationDate"),
    *("/ModDate", "/M", "/NM", "/ID", "/StructParent", "/StructParents"),
    *("/Parent", "/P", "/Prev", "/Length", "/DL", "/Thumb"),
}
_PACKING = {"/Filter", "/DecodeParms"}
_PACKED_IMAGES = {"/JBIG2Decode", "/CCITTFaxDecode"}  # kept as packed: no library unpacks these
_SIGNATURE = "/ByteRange"  # in a signature only, which is made over bytes
# A font of which a part is embedded is called ABCDEF+SimSun, by chance.
_SUBSET = re.compile(rb"\b[A-Z]{6}\+")
_OF_FONTS = {"/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/BaseFont", "/FontName"}


class UnreadablePdfError(Exception):
    """Raised for a PDF that shows nothing, or more than can be read."""


def pdf_digest(body: bytes) -> str:
    """Return the sha256 over what a PDF shows; raise what pypdf raises where it can't be read."""
    reader = PdfReader(io.BytesIO(body))
    if reader.is_encrypted:
        reader.decrypt("")
    pages = [page.indirect_reference for page in reader.pages]
    digester = _Digester([(each.idnum, each.generation) for each in pages if each])
    hashed = hashlib.sha256()
    for page in reader.pages:
        hashed.update(digester.digest(page))
    if not digester.unpacked:
        raise UnreadablePdfError("nothing is drawn on its pages")
    for name in _BESIDE_PAGES:
        hashed.update(digester.digest(reader.root_object.get(name)))
    return hashed.hexdigest()


class _Digester:
    """Digests objects by what they hold: neither their numbers nor their order count."""

    def __init__(self, pages: list[tuple[int, int]]) -> None:
        self.unpacked = 0  # bytes of streams
        self._count = 0
        # By number and generation. What leads to a page is digested by that page's place.
        self._known = {page: b"page %d" % place for place, page in enumerate(pages)}

    def digest(self, value: PdfObject | None, key: str = "") -> bytes:
        if not isinstance(value, IndirectObject):
            return self._digest_direct(value, key)
        name = value.idnum, value.generation
        if name not in self._known:
            self._known[name] = b"within itself"
            self._known[name] = self._digest_direct(value.get_object(), key)
        return self._known[name]

    def _digest_direct(self, value: PdfObject | None, key: str) -> bytes:
        self._count += 1
        if self._count > MOST_OBJECTS or self.unpacked > MOST_BYTES:
            raise UnreadablePdfError("it holds more than is read")
        hashed = hashlib.sha256(_kind(value))
        for part in self._parts(value, key):
            hashed.update(part)
        return hashed.digest()

    def _parts(self, value: PdfObject | None, key: str) -> Iterator[bytes]:
        if isinstance(value, DictionaryObject):
            yield from self._entries(value)
            if isinstance(value, StreamObject):
                yield self._unpack(value, key)
        elif isinstance(value, ArrayObject):
            for each in value:
                yield self.digest(each, key)
        else:
            yield _plain(value, key)

    def _entries(self, value: DictionaryObject) -> Iterator[bytes]:
        if _SIGNATURE in value:
            return
        packing = _PACKING if isinstance(value, StreamObject) and not _is_kept(value) else set()
        for name in sorted(value.keys() - _LEFT_OUT - packing):
            yield name.encode("utf-8", "surrogatepass")
            yield self.digest(value.raw_get(name), name)

    def _unpack(self, stream: StreamObject, key: str) -> bytes:
        content = stream._data if _is_kept(stream) else stream.get_data()  # noqa: SLF001 - no public name
        self.unpacked += len(content)
        return hashlib.sha256(_SUBSET.sub(b"", content) if key in _OF_FONTS else content).digest()


def _is_kept(stream: StreamObject) -> bool:
    filters = stream.get("/Filter")
    return bool(_PACKED_IMAGES & set(filters if isinstance(filters, ArrayObject) else [filters]))


def _kind(value: PdfObject | None) -> bytes:
    if isinstance(value, StreamObject):
        return b"stream"
    if isinstance(value, DictionaryObject):
        return b"dictionary"
    return b"array" if isinstance(value, ArrayObject) else b""


def _plain(value: PdfObject | None, key: str) -> bytes:
    """Return a value that holds no others; 1 and 1.0 are the same number."""
    if isinstance(value, BooleanObject):
        return str(value.value).encode()
    if isinstance(value, NumberObject | FloatObject):
        return f"{float(value):.9g}".encode()
    if isinstance(value, ByteStringObject | TextStringObject):
        return value.original_bytes
    hashed = str(value).encode("utf-8", "surrogatepass")
    return _SUBSET.sub(b"", hashed) if key in _OF_FONTS else hashed
