"""How much a change matters, from its edits, with the reason in words.

| edits | significance |
| --- | --- |
| none | cosmetic |
| figure, date, name, organisation, title, commitment, attachment | substantive |
| in number, session, result_class, feedback, doc_number, published_on | substantive |
| a whole sentence that came or went, or 120 code points of wording in all | substantive |
| a row of a table that came or went | substantive |
| a few words of the text that deny, where the others do not: 已通过 → 未通过 | substantive |
| contact, wording, a paragraph that moved | minor |
| only marks, blanks, full and half width | cosmetic |

The weightiest edit decides.
"""

import re
from collections.abc import Sequence

from letters.change import Category, Edit, Op, Significance
from letters.fields import Trait, names_with

_MUCH_WORDING = 120  # code points of wording that came or went in all
_SHORTEST_SENTENCE = (
    12  # code points of a sentence that came or went, from which on it says something
)

_FEW_WORDS = 12  # code points of words that say whether something is so
_DENIES = re.compile(
    r"不(?![断仅少同久锈过但论管只懈良畅足力])|未(?!来|成年)|没有|无(?!人机|障碍|线|纺|害化|偿|疑|缝|论)|禁止"
)
_GRAVE = {
    Category.COMMITMENT: "a promise changed",
    Category.FIGURE: "a figure changed",
    Category.DATE: "a date changed",
    Category.NAME: "a name changed",
    Category.ORGANISATION: "a body or place changed",
    Category.TITLE: "a title changed",
    Category.ATTACHMENT: "an attachment changed",
}
_GRAVE_FIELDS = frozenset(names_with(Trait.SUBSTANTIVE))


def weigh(edits: Sequence[Edit]) -> tuple[Significance, str]:
    """Return the significance of a change and the reason in one short English sentence."""
    real = [edit for edit in edits if edit.category is not Category.PUNCTUATION]
    if not real:
        return Significance.COSMETIC, "Only punctuation or spacing changed."
    for kind, reason in _GRAVE.items():
        if graves := [edit for edit in real if edit.category is kind]:
            return Significance.SUBSTANTIVE, _sentence(graves[0], reason)
    for edit in real:
        if edit.field in _GRAVE_FIELDS:
            return Significance.SUBSTANTIVE, f"The field {edit.field} changed."
    return _weigh_wording(real)


def _weigh_wording(edits: Sequence[Edit]) -> tuple[Significance, str]:
    for matters, reason in _GRAVE_WORDING:
        if any(map(matters, edits)):
            return Significance.SUBSTANTIVE, reason
    if sum(_size(edit) for edit in edits) >= _MUCH_WORDING:
        return Significance.SUBSTANTIVE, "Much of the wording changed."
    if all(edit.category is Category.CONTACT for edit in edits):
        return Significance.MINOR, "Only contact details changed."
    if all(edit.op is Op.MOVE for edit in edits):
        return Significance.MINOR, "The same words stand in another order."
    return Significance.MINOR, "Only wording changed."


def _is_row(edit: Edit) -> bool:
    is_of_words = edit.category is Category.WORDING and edit.op in {Op.INSERT, Op.DELETE}
    return is_of_words and "\t" in ((edit.old or "") + (edit.new or "")).strip()


def _turns_round(edit: Edit) -> bool:
    """Return whether few words of the text deny on one side alone: 已 → 未, 不 that came."""
    if (edit.field, edit.category) != ("body", Category.WORDING) or _size(edit) > _FEW_WORDS:
        return False
    return bool(_DENIES.search(edit.old or "")) != bool(_DENIES.search(edit.new or ""))


def _sentence(edit: Edit, reason: str) -> str:
    """Return the reason as a sentence, with what became of a promise."""
    reason = f"{reason[0].upper()}{reason[1:]}"
    return f"{reason}: {edit.detail}." if edit.detail else f"{reason}."


def _size(edit: Edit) -> int:
    return 0 if edit.op is Op.MOVE else max(len(edit.old or ""), len(edit.new or ""))


def _is_sentence(edit: Edit) -> bool:
    text = (edit.old or "") + (edit.new or "")
    return (
        edit.op in {Op.INSERT, Op.DELETE}
        and len(text) >= _SHORTEST_SENTENCE
        and text[-1] in "。！？；"
    )


_GRAVE_WORDING = (
    (_is_sentence, "A whole sentence came or went."),
    (_is_row, "A row of a table came or went."),
    (_turns_round, "Whether something is so changed."),
)
