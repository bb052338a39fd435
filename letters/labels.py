"""Labelled fields (案由：… 提案人：… 委员反馈：…), the form of a reply that is a record."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letters.text import squashed

# The labels that records print, and the field of Letter each is read into, if any.
RECORD_LABELS: dict[str, str | None] = {
    "案由": "subject",
    "事由": "subject",
    "案题": "subject",
    "提案标题": "subject",
    "提案名称": "subject",
    "提案题目": "subject",
    "建议标题": "subject",
    "建议名称": "subject",
    "提案编号": "number",
    "建议编号": "number",
    "提案号": "number",
    "建议号": "number",
    "案号": "number",
    "届次": "session",
    "提案人": None,
    "提案者": None,
    "提案委员": None,
    "提案单位": None,
    "第一提案人": None,
    "联名人": None,
    "附议人": None,
    "建议人": None,
    "领衔代表": None,
    "领衔人": None,
    "提出人": None,
    "界别": None,
    "主办单位": "agency",
    "承办单位": "agency",
    "答复单位": "agency",
    "分办单位": None,
    "协办单位": "co_handlers",
    "会办单位": "co_handlers",
    "委员反馈": "feedback",
    "代表反馈": "feedback",
    "反馈意见": "feedback",
    "委员意见": "feedback",
    "委员评价": "feedback",
    "代表评价": "feedback",
    "满意度": "feedback",
    "满意程度": "feedback",
    "办理结果": "result_class",
    "办理类别": "result_class",
    "办理类型": "result_class",
    "答复类别": "result_class",
    "答复类型": "result_class",
    "结果分类": "result_class",
    "交办时间": None,
    "交办日期": None,
    "办结时间": None,
    "办结日期": None,
    "答复时间": None,
    "答复日期": None,
    "答复文号": "doc_number",
    "复函文号": "doc_number",
    "发文字号": "doc_number",
    "办复内容": None,
    "办理内容": None,
    "办理情况": None,
    "答复内容": None,
    "答复意见": None,
    "办理意见": None,
    "办理复文": None,
    "复文内容": None,
}
TEXT_LABELS = {
    "办复内容",
    "办理内容",
    "办理情况",
    "答复内容",
    "答复意见",
    "办理意见",
    "办理复文",
    "复文内容",
}
ENOUGH_FOR_A_RECORD = 2  # one label alone may be in any letter

_BY_LENGTH = sorted(RECORD_LABELS, key=len, reverse=True)
_KNOWN = "|".join(" ?".join(name) for name in _BY_LENGTH)
_LABEL = re.compile(
    rf"(?P<name>{_KNOWN}) ?[：:] ?|[【［] ?(?P<boxed>{_KNOWN}) ?[：:]?[】］] ?[：:]? ?"
)
_ANY_LABEL = re.compile(
    r"(?:(?P<name>[一-龥](?: ?[一-龥]){1,7}) ?[：:]|[【［](?P<boxed>[一-龥 ]{2,9})[】］][：:]?) ?"
    r"(?P<value>[^：:。]{1,80})"
)


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled field, and the place of its value."""

    name: str  # without blanks
    block: int  # index of the block that holds it
    start: int  # code points from the start of the block's text
    end: int


def label_at(text: str) -> tuple[str, int] | None:
    """Return the known label that `text` begins with and where its value starts, or None."""
    label = _LABEL.match(text)
    return (_name(label), label.end()) if label else None


def find_labels(texts: Sequence[str], cells: Sequence[Label] = ()) -> list[Label]:
    """Return the labelled fields of a record, in reading order; an empty list for no record.

    Several may be in one block where line breaks were lost. A label counts at the
    start of a block, or after another label's value. `cells` are those of tables; below
    a reply a table belongs to it.
    """
    in_text = list(_labels_in_text(texts))
    reply = min((each.block for each in in_text if each.name in TEXT_LABELS), default=len(texts))
    labels = sorted((*in_text, *(each for each in cells if each.block < reply)), key=_place)
    known = {label.name for label in labels if label.name in RECORD_LABELS}
    return labels if len(known) >= ENOUGH_FOR_A_RECORD else []


def _labels_in_text(texts: Sequence[str]) -> Iterator[Label]:
    names: set[str] = set()
    for index, text in enumerate(texts):
        if names & TEXT_LABELS:
            return  # what follows is the reply itself
        if _LABEL.match(text):
            for label in _in_block(index, text):
                names.add(label.name)
                yield label
        elif names and (other := _ANY_LABEL.fullmatch(text)):
            yield Label(_name(other), index, other.start("value"), other.end("value"))


def _in_block(index: int, text: str) -> Iterator[Label]:
    places = list(_LABEL.finditer(text))
    for place, following in zip(places, [*places[1:], None], strict=True):
        name = _name(place)
        ends_block = name in TEXT_LABELS or following is None
        end = len(text) if ends_block or following is None else following.start()
        yield Label(name, index, place.end(), len(text[:end].rstrip()))
        if ends_block:
            return


def _name(label: re.Match[str]) -> str:
    return squashed(label["name"] or label["boxed"])


def _place(label: Label) -> tuple[int, int]:
    return label.block, label.start
