"""Makes files of the formats that offices attach: DOCX, XLSX, OFD and DOC."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP file of members by their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def paragraph(text: str) -> str:
    """Return a paragraph of a DOCX."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    """Return a table of a DOCX, its cells row by row."""
    cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(*content: str, prolog: str = "", **members: str | bytes) -> bytes:
    """Return a DOCX of paragraphs and tables; `members` are its other parts by their names."""
    document = f"{prolog}<w:document {WORD}><w:body>{''.join(content)}</w:body></w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **members})


def xlsx(sheets: Mapping[str, Sequence[Sequence[Any]]], *, hidden: str = "") -> bytes:
    """Return a workbook of sheets by their names, of which one may be hidden."""
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
        "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:Pages>"
        + "".join(
            f"<ofd:Page ID='{at}' BaseLoc='Pages/{at}/Content.xml'/>" for at in range(len(pages))
        )
        + "</ofd:Pages></ofd:Document>",
    }
    for at, lines in enumerate(pages):
        drawn = "".join(
            f"<ofd:TextObject Boundary='20 {60 + 10 * row} 100 5'>"
            f"<ofd:TextCode X='0' Y='4'>{line}</ofd:TextCode></ofd:TextObject>"
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


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file (MS-CFB) of few streams of 4096 bytes each."""
    entries = [("Root Entry", 5, 0xFFFFFFFE, 0)]
    fat = [0xFFFFFFFD, 0xFFFFFFFE]  # of itself, of the directory
    content = b""
    for name, told in streams.items():
        entries.append((name, 2, len(fat), 4096))
        fat += [len(fat) + n for n in range(1, 8)] + [0xFFFFFFFE]
        content += told.ljust(4096, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    directory = b""
    for place, (name, kind, start, size) in enumerate(entries):
        written = name.encode("utf-16-le")
        is_last = place == len(entries) - 1
        right = 0xFFFFFFFF if place == 0 or is_last else place + 1
        child = 1 if place == 0 else 0xFFFFFFFF
        directory += written.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(written) + 2, kind, 1, 0xFFFFFFFF, right, child
        )
        directory += bytes(36) + struct.pack("<IQ", start, size)
    table = struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat)))
    return head + table + directory.ljust(512, b"\0") + content
