"""What was served at a file's URL: the file, as it was, gone, or something else in its place."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from crawler.http.decoding import UndecodableError, decode
from crawler.http.snapshot import Snapshot
from crawler.page.classify import SMALL, classify
from crawler.page.notices import notice_of
from letters.letter import Attachment
from letters.records import Outcome

NOT_MODIFIED = 304
_OK = 200
_HEAD = 1024  # bytes that say what a file is; a PDF may begin so late
_TAIL = 2048  # bytes in which a PDF has its end; some are followed by a line or two
_ZIP_TAIL = 66_000  # bytes in which a ZIP has its end: a record and a comment of at most 64 KiB
_ZIP_HEADER = 30  # bytes
_ZIP_NEWEST = 100  # tenths of the version of ZIP that a member asks for; none is so new


class FileOutcome(StrEnum):
    """What one request for a file found."""

    READ = "read"  # its bytes
    UNCHANGED = "unchanged"  # they are those that were served before
    GONE = "gone"  # 404, 410, a sorry page, a redirect home
    NONE = "none"  # no verdict: blocked, broken, truncated, empty, unreached


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What was found, and why it is not the file."""

    outcome: FileOutcome
    reason: str | None = None


def judge_file(file: Attachment, seen: Snapshot, *, was_asked_conditionally: bool) -> FileVerdict:
    """Return what `seen`, the answer at a file's URL, is.

    "Not modified" says something only to whoever asked for what was read before.
    """
    if seen.status == NOT_MODIFIED:
        if was_asked_conditionally:
            return FileVerdict(FileOutcome.UNCHANGED)
        return FileVerdict(FileOutcome.NONE, "not modified, it says, of what was never read")
    if seen.status == _OK and not seen.body.strip():
        return FileVerdict(FileOutcome.NONE, "empty answer")
    if seen.status == _OK and not _is_page(seen):
        return _judge_bytes(file, seen)
    page = classify(seen)
    if page.outcome is Outcome.GONE:
        return FileVerdict(FileOutcome.GONE, page.reason)
    says_why = page.reason and not page.is_unread  # else it is no letter's page, nor should it be
    return FileVerdict(FileOutcome.NONE, page.reason if says_why else "a page stands in its place")


def is_cut_off(file: Attachment, body: bytes, before: bytes) -> bool:
    """Return whether `body` is but the beginning of what was served before; a text may end so."""
    is_text = kind_of(file) in _TEXTS
    return not is_text and len(body) < len(before) and before.startswith(body)


def kind_of(file: Attachment) -> str | None:
    """Return what a file is by its name or its URL, such as `.pdf`; None where neither says."""
    found = _KIND.search(file.name) or _KIND.search(unquote(urlsplit(file.url).path))
    return found[0].lower() if found else None


_KIND = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|od[tsp]|zip|rar|7z|txt|csv|jpe?g|png|gif|bmp|tiff?|webp)$",
    re.IGNORECASE,
)
_TEXTS = {".txt", ".csv"}
# How files begin. Office saves documents as HTML, XML or MHTML too, and calls them .doc or .xls.
_SIGNS: tuple[bytes, ...] = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"{\\rt", b"Rar!", b"7z\xbc\xaf"),
    *(b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF", b"MIME-Version:"),
)
_WITHIN = re.compile(rb"%PDF-|schemas-microsoft-com:office|<\?mso-application")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[a-z!?]", re.IGNORECASE)


def _is_page(seen: Snapshot) -> bool:
    """Return whether a page was served and not a file, whatever the header says of it."""
    if _has_sign(seen.body):
        return False
    return bool(_MARKUP.match(seen.body[:_HEAD])) or "html" in seen.content_type


def _has_sign(body: bytes) -> bool:
    return body.startswith(_SIGNS) or bool(_WITHIN.search(body[:_HEAD]))


def _judge_bytes(file: Attachment, seen: Snapshot) -> FileVerdict:
    kind = kind_of(file)
    if kind not in _TEXTS and not _has_sign(seen.body) and b"\0" not in seen.body[:_HEAD]:
        if notice := notice_of(_short_text(seen)):
            gone = notice[0] is Outcome.GONE
            return FileVerdict(FileOutcome.GONE if gone else FileOutcome.NONE, notice[1])
        if kind:
            return FileVerdict(FileOutcome.NONE, f"a text stands in the place of a {kind} file")
    for begins, lacks_end in _ENDS:
        if seen.body.startswith(begins) and lacks_end(seen.body):
            return FileVerdict(FileOutcome.NONE, "truncated: the file ends before its end")
    return FileVerdict(FileOutcome.READ)


def _short_text(seen: Snapshot) -> str:
    """Return the text of an answer that may be a notice; nothing where it is none, or longer."""
    if len(seen.body) > SMALL * 4:
        return ""
    try:
        return decode(seen.body, seen.content_type)
    except UndecodableError:
        return ""


def _lacks_end_of_pdf(body: bytes) -> bool:
    return b"endobj" in body and b"%%EOF" not in body[-_TAIL:]


def _lacks_end_of_zip(body: bytes) -> bool:
    asks_for = int.from_bytes(body[4:6], "little")
    is_member = len(body) > _ZIP_HEADER and asks_for < _ZIP_NEWEST
    return is_member and b"PK\x05\x06" not in body[-_ZIP_TAIL:]


_ENDS: tuple[tuple[bytes, Callable[[bytes], bool]], ...] = (
    (b"%PDF-", _lacks_end_of_pdf),
    (b"PK\x03\x04", _lacks_end_of_zip),
)
