"""Classifies the answer at a file's URL: the file, unchanged, gone, or none of these."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from crawler.http.decoding import UndecodableError, decode, is_cut_off
from crawler.http.snapshot import Snapshot
from crawler.page.classify import SMALL, classify
from crawler.page.notices import notice_of
from letters.letter import Attachment
from letters.urls import is_page_of_file
from letters.visit_span import VisitOutcome

NOT_MODIFIED = 304
_HEAD = 1024  # bytes that say what a file is; a PDF may begin so late
_TAIL = 2048  # bytes in which a PDF has its end; some are followed by a line or two
_ZIP_TAIL = 66_000  # bytes in which a ZIP has its end: a record and a comment of at most 64 KiB
_ZIP_HEADER = 30  # bytes
_ZIP_NEWEST = 100  # tenths of the version of ZIP that a member asks for; none is so new


class FileOutcome(StrEnum):
    """What came of one request for a file."""

    READ = "read"  # its bytes
    UNCHANGED = "unchanged"  # they are those that were served before
    GONE = "gone"  # 404, 410, a sorry page, a redirect home
    NONE = "none"  # no verdict: blocked, broken, truncated, empty, unreached


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What an answer at a file's URL is, and why it is not the file."""

    outcome: FileOutcome
    reason: str | None = None


def classify_file(file: Attachment, answer: Snapshot, *, was_conditional: bool) -> FileVerdict:
    """Return what an answer at a file's URL is.

    "Not modified" says something only where the file was requested if it changed.
    """
    if answer.status == NOT_MODIFIED:
        if was_conditional:
            return FileVerdict(FileOutcome.UNCHANGED)
        return FileVerdict(FileOutcome.NONE, "not modified, it says, of what was never read")
    if answer.status == HTTPStatus.OK and not answer.body.strip():
        return FileVerdict(FileOutcome.NONE, "empty answer")
    if answer.status == HTTPStatus.OK and not _is_page(answer):
        return _classify_bytes(file, answer)
    return _classify_page(file, answer)


def _classify_page(file: Attachment, answer: Snapshot) -> FileVerdict:
    """Return what a page is that was served: the file itself, or what came of it."""
    page = classify(_as_page(answer))
    if page.outcome is VisitOutcome.GONE:
        return FileVerdict(FileOutcome.GONE, page.reason)
    if is_page_of_file(file.url) and (page.page or page.needs_better_parser):
        return _ends(answer)
    # A page that can't be read is no letter's page here, nor should it be.
    says_why = page.reason and not page.needs_better_parser
    return FileVerdict(FileOutcome.NONE, page.reason if says_why else "a page stands in its place")


def _ends(answer: Snapshot) -> FileVerdict:
    """Return that a page is the file, where it has its end."""
    if is_cut_off(answer.body):
        return FileVerdict(FileOutcome.NONE, "truncated: the page ends before its end")
    return FileVerdict(FileOutcome.READ)


def _as_page(answer: Snapshot) -> Snapshot:
    """Return what a server sends as a document, by its name, as the page that it is."""
    head = answer.body[:_HEAD]
    if answer.status != HTTPStatus.OK or not _MARKUP.match(head) or head.startswith(b"<?xml"):
        return answer
    charset = _CHARSET.search(answer.content_type)
    kind = f"text/html; {charset[0]}" if charset else "text/html"
    return replace(answer, headers={**answer.headers, "content-type": kind})


def is_beginning_of(file: Attachment, body: bytes, before: bytes) -> bool:
    """Return whether `body` is only the beginning of what was served before; a text may be so."""
    is_text = kind_of(file) in _TEXTS
    return not is_text and len(body) < len(before) and before.startswith(body)


def kind_of(file: Attachment) -> str | None:
    """Return what a file is by its name or its URL, such as `.pdf`; None where neither says."""
    ending = _KIND.search(file.name) or _KIND.search(unquote(urlsplit(file.url).path))
    return ending[0].lower() if ending else None


_KIND = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|od[tsp]|rtf|zip|rar|7z|txt|csv|jpe?g|png|gif|bmp|tiff?|webp)$",
    re.IGNORECASE,
)
_TEXTS = {".txt", ".csv"}
_EXCEL = re.compile(r"ms-?excel|spreadsheetml", re.IGNORECASE)
_CHARSET = re.compile(r"charset=[^;]+", re.IGNORECASE)
# How files begin. Office saves documents as HTML, XML or MHTML too, and calls them .doc or .xls.
_SIGNATURES: tuple[bytes, ...] = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"{\\rt", b"Rar!", b"7z\xbc\xaf"),
    *(b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF", b"MIME-Version:"),
)
_SIGNATURES_WITHIN = re.compile(rb"%PDF-|schemas-microsoft-com:office|<\?mso-application")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[a-z!?]", re.IGNORECASE)


def _is_page(answer: Snapshot) -> bool:
    """Return whether a page was served and not a file, whatever the header says of it."""
    if _is_document(answer):
        return False
    return bool(_MARKUP.match(answer.body[:_HEAD])) or "html" in answer.content_type


def _is_document(answer: Snapshot) -> bool:
    """Return whether bytes begin as a document does, or are a table that is served as one."""
    return _has_signature(answer.body) or _is_exported_table(answer)


def _is_exported_table(answer: Snapshot) -> bool:
    """Return whether a table is served as a workbook, as programs that export one write it."""
    head = answer.body[:_HEAD].lower()
    is_table = _EXCEL.search(answer.content_type) and b"<table" in head
    return bool(is_table) and b"<a " not in head and notice_of(_short_text(answer)) is None


def _has_signature(body: bytes) -> bool:
    return body.startswith(_SIGNATURES) or bool(_SIGNATURES_WITHIN.search(body[:_HEAD]))


def _classify_bytes(file: Attachment, answer: Snapshot) -> FileVerdict:
    kind = kind_of(file)
    if not (kind in _TEXTS or _is_document(answer) or b"\0" in answer.body[:_HEAD]):
        if notice := notice_of(_short_text(answer)):
            gone = notice[0] is VisitOutcome.GONE
            return FileVerdict(FileOutcome.GONE if gone else FileOutcome.NONE, notice[1])
        if kind:
            return FileVerdict(FileOutcome.NONE, f"a text stands in the place of a {kind} file")
    for begins, lacks_end in _ENDS:
        if answer.body.startswith(begins) and lacks_end(answer.body):
            return FileVerdict(FileOutcome.NONE, "truncated: the file ends before its end")
    return FileVerdict(FileOutcome.READ)


def _short_text(answer: Snapshot) -> str:
    """Return the text of an answer that may be a notice; nothing where it is none, or longer."""
    if len(answer.body) > SMALL * 4:
        return ""
    try:
        return decode(answer.body, answer.content_type)
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
