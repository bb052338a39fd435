"""The text of a file is read page by page as a reader sees it, and what is not read says why."""

import asyncio
import base64
import io
import time
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject

from crawler.attachment.file_reader import FileReader
from crawler.attachment.text import limits, plain_text
from crawler.attachment.text.file_text import read_file_text
from crawler.attachment.text.page_edges import PrintedLine, without_margins
from letters.file_text import FilePage, FileText, TextState, file_text_from_json, file_text_to_json
from replica.office_files import (
    WORD,
    doc,
    docx,
    ofd,
    packed,
    paragraph,
    table,
    xlsx,
)
from replica.pdf import make_chinese_pdf, make_pdf
from tests.crawler.attachment.text.old_workbook import DATE, PERCENT, xls
from tests.crawler.attachment.text.open_documents import (
    odf_paragraph,
    odf_rows,
    odf_table,
    ods,
    odt,
    rtf,
)


def read_apart(body: bytes) -> FileText:
    async def read() -> FileText:
        async with FileReader() as reader:
            return await reader.text(body)

    return asyncio.run(read())


LINES = ["周明远委员：", "2021年零售额达到718.4亿元，增长12.5%。", "项目 投资 1,204"]


def lines(body: bytes) -> list[list[str]]:
    text = read_file_text(body)
    assert text.state is TextState.READ, text.reason
    return [list(page.lines) for page in text.pages]


def labels(body: bytes) -> list[str | None]:
    return [page.label for page in read_file_text(body).pages]


OFFICE_PAGE = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=gb2312><title>x</title>
<style>p{}</style></head><body><p>一、安排
31亿元。</p><p style='mso-hide:all'>不见</p><table><tr><td>名称</td><td>投资</td></tr><tr><td><p>甲</p></td><td>194.93</td>
</tr></table>乙</body></html>"""
CRAMPED = "\r".join(LINES) + "\r"


@pytest.mark.parametrize(
    ("body", "read"),
    [
        pytest.param(make_chinese_pdf([LINES, LINES[1:]]), [LINES, LINES[1:]], id="PDF"),
        pytest.param(docx(*map(paragraph, LINES)), [LINES], id="DOCX"),
        pytest.param(doc(CRAMPED), [LINES], id="DOC"),
        pytest.param(doc(CRAMPED, behind="页眉\r"), [LINES], id="DOC with a header"),
        pytest.param(ofd(LINES, LINES[1:]), [LINES, LINES[1:]], id="OFD"),
        pytest.param("\n".join(LINES).encode("gb18030"), [LINES], id="TXT in GB 18030"),
        pytest.param("\ufeff甲,718.4\r\n\r\n乙,918.4".encode(), [["甲,718.4", "乙,918.4"]], id="CSV in UTF-8"),
        pytest.param('"甲","718.4"\r\n他说"好"'.encode(), [["甲,718.4", '他说"好"']], id="CSV with quotes"),
        pytest.param("投入31亿元。\r\n甲".encode("utf-16"), [["投入31亿元。", "甲"]], id="TXT in UTF-16"),
        pytest.param("安排資金31萬元，推動產業發展".encode("big5"), [["安排資金31萬元，推動產業發展"]], id="TXT in Big5"),
        pytest.param(rtf(LINES), [LINES], id="RTF"),
        pytest.param(rtf(["前"], "\\trowd\\pard\\intbl 1\\cell 2\\cell\\row"), [["前", "1\t2"]], id="RTF with a table"),
        pytest.param(odt(*map(odf_paragraph, LINES)), [LINES], id="ODT"),
        pytest.param(
            xls(["名称", "投资"], ["甲", 194.93, None, ""], [None, (0.125, PERCENT), (45809, DATE)], hidden=[["不见"]]),
            [["名称\t投资", "甲\t194.93", "\t12.5%\t2025-06-01"]],
            id="XLS",
        ),
        pytest.param(OFFICE_PAGE.encode("gb18030"), [["一、安排 31亿元。", "名称\t投资", "甲\t194.93", "乙"]], id="HTML of Office"),
        pytest.param(
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; "
            b"charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.b64encode(OFFICE_PAGE.encode("gb18030"))
            + b"\r\n--x--\r\n",
            [["一、安排 31亿元。", "名称\t投资", "甲\t194.93", "乙"]],
            id="MHTML",
        ),
        pytest.param(
            xlsx({"项目": [["名称", "投资"], ["甲", 194.93], [None, 3]]}), [["名称\t投资", "甲\t194.93", "\t3"]], id="XLSX"
        ),
    ],
)  # fmt: skip
def test_each_format_is_read(body: bytes, read: list[list[str]]) -> None:
    assert lines(body) == read


SITE_PAGE = (
    "<html><head><title>任务分工表_某局</title></head><body><ul><li><a href='/'>首页</a></li></ul>"
    "{}<p>浏览次数：{}</p></body></html>"
)


@pytest.mark.parametrize("count", [1, 2])
def test_of_a_page_of_a_site_its_body_is_read(count: int) -> None:
    table = "<table><tr><td>停车位</td><td>718</td></tr></table>"
    body = f"<h1>任务分工表</h1><div class='TRS_Editor'><p>分工如下。</p>{table}</div>"
    page = SITE_PAGE.format(body, count).encode()
    assert lines(page) == [["任务分工表", "分工如下。", "停车位\t718"]]


def test_of_a_page_without_a_known_body_all_is_read_but_its_counter() -> None:
    page = SITE_PAGE.format("<p>停车位718个</p>", 7).encode()
    assert lines(page) == [["首页", "停车位718个"]]


def test_pages_and_sheets_have_labels_and_a_document_of_word_has_none() -> None:
    assert labels(make_chinese_pdf([LINES, LINES])) == ["第1页", "第2页"]
    assert labels(ofd(LINES)) == ["第1页"]
    assert labels(xlsx({"项目": [["甲"]], "说明": [["乙"]]})) == ["项目", "说明"]
    assert labels(docx(paragraph("甲"))) == [None]


HEAD, NUMBER = "某市商务委员会文件", "— {} —"
CONTENT = [["甲。", "乙。", "丙。"], ["丁。", "12", "戊。"], ["己。", "庚。", "辛。"]]


TAIL = "联系电话 67575783"


def with_margins(head: Callable[[int], str], foot: Callable[[int], str]) -> bytes:
    pages = [[head(at), *page, foot(at)] for at, page in enumerate(CONTENT, start=1)]
    return make_chinese_pdf([[line for line in page if line] for page in pages])


@pytest.mark.parametrize(
    ("head", "foot", "above", "below"),
    [
        pytest.param(lambda _: HEAD, lambda _: "", [HEAD], [], id="a header"),
        pytest.param(lambda _: "", lambda _: TAIL, [], [TAIL], id="a footer"),
        pytest.param(lambda _: HEAD, NUMBER.format, [HEAD], [], id="numbers between dashes"),
        pytest.param(lambda _: HEAD, "第 {} 页 共 3 页".format, [HEAD], [], id="numbers of so many"),
        pytest.param(lambda at: str(at + 6), lambda _: "", [], [], id="numbers that begin elsewhere"),
        pytest.param(lambda at: f"{HEAD} {at}", lambda _: "", [HEAD], [], id="a header with its number"),
        pytest.param(lambda _: HEAD, lambda _: HEAD, [HEAD], [], id="a header that is the footer, too"),
        pytest.param(lambda at: HEAD if at > 1 else "", lambda _: "", [HEAD], [], id="a header of later pages"),
    ],
)  # fmt: skip
def test_of_what_stands_in_the_margins_of_pages_all_but_numbers_is_read_once(
    head: Callable[[int], str], foot: Callable[[int], str], above: list[str], below: list[str]
) -> None:
    first, second, last = CONTENT
    assert lines(with_margins(head, foot)) == [[*above, *first], second, [*last, *below]]


def test_a_mark_in_the_margins_of_scanned_pages_is_no_text() -> None:
    marked = [[PrintedLine("扫描全能王", is_outer=True)]] * 3
    assert without_margins(marked) == [[], [], []]


@pytest.mark.parametrize(
    ("pages", "read"),
    [
        pytest.param([["甲", "乙", "718"], ["丙", "丁", "718"]], None, id="figures at the end of pages"),
        pytest.param([["项目", "乙", "7", "丙"], ["项目二", "丁", "7", "戊"]], None, id="figures within pages"),
        pytest.param(
            [["序号 项目 投资", "甲"], ["序号 项目 投资", "乙"]], [["序号 项目 投资", "甲"], ["乙"]], id="the head of a table, once"
        ),
        pytest.param(
            [["甲", "乙", "丙", "丁", "戊", "序号 项目 投资", "1 甲 3"], ["序号 项目 投资", "2 乙 4"], ["序号 项目 投资", "3 丙 5"]],
            [["甲", "乙", "丙", "丁", "戊", "序号 项目 投资", "1 甲 3"], ["2 乙 4"], ["3 丙 5"]],
            id="the head of a table that begins within a page, once",
        ),
        pytest.param([["1 甲 3", "乙", "丙"], ["1 甲 3", "丁", "戊"]], None, id="the same row of a table on two pages"),
        pytest.param([[HEAD, "甲"]], None, id="the first line of the only page"),
    ],
)  # fmt: skip
def test_what_says_something_is_read_wherever_it_stands(
    pages: list[list[str]], read: list[list[str]] | None
) -> None:
    assert lines(make_chinese_pdf(pages)) == (read or pages)


WORD_CASES = [
    pytest.param(paragraph("甲") + table(["一", "二"], ["三", "四"]) + paragraph("乙"),
                 ["甲", "一\t二", "三\t四", "乙"], id="a table between paragraphs"),
    pytest.param("<w:p><w:r><w:t>71</w:t></w:r><w:r><w:t>8.4</w:t></w:r></w:p>", ["718.4"], id="a figure in two runs"),
    pytest.param("<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>",
                 ["新"], id="tracked changes"),
    pytest.param(f"<w:sdt><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>", ["控件"], id="a content control"),
    pytest.param("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>", ["甲", "乙"], id="a line break"),
    pytest.param(f"<w:p><w:r><w:t>甲</w:t><w:pict><w:txbxContent>{paragraph('框')}</w:txbxContent></w:pict></w:r></w:p>",
                 ["甲", "框"], id="a box of text"),
    pytest.param("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>不见</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>见</w:t></w:r></w:p>",
                 ["见"], id="hidden text"),
    pytest.param("<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>", ["链接"], id="a link"),
    pytest.param("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>", [], id="a field's code"),
    pytest.param(f"<w:tbl><w:tr><w:tc>{table(['内'])}{paragraph('外')}</w:tc></w:tr></w:tbl>", ["内 外"], id="a table in a cell"),
]  # fmt: skip


ODF_CASES = [
    pytest.param(odf_paragraph("甲") + odf_table(["一", "二"]) + odf_paragraph("乙"), ["甲", "一\t二", "乙"], id="a table between paragraphs"),
    pytest.param("<text:p>71<text:span>8.4</text:span>亿<text:s/>元<text:line-break/>乙</text:p>", ["718.4亿 元", "乙"], id="parts of a line"),
    pytest.param(f"<text:tracked-changes>{odf_paragraph('旧')}</text:tracked-changes>{odf_paragraph('新')}", ["新"], id="tracked changes"),
    pytest.param(f"<text:p>甲<office:annotation>{odf_paragraph('批注')}</office:annotation>乙</text:p>", ["甲乙"], id="a comment"),
    pytest.param(f"<text:list><text:list-item>{odf_paragraph('一')}</text:list-item></text:list>", ["一"], id="a list"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "read"), ODF_CASES)
def test_an_open_document_says_what_a_reader_is_shown(content: str, read: list[str]) -> None:
    assert lines(odt(content)) == [read]


def test_an_open_workbook_says_what_its_visible_cells_hold() -> None:
    again = "<table:table-row table:number-rows-repeated='1048570'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>"
    body = ods(
        {
            "项目": odf_rows(["名称", "投资"], ["甲", "", "12.5%"]) + again,
            "藏": odf_rows(["不见"]),
        },
        hidden="藏",
    )
    assert lines(body) == [["名称\t投资", "甲\t\t12.5%"]]
    assert labels(body) == ["项目"]


@pytest.mark.parametrize(("content", "read"), WORD_CASES)
def test_a_document_says_what_word_shows(content: str, read: list[str]) -> None:
    assert lines(docx(content)) == [read]


PAGE_FIELD = (
    "<w:p><w:r><w:t>第</w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>"
    "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    "<w:r><w:t>页</w:t></w:r></w:p>"
)


def part(root: str, *content: str) -> str:
    return f"<w:{root} {WORD}>{''.join(content)}</w:{root}>"


@pytest.mark.parametrize(
    ("members", "read"),
    [
        pytest.param({"word/header1.xml": part("hdr", paragraph("总投资718亿元"))}, ["总投资718亿元", "甲"], id="a header"),
        pytest.param({"word/footer1.xml": part("ftr", paragraph("电话67575783"), PAGE_FIELD)}, ["甲", "电话67575783"], id="a footer with a number"),
        pytest.param(
            {f"word/header{at}.xml": part("hdr", paragraph("总投资718亿元")) for at in (1, 2, 3)},
            ["总投资718亿元", "甲"], id="a header of three kinds of pages, once",
        ),
        pytest.param(
            {"word/footnotes.xml": part(
                "footnotes", f"<w:footnote w:type='separator'>{paragraph('—')}</w:footnote>", f"<w:footnote>{paragraph('注718')}</w:footnote>")},
            ["甲", "注718"], id="a footnote",
        ),
        pytest.param({"word/endnotes.xml": part("endnotes", f"<w:endnote>{paragraph('注')}</w:endnote>")}, ["甲", "注"], id="an endnote"),
        pytest.param(
            {"word/header1.xml": part("hdr", f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('框718')}</w:txbxContent></w:pict></w:r></w:p>")},
            ["框718", "甲"], id="a box of text in a header",
        ),
    ],
)  # fmt: skip
def test_a_document_says_what_stands_beside_its_text(
    members: dict[str, str], read: list[str]
) -> None:
    assert lines(docx(paragraph("甲"), **members)) == [read]


@pytest.mark.parametrize(
    ("switch", "kind", "is_shown"),
    [
        ("", "default", True),
        ("", "first", False),
        ("<w:titlePg/>", "first", True),
        ("<w:titlePg w:val='0'/>", "first", False),
        ("", "even", False),
    ],
)
def test_a_header_is_read_where_a_section_shows_it(
    switch: str, kind: str, *, is_shown: bool
) -> None:
    section = f"<w:sectPr><w:headerReference w:type='{kind}' w:id='r7'/>{switch}</w:sectPr>"
    relations = "<Relationships><Relationship Id='r7' Target='header2.xml'/></Relationships>"
    members = {
        "word/_rels/document.xml.rels": relations,
        "word/header1.xml": part("hdr", paragraph("旧")),
        "word/header2.xml": part("hdr", paragraph("新")),
    }
    shown = [["新", "甲"]] if is_shown else [["甲"]]
    assert lines(docx(paragraph("甲"), section, **members)) == shown


def test_a_workbook_says_what_its_visible_cells_hold() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([0.125, 0.1 + 0.2, 1200, True, "甲\n乙", "=1+1"])
    sheet["A1"].number_format = "0.0%"
    sheet["C1048576"] = "末"
    book.create_sheet("空")
    hidden = book.create_sheet("藏")
    hidden.sheet_state, hidden["A1"] = "hidden", "不见"
    target = io.BytesIO()
    book.save(target)
    assert lines(target.getvalue()) == [["12.5%\t0.3\t1200\tTRUE\t甲乙", "\t\t末"], []]


def test_what_no_database_takes_is_in_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    page = FilePage(("甲\0乙\t丙\ud800丁",), "表\0\udfff")
    monkeypatch.setattr(plain_text, "read_plain", lambda _: ((page,), None))
    text = read_file_text(b"x")
    assert text.pages == (FilePage(("甲乙\t丙\ufffd丁",), "表\ufffd"),)


def test_an_old_document_says_what_its_fields_and_tables_show() -> None:
    text = "\x13 PAGEREF x \x14718.4\x15亿元\r甲\x07乙\x07\x07丙\x07丁\x07\x07末\r"
    assert lines(doc(text)) == [["718.4亿元", "甲\t乙", "丙\t丁", "末"]]


def rewritten(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(make_chinese_pdf([LINES])))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def drawn(content: bytes) -> bytes:
    def draw(writer: PdfWriter) -> None:
        writer.pages[0]["/Contents"].get_object().set_data(content)

    return rewritten(draw)


def unnamed() -> bytes:
    """Return a PDF whose font says not which characters its glyphs are."""

    def unname(writer: PdfWriter) -> None:
        font = writer.pages[0]["/Resources"]["/Font"]["/F1"].get_object()
        font[NameObject("/Encoding")] = NameObject("/Identity-H")
        system = font["/DescendantFonts"][0].get_object()["/CIDSystemInfo"]
        system[NameObject("/Ordering")] = system["/Registry"].__class__("Identity")

    return rewritten(unname)


ENTITIES = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
) + "]>"  # fmt: skip
SCAN = b"q 500 0 0 500 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"
NUMBERED = b" BT /F1 9 Tf 280 30 Td <2014 0020 0031 0020 2014> Tj ET"  # — 1 —
HIDDEN = b"BT 3 Tr /F1 12 Tf 60 700 Td <6587> Tj ET "


@pytest.mark.parametrize(
    ("body", "state", "reason"),
    [
        pytest.param(b"\xff\xd8\xff\xe0 a scan", "scanned", None, id="a picture"),
        pytest.param(drawn(SCAN), "scanned", None, id="a PDF of pictures"),
        pytest.param(drawn(HIDDEN + SCAN), "scanned", None, id="a scan with its recognised text behind it"),
        pytest.param(drawn(SCAN + NUMBERED), "scanned", None, id="a scan whose pages are numbered"),
        pytest.param(drawn(b"0 0 m 90 90 l S"), "scanned", None, id="a PDF of shapes"),
        pytest.param(rewritten(lambda writer: writer.encrypt("secret")), "unreadable", "it is encrypted", id="a password"),
        pytest.param(make_chinese_pdf([LINES])[:200], "unreadable", "it is broken", id="half a PDF"),
        pytest.param(unnamed(), "unreadable", "its fonts", id="glyphs without names"),
        pytest.param(docx(paragraph("x"))[:-40], "unreadable", "its package is broken", id="half a DOCX"),
        pytest.param(docx(paragraph("&a;"), prolog=ENTITIES), "unreadable", "declares entities", id="external entities"),
        pytest.param(docx(paragraph("&j;"), prolog=LAUGHS), "unreadable", "word/document.xml", id="entities in entities"),
        pytest.param(docx("<w:p>"), "unreadable", "word/document.xml is broken", id="broken XML"),
        pytest.param(packed({"a.txt": "x"}), "unreadable", "of a kind", id="an archive"),
        pytest.param(packed({"OFD.xml": "<x/>"}), "unreadable", "names no document", id="an OFD without a document"),
        pytest.param(rtf(LINES)[:-30], "unreadable", "has no end", id="half an RTF"),
        pytest.param(b"<?xml version='1.0'?><Workbook xmlns='x'>718.4</Workbook>", "unreadable", "of a kind", id="XML of Office"),
        pytest.param(b"MIME-Version: 1.0\n\n718.4", "unreadable", "holds no document", id="MHTML without a page"),
        pytest.param(xls(["x"])[:-600], "unreadable", "broken", id="half an XLS"),
        pytest.param(odt(odf_paragraph("&j;"), prolog=LAUGHS), "unreadable", "content.xml", id="entities in an ODT"),
        pytest.param(b"Rar!\x1a\x07 718.4", "unreadable", "of a kind", id="an archive of another kind"),
        pytest.param(doc("x", flags=0x0300), "unreadable", "it is encrypted", id="an old document with a password"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unreadable", "it is broken", id="a broken compound file"),
        pytest.param(docx(*[paragraph("一" * 1000)] * 301), "too large", "characters", id="too many characters"),
    ],
)  # fmt: skip
def test_what_is_not_read_says_why(body: bytes, state: str, reason: str | None) -> None:
    text = read_file_text(body)
    assert text.state == state, (text.reason, text.pages)
    assert text.text is None
    assert (reason or "") in (text.reason or "")


def test_too_many_bytes_cells_or_pages_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_BYTES", 1_000_000)
    bomb = docx(word_media=bytes(1_000_001))
    assert len(bomb) < 10_000
    assert read_file_text(bomb).state is TextState.TOO_LARGE
    monkeypatch.setattr(limits.Room.__init__, "__defaults__", (1000, 5))
    assert read_file_text(xlsx({"a": [[1, 2, 3], [4, 5, 6]]})).state is TextState.TOO_LARGE
    monkeypatch.setattr("crawler.attachment.text.pdf_text.MOST_PAGES", 1)
    monkeypatch.setattr("crawler.attachment.text.ofd_text.MOST_PAGES", 1)
    for body in (make_chinese_pdf([["a"], ["b"]]), ofd(["a"], ["b"])):
        assert read_file_text(body).reason == "more than 1 pages"


def test_pictures_count_beside_the_text() -> None:
    one, same, other = (
        read_file_text(docx(paragraph("甲"), **{"word/media/a.png": picture, "docProps/x": saved}))
        for picture, saved in ((b"1", b"1"), (b"1", b"2"), (b"2", b"2"))
    )
    assert one.pictures == same.pictures != other.pictures
    assert read_file_text(docx(paragraph("甲"))).pictures is None
    with_picture = read_file_text(drawn(SCAN + b" BT /F1 12 Tf 60 700 Td <6587> Tj ET"))
    assert with_picture.state is TextState.READ
    assert with_picture.pictures is not None


def test_a_character_without_a_name_makes_a_text_doubtful_and_no_character_is_guessed() -> None:
    assert not read_file_text(make_chinese_pdf([LINES])).is_doubtful
    text = FileText(TextState.READ, "1", (FilePage(("71\ufffd.4",)),))
    assert text.is_doubtful


def test_a_text_is_the_same_in_json() -> None:
    for body in (make_chinese_pdf([LINES, []]), b"\xff\xd8\xff", docx()):
        text = read_file_text(body)
        assert file_text_from_json(file_text_to_json(text)) == text


def test_what_is_read_apart_is_what_is_read_here() -> None:
    body = make_pdf("figure 718.4")
    assert read_apart(body) == read_file_text(body)


def test_a_macro_is_not_run_and_the_text_beside_it_is_read() -> None:
    assert lines(docx(paragraph("甲"), **{"word/vbaProject.bin": b"Shell"})) == [["甲"]]


def bomb() -> bytes:
    """Return a workbook of a million cells in one row's worth of bytes each."""
    rows = "".join(f"<row>{'<c><v>1</v></c>' * 1000}</row>" for _ in range(1000))
    whole = {
        "[Content_Types].xml": zipfile.ZipFile(io.BytesIO(xlsx({"a": []}))).read(
            "[Content_Types].xml"
        ),
    }
    with zipfile.ZipFile(io.BytesIO(xlsx({"a": []}))) as book:
        whole |= {name: book.read(name) for name in book.namelist()}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    whole["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    )
    return packed(whole)


@pytest.mark.parametrize(
    ("body", "state"),
    [
        pytest.param(bomb(), "too large", id="a workbook of a million cells"),
        pytest.param(
            make_chinese_pdf([["一" * 100] * 40] * 76),
            "too large",
            id="a PDF of more characters than are read",
        ),
        pytest.param(b"%PDF-1.7 1 0 obj " + b"[" * 200_000, "unreadable", id="arrays in arrays"),
        pytest.param(docx("<w:sdt>" * 200 + "</w:sdt>" * 200), "read", id="elements in elements"),
        pytest.param(
            docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000),
            "unreadable",
            id="too many elements in elements",
        ),
    ],
)
def test_a_hostile_file_ends_in_bounded_time(body: bytes, state: str) -> None:
    began = time.monotonic()
    assert read_apart(body).state == state
    assert (
        time.monotonic() - began < 240
    )  # a minute, and what starting a process takes on a busy machine
