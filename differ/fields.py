"""Edits of letter fields that the body does not tell: title, dates, attachments, labels."""

from collections.abc import Iterator
from datetime import date

from differ.category import is_layout, of_field
from letters.change import Category, Edit, Op
from letters.labels import RECORD_LABELS
from letters.letter import Attachment, Letter
from letters.text import squashed

DIGEST = 12  # hexadecimal digits shown of an attachment's sha256 where only its bytes changed

_BEFORE_BODY = ("title", "published_on")
_SCALARS = (
    *("number", "session", "subject", "agency", "doc_number", "result_class", "feedback"),
    *("signed_on_raw", "signed_on", "reviewer", "postcode", "phone", "contact"),
)
_LISTS = ("addressees", "co_handlers")
_BY_LABEL = (
    ("电话|邮编|邮政编码|地址|联系", Category.CONTACT),
    ("时间|日期", Category.DATE),
    ("人|委员|代表", Category.NAME),
    ("单位|部门|机构|机关", Category.ORGANISATION),
    ("标题|案由|题目|名称|文号|字号|编号|案号", Category.TITLE),
)


def edits_before_body(old: Letter, new: Letter) -> Iterator[Edit]:
    """Yield the edits of what stands above the body: title, page date, attachments."""
    for name in _BEFORE_BODY:
        yield from _scalar(name, getattr(old, name), getattr(new, name))
    yield from _attachments(old.attachments, new.attachments)


def edits_of_values(old: Letter, new: Letter, told: frozenset[str]) -> Iterator[Edit]:
    """Yield the edits of values that are printed nowhere in the body; `told` are known already."""
    for name in (*_LISTS, *_SCALARS):
        one, other = getattr(old, name), getattr(new, name)
        if one == other or name in told:
            continue
        if name in _LISTS and not _is_printed(name, old, new):
            yield from _list(name, one, other)
        if name in _SCALARS and not _is_told(name, old, new, told):
            yield from _scalar(name, one, other)


def edits_of_labels(old: Letter, new: Letter, told: frozenset[str]) -> Iterator[Edit]:
    """Yield the edits of labelled values that neither the body nor a field tells."""
    if old.labels == new.labels:
        return
    body = squashed(old.wording()), squashed(new.wording())
    for label in dict.fromkeys((*old.labels, *new.labels)):
        one, other = old.labels.get(label), new.labels.get(label)
        if one == other or _is_field(label, one, other, (old, new), told):
            continue
        printed = (
            value is None or squashed(value) in text
            for value, text in zip((one, other), body, strict=True)
        )
        if not all(printed):
            yield from _scalar("labels", one, other, context=label)


def all_edits(old: Letter, new: Letter) -> Iterator[Edit]:
    """Yield an edit for each value that differs, whoever else tells it: the last resort."""
    for name in _LISTS:
        yield from _list(name, getattr(old, name), getattr(new, name))
    for name in _SCALARS:
        yield from _scalar(name, getattr(old, name), getattr(new, name))
    for label in dict.fromkeys((*old.labels, *new.labels)):
        yield from _scalar("labels", old.labels.get(label), new.labels.get(label), context=label)


def _is_field(
    label: str,
    one: str | None,
    other: str | None,
    letters: tuple[Letter, Letter],
    told: frozenset[str],
) -> bool:
    name = RECORD_LABELS.get(label) or {"文号": "doc_number", "发文文号": "doc_number"}.get(label)
    if name and (name in told or getattr(letters[0], name) != getattr(letters[1], name)):
        return True
    values = [{str(getattr(letter, field)) for field in _SCALARS} for letter in letters]
    return (
        (one is None or one in values[0])
        and (other is None or other in values[1])
        and (
            any(
                one == str(getattr(letters[0], field))
                for field in told
                if hasattr(letters[0], field)
            )
        )
    )


def _is_told(name: str, old: Letter, new: Letter, told: frozenset[str]) -> bool:
    if name == "signed_on":
        return bool({"signed_on_raw", "published_on"} & told) or _is_printed(
            "signed_on_raw", old, new
        )
    if _is_printed(name, old, new):
        return True
    return "title" in told and all(
        value is None or squashed(value) in squashed(letter.title)
        for letter in (old, new)
        for value in [getattr(letter, name)]
    )


def _is_printed(name: str, old: Letter, new: Letter) -> bool:
    """Tell whether the body shows where the value stands: then the body's edits tell it."""
    if any(
        span.field == name
        for letter in (old, new)
        for block in letter.body
        for span in block.spans
    ):
        return True
    values = [(getattr(letter, name), letter.wording()) for letter in (old, new)]
    return old.wording() != new.wording() and all(
        value is not None
        and (all(v in text for v in value) if isinstance(value, tuple) else str(value) in text)
        for value, text in values
    )


def _shown(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _op(old: str | None, new: str | None) -> Op:
    if old is None:
        return Op.INSERT
    return Op.DELETE if new is None else Op.REPLACE


def _scalar(
    name: str, old: str | date | None, new: str | date | None, context: str | None = None
) -> Iterator[Edit]:
    one, other = _shown(old) or None, _shown(new) or None
    if one == other:
        return
    kind = of_field(name) if context is None else _of_label(context)
    if one and other and is_layout(one, other):
        kind = Category.PUNCTUATION
    shown = f"{context}：{other or one}" if context else (other or one or "")
    yield Edit(_op(one, other), name, kind, one, other, context=shown)


def _of_label(label: str) -> Category:
    found = (kind for words, kind in _BY_LABEL if any(word in label for word in words.split("|")))
    return next(found, Category.WORDING)


def _list(name: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Edit]:
    gone = [each for each in old if each not in new]
    come = [each for each in new if each not in old]
    for at in range(max(len(gone), len(come))):
        one, other = (dict(enumerate(each)).get(at) for each in (gone, come))
        yield from _scalar(name, one, other)
    if not gone and not come:
        yield from _scalar(name, "、".join(old), "、".join(new))


def _attachments(old: tuple[Attachment, ...], new: tuple[Attachment, ...]) -> Iterator[Edit]:
    """Pair by name, then by file, then by order; only what then differs is told."""
    gone, come = list(old), list(new)
    for alike in (_same_all, _same_name, _same_file):
        for one in list(gone):
            other = next((each for each in come if alike(one, each)), None)
            if other is not None:
                gone.remove(one)
                come.remove(other)
                yield from _attachment(one, other)
    while gone and come:
        yield from _attachment(gone.pop(0), come.pop(0))
    for one in gone:
        yield _file_edit(one.name or one.url, None)
    for one in come:
        yield _file_edit(None, one.name or one.url)


def _same_all(one: Attachment, other: Attachment) -> bool:
    return _same_name(one, other) and _same_file(one, other)


def _same_name(one: Attachment, other: Attachment) -> bool:
    return one.name == other.name


def _same_file(one: Attachment, other: Attachment) -> bool:
    return one.url.rsplit("/", 1)[-1] == other.url.rsplit("/", 1)[-1]


def _attachment(one: Attachment, other: Attachment) -> Iterator[Edit]:
    if one.name != other.name:
        yield _file_edit(one.name, other.name)
    elif one.digest and other.digest:
        if one.digest != other.digest:
            yield _file_edit(
                *(f"{each.name} ({each.digest[:DIGEST]})" for each in (one, other) if each.digest)
            )
    elif not _same_file(one, other):
        yield _file_edit(
            *(f"{each.name} ({each.url.rsplit('/', 1)[-1]})" for each in (one, other))
        )


def _file_edit(old: str | None, new: str | None) -> Edit:
    return Edit(
        _op(old, new), "attachments", Category.ATTACHMENT, old, new, context=new or old or ""
    )
