"""Makes PDF files, stamped as their makers stamp them."""

from collections.abc import Iterable, Sequence
from itertools import accumulate


def make_pdf(text: str, stamp: int = 0) -> bytes:
    """Return a PDF that shows `text`, in ASCII; `stamp` is when and by whom it was made."""
    shown = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("ascii")
    made = f"D:202211{stamp % 28 + 1:02d}{stamp % 24:02d}0000+08'00'"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        _stream(shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Producer(Maker {stamp})/CreationDate({made})/ModDate({made})>>".encode(),
    ]
    return _file(objects, f"/Root 1 0 R/Info 6 0 R/ID[<{stamp:032x}><{stamp + 1:032x}>]")


def make_chinese_pdf(pages: Sequence[Sequence[str]], stamp: int = 0) -> bytes:
    """Return a PDF of some pages, each a list of lines from top to bottom in a font for Chinese.

    The font is not embedded, as in what many offices make: its characters are named by UTF-16.
    """
    first = 6  # number of the first page's object; its lines are the next
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}/MediaBox[0 0 595 842]>>".encode(),
        (
            b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H"
            b"/DescendantFonts[4 0 R]>>"
        ),
        (
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>/DW 1000>>"
        ),
        f"<</Producer(Maker {stamp})/ModDate(D:202211{stamp % 28 + 1:02d})>>".encode(),
    ]
    for at, lines in enumerate(pages):
        content = f"{first + 2 * at + 1} 0 R"
        font = "<</Font<</F1 3 0 R>>>>"
        objects += [f"<</Type/Page/Parent 2 0 R/Contents {content}/Resources{font}>>".encode()]
        objects += [_stream(_drawn(lines))]
    return _file(objects, f"/Root 1 0 R/Info 5 0 R/ID[<{stamp:032x}><{stamp + 1:032x}>]")


def _drawn(lines: Sequence[str]) -> bytes:
    """Return what draws lines from the top to the bottom of a page, the first in its margin."""
    step = 780 / max(len(lines) - 1, 1)
    shown = (
        f"1 0 0 1 60 {800 - step * at:.1f} Tm <{line.encode('utf-16-be').hex()}> Tj"
        for at, line in enumerate(lines)
    )
    return f"BT /F1 10 Tf {' '.join(shown)} ET".encode()


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)


def _file(objects: Iterable[bytes], told: str) -> bytes:
    parts = [b"%PDF-1.4\n"]
    parts += [b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1)]
    starts = list(accumulate(map(len, parts)))
    table = b"".join(b"%010d 00000 n \n" % start for start in starts[:-1])
    trailer = f"trailer\n<</Size {len(parts)}{told}>>\nstartxref\n{starts[-1]}\n%%EOF\n"
    head = b"xref\n0 %d\n0000000000 65535 f \n" % len(parts)
    return b"".join([*parts, head, table, trailer.encode()])
