"""Quiet edits that can befall a letter again and again, each with the truth of it."""

import random
import re
from typing import Any

from replica.document import Document
from replica.words import GIVEN, PARTNERS

Edits = list[dict[str, Any]]  # each {op, field, category or categories, old, new}

ADDED = "有关情况已向社会公布。"


def _swap(
    each: Document, words: tuple[str, str], field: str, told: tuple[Any, Any, Any]
) -> Edits | None:
    """Put the second of `words` for the first, which stands once, and return the truth of it.

    `told` is the category (or several), the old and the new token.
    """
    before, after = words
    if sum(text.count(before) for _, text in each.blocks) != 1:
        return None
    each.blocks = [(kind, text.replace(before, after)) for kind, text in each.blocks]
    category, old, new = told
    op = "insert" if old is None else "delete" if new is None else "replace"
    return [{"op": op, "field": field, "category": category, "old": old, "new": new}]


def _found(each: Document, form: str) -> re.Match[str] | None:
    return re.search(form, "\n".join(text for _, text in each.blocks))


def _figure(each: Document, chance: random.Random) -> Edits | None:
    found = _found(each, r"建设投资(\d+\.\d)亿元")
    if not found:
        return None
    new = f"{float(found[1]) + chance.randint(1, 40):.1f}"
    words = found[0], f"建设投资{new}亿元"
    return _swap(each, words, "body", ("figure", found[1], new))


def _share(each: Document, chance: random.Random) -> Edits | None:
    found = _found(each, r"同比增长(\d+\.\d)%")
    if not found:
        return None
    new = f"{float(found[1]) + chance.randint(1, 40):.1f}"
    return _swap(each, (found[0], f"同比增长{new}%"), "body", ("figure", found[1], new))


def _year(each: Document, chance: random.Random) -> Edits | None:
    found = _found(each, r"(\d{4})年底前新增")
    if not found:
        return None
    new = str(int(found[1]) + chance.randint(1, 2))
    told = (("date", "commitment"), f"{found[1]}年", f"{new}年")
    return _swap(each, (found[0], f"{new}年底前新增"), "body", told)


def _promise(each: Document, _: random.Random) -> Edits | None:
    old, new = ("确保", "力争") if _found(each, "将确保") else ("力争", "确保")
    return _swap(each, (f"将{old}", f"将{new}"), "body", ("commitment", old, new))


def _period(each: Document, _: random.Random) -> Edits | None:
    old, new = ("季度", "半年") if _found(each, "每季度通报一次") else ("半年", "季度")
    words = f"每{old}通报一次", f"每{new}通报一次"
    return _swap(each, words, "body", ("wording", old, new))


def _colon(each: Document, _: random.Random) -> Edits | None:
    old, new = ("：", ":") if _found(each, "如下：") else (":", "：")
    return _swap(each, (f"如下{old}", f"如下{new}"), "body", ("punctuation", old, new))


def _sentence(each: Document, _: random.Random) -> Edits | None:
    if found := _found(each, f"进展情况。{ADDED}"):
        return _swap(each, (found[0], "进展情况。"), "body", ("wording", ADDED, None))
    words = "进展情况。", f"进展情况。{ADDED}"
    return _swap(each, words, "body", ("wording", None, ADDED))


def _reviewer(each: Document, chance: random.Random) -> Edits | None:
    old = str(each.fields["reviewer"])
    new = old[:1] + chance.choice([name for name in GIVEN if name != old[1:]])
    told = _swap(each, (f"我委{old}主任", f"我委{new}主任"), "reviewer", ("name", old, new))
    each.fields["reviewer"] = new if told else old
    return told


def _partner(each: Document, chance: random.Random) -> Edits | None:
    old, *rest = each.fields["co_handlers"]
    new = chance.choice([name for name in PARTNERS if name not in {old, *rest}])
    told = _swap(each, (f"经与{old}", f"经与{new}"), "co_handlers", ("organisation", old, new))
    each.fields["co_handlers"] = [new if told else old, *rest]
    return told


def _phone(each: Document, chance: random.Random) -> Edits | None:
    old, new = each.fields["phone"], f"6757{chance.randint(1000, 9999)}"
    words = f"联系电话：{old}", f"联系电话：{new}"
    told = _swap(each, words, "phone", ("contact", old, new)) if new != old else None
    each.fields["phone"] = new if told else old
    return told


def _published(each: Document, chance: random.Random) -> Edits | None:
    old = each.fields["published_on"]
    new = f"2022-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    if new == old:
        return None
    each.fields["published_on"] = new
    return [{"op": "replace", "field": "published_on", "category": "date", "old": old, "new": new}]


EDITS = (
    *(_figure, _share, _year, _promise, _period, _colon, _sentence),
    *(_reviewer, _partner, _phone, _published),
)
