"""What differs in stamps, ids and producers alone says the same; whatever else differs does not."""

import asyncio
import io
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from crawler.attachment.content_digest import content_digest, masked_digest
from crawler.attachment.file_reader import FileReader
from replica.office_files import compound
from replica.pdf import make_pdf

FIGURE = make_pdf("figure 718.4")
METADATA = b"<?xpacket begin?><x:xmpmeta><xmp:CreateDate>2026-11-24</xmp:CreateDate></x:xmpmeta>"


def rewritten(change: Callable[[PdfWriter], object], *, incremental: bool = False) -> bytes:
    source = io.BytesIO(FIGURE)
    writer = PdfWriter(source, incremental=True) if incremental else PdfWriter(clone_from=source)
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def annotated(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/Contents")].get_object().set_data(b"BT (figure 918.4) Tj ET")


PDFS = [
    pytest.param(make_pdf("figure 718.4", 9), True, id="made at another time by another maker"),
    pytest.param(
        rewritten(lambda writer: writer.add_metadata({"/Title": "x", "/ModDate": "D:2026"})),
        True,
        id="written by another library",
    ),
    pytest.param(
        rewritten(lambda writer: setattr(writer, "xmp_metadata", METADATA)),
        True,
        id="XMP metadata",
    ),
    pytest.param(
        rewritten(lambda writer: writer.pages[0].compress_content_streams()), True, id="compressed"
    ),
    pytest.param(
        rewritten(lambda writer: writer.encrypt("", "owner", algorithm="AES-256")),
        True,
        id="encrypted, and open to all",
    ),
    pytest.param(
        rewritten(lambda writer: writer.add_metadata({"/Producer": "y"}), incremental=True),
        True,
        id="an update behind it",
    ),
    pytest.param(FIGURE + b"\n% 2026-11-24 10:00:00\n", True, id="a comment behind its end"),
    pytest.param(make_pdf("figure 918.4"), False, id="another figure"),
    pytest.param(rewritten(annotated, incremental=True), False, id="another page in an update"),
    pytest.param(rewritten(lambda writer: writer.add_blank_page(9, 9)), False, id="one page more"),
    pytest.param(
        rewritten(lambda writer: writer.pages[0].rotate(180)), False, id="a page turned round"
    ),
    pytest.param(
        rewritten(lambda writer: writer.add_attachment("a.txt", b"more")),
        False,
        id="a file within",
    ),
]


@pytest.mark.parametrize(("other", "is_same"), PDFS)
def test_a_pdf_says_what_its_pages_show(other: bytes, *, is_same: bool) -> None:
    assert other != FIGURE
    assert (content_digest(other) == content_digest(FIGURE)) is is_same


def test_a_font_called_otherwise_by_chance_is_the_same_font() -> None:
    def named(tag: str) -> bytes:
        def name(writer: PdfWriter) -> None:
            resources = writer.pages[0]["/Resources"].get_object()
            font = resources["/Font"]["/F1"].get_object()
            font[NameObject("/BaseFont")] = NameObject(f"/{tag}+SimSun")

        return rewritten(name)

    assert (
        content_digest(named("ABCDEF"))
        == content_digest(named("QWERTZ"))
        != content_digest(FIGURE)
    )


def packed(
    members: Mapping[str, bytes | str], at: int = 2022, *, backwards: bool = False
) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members, reverse=backwards):
            archive.writestr(zipfile.ZipInfo(name, (at, 1, 1, 0, 0, 0)), members[name])
    return target.getvalue()


WORD = {
    "[Content_Types].xml": "<Types/>",
    "docProps/core.xml": "<modified>2022</modified>",
    "word/settings.xml": "<w:rsids/>",
    "word/document.xml": '<w:p w:rsidR="00AB12CD" w14:paraId="1F"><w:t>718.4亿元</w:t></w:p>',
}
OFD = {
    "OFD.xml": "<ofd:OFD><ofd:DocInfo><ofd:ModDate>2022</ofd:ModDate></ofd:DocInfo></ofd:OFD>",
    "Doc_0/Pages/Page_0/Content.xml": "<ofd:TextCode>718.4</ofd:TextCode>",
}
OPEN = {"mimetype": "x", "meta.xml": "<dc:date>2022</dc:date>", "content.xml": "<p>718.4</p>"}
ARCHIVES = [
    pytest.param(WORD, {}, True, id="packed at another time"),
    pytest.param(WORD, {"docProps/core.xml": "2023", "docProps/app.xml": "WPS"}, True, id="saved by another"),
    pytest.param(
        WORD,
        {"word/document.xml": '<w:p w:rsidR="00FFFFFF" w14:paraId="2A"><w:t>718.4亿元</w:t></w:p>'},
        True,
        id="numbered anew when it was saved",
    ),
    pytest.param(
        WORD,
        {"word/document.xml": '<w:p w:rsidR="00AB12CD" w14:paraId="1F"><w:t>918.4亿元</w:t></w:p>'},
        False,
        id="another figure in a document",
    ),
    pytest.param(WORD, {"word/media/image1.png": "x"}, False, id="a picture more"),
    pytest.param(OFD, {"OFD.xml": OFD["OFD.xml"].replace("2022", "2023")}, True, id="an OFD saved anew"),
    pytest.param(OFD, {"Doc_0/Pages/Page_0/Content.xml": "918.4"}, False, id="another OFD"),
    pytest.param(OPEN, {"meta.xml": "<dc:date>2023</dc:date>"}, True, id="an ODT saved anew"),
    pytest.param(OPEN, {"content.xml": "<p>918.4</p>"}, False, id="another ODT"),
    pytest.param({"a.pdf": FIGURE}, {"a.pdf": make_pdf("figure 718.4", 5)}, True, id="a stamped PDF within"),
    pytest.param({"a.pdf": FIGURE}, {"a.pdf": make_pdf("figure 918.4")}, False, id="another PDF within"),
    pytest.param({"a.txt": "x"}, {"docProps/core.xml": "x"}, False, id="a file that no document has"),
    pytest.param({"a.txt": "x"}, {"b.txt": "x"}, False, id="a file more"),
]  # fmt: skip


@pytest.mark.parametrize(("members", "other", "is_same"), ARCHIVES)
def test_an_archive_says_what_its_members_say(
    members: dict[str, bytes | str], other: dict[str, bytes | str], *, is_same: bool
) -> None:
    one, two = packed(members), packed(members | other, 2023, backwards=True)
    assert one != two
    assert (content_digest(one) == content_digest(two)) is is_same


SUMMARY = "\x05SummaryInformation"


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        pytest.param({"WordDocument": b"718.4", SUMMARY: b"2023"}, True, id="saved anew"),
        pytest.param({"WordDocument": b"918.4", SUMMARY: b"2022"}, False, id="another figure"),
    ],
)
def test_an_old_document_says_what_its_streams_say(
    other: Mapping[str, bytes], *, is_same: bool
) -> None:
    one = content_digest(compound({"WordDocument": b"718.4", SUMMARY: b"2022"}))
    assert one is not None
    assert (content_digest(compound(other)) == one) is is_same


def test_of_other_files_the_bytes_are_compared() -> None:
    assert content_digest(b"Rar!\x1a\x07") is None
    assert content_digest("项目,投资".encode()) is None


def test_a_pdf_that_cannot_be_read_is_compared_with_its_stamps_masked() -> None:
    broken = [make_pdf(text, stamp).replace(b"/Type/Page/", b"/Type/Pate/").replace(b"/Root", b"/Rood")
              for text, stamp in (("figure 718.4", 1), ("figure 718.4", 9), ("figure 918.4", 1))]  # fmt: skip
    one, stamped, other = (masked_digest(each) for each in broken)
    assert one == stamped != other


def read(body: bytes) -> str | None:
    async def read_apart() -> str | None:
        async with FileReader() as reader:
            return await reader.digest(body)

    return asyncio.run(read_apart())


def bomb(size: int) -> bytes:
    """Return a PDF whose page is drawn by many bytes."""
    writer = PdfWriter(clone_from=io.BytesIO(FIGURE))
    writer.pages[0]["/Contents"].get_object().set_data(b" " * size)
    writer.pages[0].compress_content_streams()
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(bomb(400_000_000), id="a page of 400 MB"),
        pytest.param(b"%PDF-1.7 1 0 obj " + b"[" * 200_000, id="arrays in arrays"),
        pytest.param(b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>\nendobj\n"
                     b"trailer<</Root 1 0 R>>", id="pages that hold themselves"),
        pytest.param(FIGURE[:300], id="half a PDF"),
    ],
)  # fmt: skip
def test_a_pdf_that_wants_to_be_read_for_ever_is_compared_by_its_bytes(body: bytes) -> None:
    began = time.monotonic()
    assert read(body) == masked_digest(body)
    assert time.monotonic() - began < 120  # a bound, not a speed: the machine may be busy


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(packed({"a": bytes(300_000_000)}), id="an archive of 300 MB"),
        pytest.param(packed({"a.txt": "x"})[:-30], id="an archive without its end"),
        pytest.param(b"PK\x03\x04" + zlib.compress(bytes(999)), id="no archive"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), id="no compound file"),
    ],
)
def test_what_cannot_be_read_is_compared_by_its_bytes(body: bytes) -> None:
    assert read(body) is None


def test_what_is_read_apart_says_what_is_read_here() -> None:
    assert read(FIGURE) == content_digest(FIGURE)
    assert PdfReader(io.BytesIO(FIGURE), strict=True).pages[0].extract_text() == "figure 718.4"
