"""The marks beside a letter's text: document number (发文字号), reviewer, result class (A类)."""

import re
from collections.abc import Iterator, Sequence

from letters.printed_value import PrintedValue
from letters.reviewer import find_reviewer
from letters.text import squashed

_HEAD = 4  # blocks above the text that can hold marks
_FOOT = 6  # and below it
_DOC_NUMBER = re.compile(r"[一-龥]{2,15} ?[〔［\[（(【]\d{4}[〕］\]）)】] ?第?\d+号")
_LETTER = r"(?P<letter>[A-DＡ-Ｄ甲乙丙丁])"
CLASS = re.compile(rf"[（(]?{_LETTER} ?[）)]?类?[）)]?")
_LABELS = "|".join(
    " ?".join(label)
    for label in (
        *(
            "办理结果类别",
            "办理结果分类",
            "办理结果",
            "办理类别",
            "办理类型",
            "答复类别",
            "答复类型",
        ),
        *("答复结果", "结果类别", "结果分类", "类别", "类型", "分类"),
    )
)
_SURE_CLASS = re.compile(
    rf"[（(]?(?:(?P<label>{_LABELS}) ?[：:] ?(?P<printed>[（(]?{_LETTER} ?[）)]?类?)[）)]?"
    r"|[（(]?(?P<bare>[A-DＡ-Ｄ甲乙丙丁]) ?[）)]?类[）)]?)"
)


def read_marks(texts: Sequence[str]) -> Iterator[PrintedValue]:
    """Yield the marks at the head of a letter; its result class may be at the foot."""
    head = [each for index, text in enumerate(texts[:_HEAD]) for each in _of_line(index, text)]
    yield from head
    below = range(max(len(texts) - _FOOT, _HEAD), len(texts))
    classes = [each for index in below if (each := _class(index, texts[index], 0))]
    has_class = any(each.field == "result_class" for each in head)
    # Several classes at the foot explain what they mean.
    if not has_class and len({each.value for each in classes}) == 1:
        yield classes[0]


def read_class_labels(texts: Sequence[str]) -> dict[str, str]:
    """Return the labelled result class as printed."""
    lines = [*texts[:_HEAD], *texts[max(len(texts) - _FOOT, _HEAD) :]]
    pieces = [text[start:end] for text in lines for start, end in _pieces(text)]
    grades = filter(None, map(_SURE_CLASS.fullmatch, pieces))
    return {squashed(grade["label"]): grade["printed"] for grade in grades if grade["label"]}


def _of_line(index: int, text: str) -> list[PrintedValue]:
    marks = [each for piece in _pieces(text) for each in _of_piece(index, text, piece)]
    if not marks and (grade := CLASS.fullmatch(text)):
        return [PrintedValue("result_class", grade["letter"], index, *grade.span("letter"))]
    return marks


def _pieces(text: str) -> list[tuple[int, int]]:
    """Return the places of the parts of a line that blanks set apart, or that of the line."""
    if _DOC_NUMBER.fullmatch(text) or _SURE_CLASS.fullmatch(text):
        return [(0, len(text))]
    return [piece.span() for piece in re.finditer(r"\S+", text)]


def _of_piece(index: int, text: str, piece: tuple[int, int]) -> Iterator[PrintedValue]:
    start, end = piece
    part = text[start:end]
    if _DOC_NUMBER.fullmatch(part):
        yield PrintedValue("doc_number", squashed(part), index, start, end)
    elif grade := _class(index, part, start):
        yield grade
    elif part.startswith("签发人") and (place := find_reviewer(text)):
        yield PrintedValue("reviewer", squashed(text[slice(*place)]), index, *place)


def _class(index: int, text: str, offset: int) -> PrintedValue | None:
    grade = _SURE_CLASS.fullmatch(text)
    if grade is None:
        return None
    name = "letter" if grade["letter"] else "bare"
    start, end = grade.span(name)
    return PrintedValue("result_class", grade[name], index, offset + start, offset + end)
