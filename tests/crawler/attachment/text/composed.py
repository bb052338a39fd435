"""Composes files of each format around the same words."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

from tests.crawler.attachment.test_content_digest import compound

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def packed(members: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(*content: str, prolog: str = "", **members: str | bytes) -> bytes:
    document = f"{prolog}<w:document {WORD}><w:body>{''.join(content)}</w:body></w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **members})


def xlsx(sheets: Mapping[str, Sequence[Sequence[Any]]], *, hidden: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ofd(*pages: Sequence[str]) -> bytes:
    """Return an OFD whose pages have their lines one below the other."""
    members: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:Pages>"
        + "".join(
            f"<ofd:Page ID='{at}' BaseLoc='Pages/{at}/Content.xml'/>" for at in range(len(pages))
        )
        + "</ofd:Pages></ofd:Document>",
    }
    for at, lines in enumerate(pages):
        drawn = "".join(
            f"<ofd:TextObject Boundary='20 {60 + 10 * row} 100 5'><ofd:TextCode X='0' Y='4'>{line}</ofd:TextCode></ofd:TextObject>"
            for row, line in enumerate(lines)
        )
        members[f"Doc_0/Pages/{at}/Content.xml"] = (
            f"<ofd:Page {OFD}><ofd:Content>{drawn}</ofd:Content></ofd:Page>"
        )
    return packed(members)


def doc(text: str, *, behind: str = "", flags: int = 0x0200) -> bytes:
    """Return a document of Word 97 in one piece; `behind` is what its headers and notes say."""
    start = 0x300
    main = bytearray(4096)
    struct.pack_into("<H", main, 0x00, 0xA5EC)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<I", main, 0x4C, len(text))
    whole = (text + behind).encode("utf-16-le")
    main[start : start + len(whole)] = whole
    pieces = struct.pack("<II", 0, len(text + behind)) + struct.pack("<HIH", 0, start, 0)
    said = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", main, 0x1A2, 0, len(said))
    return compound({"WordDocument": bytes(main), "1Table": said})
