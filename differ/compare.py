"""Compares two states of a letter."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from differ.category import category_of
from differ.runs import diff
from differ.tokens import tokens
from letters.change import Category, Edit, Op
from letters.letter import Letter

DIFFER = "0"

_VALUES = ("title", "published_on", "doc_number")


def compare(old: Letter, new: Letter) -> tuple[Edit, ...]:
    """Return the edits that turn `old` into `new`, in reading order."""
    if old.digest() == new.digest():
        return ()
    found = [*_fields(old, new), *_attachments(old, new), *_body(old, new)]
    return tuple(found) or tuple(_labels(old, new))


def _fields(old: Letter, new: Letter) -> Iterator[Edit]:
    for name in _VALUES:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield from _text(str(before or ""), str(after or ""), name, ())


def _attachments(old: Letter, new: Letter) -> Iterator[Edit]:
    before = {each.name: each for each in old.attachments}
    after = {each.name: each for each in new.attachments}
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        if was is None or now is None or (was.digest and now.digest and was.digest != now.digest):
            op = Op.INSERT if was is None else Op.DELETE if now is None else Op.REPLACE
            gone, come = was.name if was else None, now.name if now else None
            yield Edit(op, "attachments", Category.ATTACHMENT, gone, come)


def _labels(old: Letter, new: Letter) -> Iterator[Edit]:
    yield Edit(
        Op.REPLACE, "labels", Category.WORDING, str(dict(old.labels)), str(dict(new.labels))
    )


def _body(old: Letter, new: Letter) -> Iterator[Edit]:
    before, after = [block.text for block in old.body], [block.text for block in new.body]
    for op, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            continue
        section = _section(new, j1)
        yield from _text("".join(before[i1:i2]), "".join(after[j1:j2]), "body", section)


def _section(letter: Letter, index: int) -> tuple[str, ...]:
    path: dict[int, str] = {}
    for block in letter.body[:index]:
        if block.level:
            path = {level: text for level, text in path.items() if level < block.level}
            path[block.level] = block.text
    return tuple(path.values())


def _text(old: str, new: str, field: str, section: tuple[str, ...]) -> Iterator[Edit]:
    deleted = ""
    for op, run in [*diff(tokens(old), tokens(new)), (0, [])]:
        text = "".join(run)
        if op < 0:
            deleted = text
        elif op > 0:
            yield _edit(deleted, text, field, section)
            deleted = ""
        elif deleted:
            yield _edit(deleted, "", field, section)
            deleted = ""


def _edit(old: str, new: str, field: str, section: tuple[str, ...]) -> Edit:
    op = Op.REPLACE if old and new else Op.DELETE if old else Op.INSERT
    return Edit(op, field, category_of(old, new, field), old or None, new or None, None, section)
