"""How well each library reads Chinese files: paragraphs and rows right, wrong characters, time.

`python -m bench.files` composes the files that it reads, with fpdf2 and a font of Noto CJK, and reads
them with what fuhan uses and with what else is installed (pip install fpdf2 pdfplumber python-docx).
"""

import importlib.util
import io
import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from crawler.attachment.text.file_text import read_file_text
from replica.office_files import docx, paragraph, table
from replica.pdf import make_chinese_pdf

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc")
SIMPLIFIED = 2  # the number of its Chinese face in that collection
PARAGRAPHS = (
    "周明远委员：",
    "您提出的《关于加快推进农村电商高质量发展的建议》（第0612号）收悉。经与市商务委、市财政局共同研究办理，现答复如下：",
    "2021年，全市农村网络零售额达到718.4亿元，同比增长12.5%。2022年5月底前已建成32个县级电商公共服务中心，覆盖行政村1,204个。",
    "我委将会同有关部门，加快推进农村寄递物流体系建设，确保2023年底前建成100个村级服务站点。",
)
ROWS = (("1", "江北机场航站楼", "194.93"), ("2", "渝西高铁", "1200.0"))
BOX = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph(PARAGRAPHS[1])}</w:txbxContent></w:pict></w:r></w:p>"
_SPACE = "http://schemas.openxmlformats.org"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_REL = f"{_SPACE}/officeDocument/2006/relationships/officeDocument"
PACKAGE = {  # without these python-docx reads nothing
    "[Content_Types].xml": f'<Types xmlns="{_SPACE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_SPACE}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_REL}" Target="word/document.xml"/></Relationships>',
}
Read = Callable[[bytes], str]


def embedded(*, columns: int = 1, has_names: bool = True) -> bytes:
    """Return a PDF with a part of its font embedded; `has_names`: its glyphs say what they are."""
    import fpdf  # noqa: PLC0415 - only this bench composes with it

    pdf = fpdf.FPDF()
    pdf.add_font("noto", "", str(FONT), collection_font_number=SIMPLIFIED)
    pdf.set_font("noto", size=12)
    pdf.add_page()
    with pdf.text_columns(ncols=columns, gutter=10) as text:
        text.write("\n".join(PARAGRAPHS))
    if columns == 1:
        for row in ROWS:
            for cell in row:
                pdf.cell(50, 8, cell)
            pdf.ln()
    body = bytes(pdf.output())
    return body if has_names else _unnamed(body)


def _unnamed(body: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(body))
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        font.get_object().pop("/ToUnicode", None)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def pdfs() -> Iterator[tuple[str, bytes]]:
    """Yield the PDFs that are read, by their names."""
    lines = [text[at : at + 40] for text in PARAGRAPHS for at in range(0, len(text), 40)]
    yield "PDF, font named", make_chinese_pdf([[*lines, *map(" ".join, ROWS)]])
    if FONT.exists() and importlib.util.find_spec("fpdf"):
        yield "PDF, font embedded", embedded()
        yield "PDF, two columns", embedded(columns=2)
        yield "PDF, glyphs unnamed", embedded(has_names=False)


def documents() -> Iterator[tuple[str, bytes]]:
    """Yield the documents of Word that are read, by their names."""
    text = [*map(paragraph, PARAGRAPHS), table(*ROWS)]
    tracked = f"<w:p><w:ins><w:r><w:t>{PARAGRAPHS[1]}</w:t></w:r></w:ins></w:p>"
    control = f"<w:sdt><w:sdtContent>{paragraph(PARAGRAPHS[1])}</w:sdtContent></w:sdt>"
    for name, second in (
        ("plain", text[1]),
        ("tracked", tracked),
        ("control", control),
        ("box", BOX),
    ):
        yield f"DOCX, {name}", docx(text[0], second, *text[2:], **PACKAGE)


def fuhan(body: bytes) -> str:
    """Return what fuhan reads."""
    return read_file_text(body).text or ""


def pypdf(body: bytes) -> str:
    """Return what pypdf reads."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


def pdfplumber(body: bytes) -> str:
    """Return what pdfplumber reads."""
    import pdfplumber as library  # noqa: PLC0415 - it may not be installed

    with library.open(io.BytesIO(body)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def python_docx(body: bytes) -> str:
    """Return what python-docx reads, tables last."""
    import docx as library  # noqa: PLC0415 - it may not be installed

    document = library.Document(io.BytesIO(body))
    cells = [cell.text for each in document.tables for row in each.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def measure(name: str, body: bytes, read: Read) -> None:
    """Print how well one file is read."""
    began = time.perf_counter()
    text = ""
    with suppress(Exception):  # whatever a library raises, it has read nothing
        text = read(body)
    seconds = time.perf_counter() - began
    flat = "".join(text.split())
    right = sum("".join(each.split()) in flat for each in PARAGRAPHS)
    rows = sum("".join(row) in flat for row in ROWS)
    wrong = len(set(flat) - set("".join((*PARAGRAPHS, *map("".join, ROWS)))))
    print(
        f"| {name} | {read.__name__} | {right}/{len(PARAGRAPHS)} | {rows} | {wrong} | {seconds:.3f} s |"
    )


def main() -> None:
    """Print the table."""
    logging.disable()
    print(
        "| file | read by | paragraphs right | rows right | characters that are not there | time |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    others = [("pdfplumber", pdfplumber), ("docx", python_docx)]
    known = {name: read for name, read in others if importlib.util.find_spec(name)}
    for name, body in pdfs():
        for read in (fuhan, pypdf, *filter(None, [known.get("pdfplumber")])):
            measure(name, body, read)
    for name, body in documents():
        for read in (fuhan, *filter(None, [known.get("docx")])):
            measure(name, body, read)


if __name__ == "__main__":
    sys.exit(main())
