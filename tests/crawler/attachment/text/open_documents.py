"""Composes texts and workbooks of OpenDocument, and RTF, around the same words."""

from collections.abc import Mapping, Sequence

from replica.office_files import packed

ODF = " ".join(
    f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"'
    for each in ("office", "text", "table", "style")
)


def odf_paragraph(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def odf_rows(*rows: Sequence[str]) -> str:
    cells = [
        "".join(f"<table:table-cell>{odf_paragraph(cell)}</table:table-cell>" for cell in row)
        for row in rows
    ]
    return "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)


def odf_table(*rows: Sequence[str]) -> str:
    return f"<table:table>{odf_rows(*rows)}</table:table>"


def odt(*content: str, prolog: str = "") -> bytes:
    return _odf(f"<office:text>{''.join(content)}</office:text>", prolog)


def ods(sheets: Mapping[str, str], *, hidden: str = "") -> bytes:
    named = "".join(
        f"<table:table table:name='{name}' table:style-name='{name}'>{rows}</table:table>"
        for name, rows in sheets.items()
    )
    style = f"<style:style style:name='{hidden}'><style:table-properties table:display='false'/></style:style>"
    return _odf(f"<office:spreadsheet>{named}</office:spreadsheet>", styles=style)


def _odf(document: str, prolog: str = "", styles: str = "") -> bytes:
    content = (
        f"{prolog}<office:document-content {ODF}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body>{document}</office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def rtf(lines: Sequence[str], behind: str = "") -> bytes:
    """Return a document as Word writes it on a Chinese Windows."""
    plain = "\\par\n".join("".join(map(_escaped, line)) for line in lines)
    head = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}{\info{\creatim\yr2025}}\pard\f0 "
    return f"{head}{plain}\\par {behind}}}".encode("ascii")


def _escaped(char: str) -> str:
    return char if char.isascii() else "".join(f"\\'{byte:02x}" for byte in char.encode("gbk"))
