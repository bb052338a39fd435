"""The agency of a directory: who signs its letters, never who handles or gets them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from letters.counted import counted
from letters.letter import Letter
from letters.text import HAN, squashed

UNKNOWN = "？"
# Labels of who was asked to handle a paper, which need not be who answers.
_HANDLERS = {"主办单位", "承办单位", "办理单位", "主办部门", "承办部门", "会办单位", "协办单位"}
_BODY = re.compile(
    rf"[{HAN}（）]{{1,30}}(?:委员会|办公室|政府|[局厅部院署委办会司处行]|中心|公司|学校|大学)"
)
_OF_SITE = re.compile(r"(?:信息公开)?(?:门户|官方)?(?:网站?|平台|官网)$")
_PARTS = re.compile(r"[\s_|｜\-—–>·:：]+")
_QUOTED = 5  # names of several signers


@dataclass(frozen=True, slots=True)
class EntryValue:
    """A value of an entry, and in words why it may be wrong; None where it is sure."""

    value: str
    doubt: str | None = None


NO_VALUE = EntryValue("")  # of a listing that can't be watched


def choose_agency(letters: Sequence[Letter], owner: str | None) -> EntryValue:
    """Return who signs most of the letters of a site whose pages call `owner` their body."""
    signers = Counter(signer for letter in letters if (signer := signer_of(letter)))
    best, times = signers.most_common(1)[0] if signers else ("", 0)
    if best and times * 2 > len(letters):
        is_alike = owner is None or is_same_body(best, owner)
        return EntryValue(best, None if is_alike else f"the site's own pages name {owner}")
    named = ", ".join(f"{name} ({number})" for name, number in signers.most_common(_QUOTED))
    if owner:
        why = f"the letters are signed by {named}" if named else "no letter is signed"
        return EntryValue(owner, f"{why}; this is what the site calls itself")
    if best:
        are = counted(times, "is", "are")
        return EntryValue(best, f"of {len(letters)} letters {are} signed so: {named}")
    return EntryValue(UNKNOWN, "no letter is signed, and no page says whose the site is")


def signer_of(letter: Letter) -> str | None:
    """Return who signs a letter (落款); None where nobody does, or who handles or gets it does."""
    name = letter.agency
    if not name or not name.strip():
        return None
    handlers = {squashed(letter.labels.get(label, "")) for label in _HANDLERS}
    others = {*map(squashed, letter.co_handlers), *map(squashed, letter.addressees), *handlers}
    return None if squashed(name) in others else name


def owner_of(site_names: Iterable[str], titles: Iterable[str]) -> str | None:
    """Return the body whose site it is, by its pages' tags and the parts of their titles.

    >>> owner_of([], ["提案公开_某市发展和改革委员会门户网站"])
    '某市发展和改革委员会'
    """
    named = [_body(name) for name in site_names]
    parts = [_body(part) for title in titles for part in _PARTS.split(title)]
    for names in (named, parts):
        counted = Counter(name for name in names if name)
        if counted:
            return counted.most_common(1)[0][0]
    return None


def _body(words: str) -> str | None:
    """Return a name where it is one of a public body, without its website; else None."""
    whole = squashed(words)
    for name in (whole, _OF_SITE.sub("", whole)):
        if _BODY.fullmatch(name):
            return name
    return None


def is_same_body(one: str, other: str) -> bool:
    """Return whether two names may be of one body: cut short, or without its place before it.

    >>> is_same_body("市发展改革委", "某市发展和改革委员会"), is_same_body("市教委", "市财政局")
    (True, False)
    """
    short, long = sorted(map(_core, (one, other)), key=len)
    rest = iter(long)
    return bool(short) and all(char in rest for char in short)


def _core(name: str) -> str:
    """Return a name without the place before it."""
    return re.sub(r"^.{0,8}?[省市区县州旗](?=.{2})", "", squashed(name))
