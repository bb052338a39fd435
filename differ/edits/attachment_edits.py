"""Edits of a letter's attachments (附件)."""

from collections.abc import Iterator
from dataclasses import replace

from differ.edits.file_edits import file_edits
from differ.edits.layout import is_layout
from letters.change import Category, Edit, Op
from letters.file_names import says_no_name
from letters.file_text import FileText, TextState
from letters.letter import Attachment, FileState, Letter

PICTURES = "pictures"  # the detail of an edit of a file whose words are the same
REWRITTEN = "rewritten"  # that of a file in whose place another text stands
_MOST_EDITS = 1_000  # inside one file: of more nobody would read which

CarriedFile = tuple[Letter, Attachment]  # a file with the letter that carries it
_DIGEST = 12  # hexadecimal digits shown of an attachment's sha256 where only its bytes changed


def attachment_edits(old: Letter, new: Letter) -> Iterator[Edit]:
    """Pair by name, then by file, then by order; yield what differs within the pairs."""
    gone, come = list(old.attachments), list(new.attachments)
    for same in (_same_all, _same_name, _same_file, _same_spaced):
        for one in list(gone):
            other = next((each for each in come if same(one, each)), None)
            if other is not None:
                gone.remove(one)
                come.remove(other)
                yield from _edits(one, other)
                yield from _content_edits((old, one), (new, other))
    while gone and come:
        yield from _edits(gone.pop(0), come.pop(0))
    for one in gone:
        yield _edit(one.name or one.url, None)
    for one in come:
        yield _edit(None, one.name or one.url)


def _same_all(one: Attachment, other: Attachment) -> bool:
    return _same_name(one, other) and _same_file(one, other)


def _same_name(one: Attachment, other: Attachment) -> bool:
    return one.name == other.name


def _same_file(one: Attachment, other: Attachment) -> bool:
    return one.url.rsplit("/", 1)[-1] == other.url.rsplit("/", 1)[-1]


def _same_spaced(one: Attachment, other: Attachment) -> bool:
    return is_layout(one.name, other.name)


def _edits(one: Attachment, other: Attachment) -> Iterator[Edit]:
    """Yield what differs of a file but its content: name, address, whether it is served."""
    if one.name != other.name and not _is_named_late(one, other):
        yield _edit(one.name, other.name)
        if not _same_spaced(one, other):
            return
    if one.state is not other.state:
        yield from _availability(one, other)
    elif not (one.digest and other.digest) and not _same_file(one, other):
        yield _edit(*(f"{each.name} ({each.url.rsplit('/', 1)[-1]})" for each in (one, other)))


def _is_named_late(one: Attachment, other: Attachment) -> bool:
    """Return whether only one of two visits showed what a file is called: it was no edit."""
    return _same_file(one, other) and says_no_name(one) != says_no_name(other)


def _content_edits(old: CarriedFile, new: CarriedFile) -> Iterator[Edit]:
    """Yield what a file says otherwise; one that is missing said what it was last served with."""
    one, other = old[1], new[1]
    if not (one.digest and other.digest) or one.says_the_same_as(other):
        return
    if one.text is None or other.text is None or not _are_comparable(one.text, other.text):
        if one.state is not other.state:  # that it went or is back already says its digest
            return
        is_same = _same_name(one, other) or _same_spaced(one, other)
        if is_same or _is_named_late(one, other):  # else its new name says it
            yield _changed(one, other, _why_unread(one.text, other.text))
        return
    edits = list(file_edits((old[0], one.text), (new[0], other.text), other.name))
    if len(edits) > _MOST_EDITS:
        yield _changed(one, other, REWRITTEN)
        return
    yield from edits
    if one.text.pictures != other.text.pictures:
        yield _changed(one, other, PICTURES)
    elif not edits and (one.text.is_doubtful or other.text.is_doubtful):
        yield _changed(one, other, TextState.UNREADABLE.value)


def _are_comparable(one: FileText, other: FileText) -> bool:
    """Return whether both were read, and by the same reader: a better one makes no edit."""
    return one.state is other.state is TextState.READ and one.reader == other.reader


def _why_unread(old: FileText | None, new: FileText | None) -> str | None:
    states = (text.state for text in (new, old) if text is not None)
    return next((state.value for state in states if state is not TextState.READ), None)


def _changed(one: Attachment, other: Attachment, why: str | None) -> Edit:
    """Return the edit of a file that changed and does not say where; `why` it can't be said."""
    return replace(_edit(_with_digest(one), _with_digest(other)), detail=why)


def _availability(one: Attachment, other: Attachment) -> Iterator[Edit]:
    """Yield that a file which is linked as before is no longer served, or served again.

    One that was never fetched is not missed.
    """
    if other.state is FileState.MISSING:
        if one.digest:
            context = f"{one.name}: linked, no longer served"
            yield replace(_edit(_with_digest(one), None), context=context)
    elif other.digest:
        yield replace(_edit(None, _with_digest(other)), context=f"{other.name}: served again")


def _with_digest(file: Attachment) -> str:
    return f"{file.name} ({file.digest[:_DIGEST]})" if file.digest else file.name


def _edit(old: str | None, new: str | None) -> Edit:
    op = Op.REPLACE if old and new else Op.INSERT if new else Op.DELETE
    kind = Category.PUNCTUATION if old and new and is_layout(old, new) else Category.ATTACHMENT
    return Edit(op, "attachments", kind, old, new, context=new or old or "")
