"""Edits of a letter's attachments (附件)."""

from collections.abc import Iterator
from dataclasses import replace

from differ.edits.layout import is_layout
from letters.change import Category, Edit, Op
from letters.letter import Attachment, FileState

_DIGEST = 12  # hexadecimal digits shown of an attachment's sha256 where only its bytes changed


def attachment_edits(old: tuple[Attachment, ...], new: tuple[Attachment, ...]) -> Iterator[Edit]:
    """Pair by name, then by file, then by order; yield what differs within the pairs."""
    gone, come = list(old), list(new)
    for same in (_same_all, _same_name, _same_file, _same_spaced):
        for one in list(gone):
            other = next((each for each in come if same(one, each)), None)
            if other is not None:
                gone.remove(one)
                come.remove(other)
                yield from _edits(one, other)
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
    spaced = one.name != other.name and _same_spaced(one, other)
    if one.name != other.name:
        yield _edit(one.name, other.name)
        if not spaced:
            return
    if one.state is not other.state:
        yield from _availability(one, other)
    elif one.digest and other.digest:
        if not one.says_the_same_as(other):
            yield _edit(_with_digest(one), _with_digest(other))
    elif not _same_file(one, other):
        yield _edit(*(f"{each.name} ({each.url.rsplit('/', 1)[-1]})" for each in (one, other)))


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
