"""Makes PDF files of one page, stamped as their makers stamp them."""

from collections.abc import Iterable
from itertools import accumulate


def make_pdf(text: str, stamp: int = 0) -> bytes:
    """Return a PDF that shows `text`, in ASCII; `stamp` is when and by whom it was made."""
    shown = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("ascii")
    made = f"D:202211{stamp % 28 + 1:02d}{stamp % 24:02d}0000+08'00'"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Producer(Maker {stamp})/CreationDate({made})/ModDate({made})>>".encode(),
    ]
    return _file(objects, f"/Root 1 0 R/Info 6 0 R/ID[<{stamp:032x}><{stamp + 1:032x}>]")


def _file(objects: Iterable[bytes], told: str) -> bytes:
    parts = [b"%PDF-1.4\n"]
    parts += [b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1)]
    starts = list(accumulate(map(len, parts)))
    table = b"".join(b"%010d 00000 n \n" % start for start in starts[:-1])
    trailer = f"trailer\n<</Size {len(parts)}{told}>>\nstartxref\n{starts[-1]}\n%%EOF\n"
    head = b"xref\n0 %d\n0000000000 65535 f \n" % len(parts)
    return b"".join([*parts, head, table, trailer.encode()])
