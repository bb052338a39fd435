"""The contacts of a letter (联系人, 电话, 邮编): the labelled lines at its foot."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from letters.late_pattern import late_pattern
from letters.persons import is_person
from letters.printed_value import PrintedValue
from letters.text import HAN, squashed

LAST_BLOCKS = 16  # of a body, in which its sign-off is
_LINES = 64  # of a letter; two readers of it ask for the contacts of each


class _Of(StrEnum):
    """What a label is followed by."""

    BOTH = "both"  # a person and a number
    PERSON = "person"
    PHONE = "phone"
    POSTCODE = "postcode"
    ADDRESS = "address"
    OTHER = "other"


def _spread(*labels: str) -> str:
    return "|".join(" ?".join(label) for label in labels)


_WHO = _spread(
    *("联系人员", "联系人姓名", "联系人", "经办人员", "经办人", "承办人员", "承办人", "办理人员"),
    *("办理人", "经办"),
)
_PERSON = f"{_WHO}|^人"
_PHONE = _spread(
    *(
        "联系电话",
        "办公电话",
        "咨询电话",
        "联系方式",
        "电话号码",
        "联系手机",
        "手机号码",
        "固定电话",
    ),
    *("电话", "手机"),
)
_LABELS = {
    _Of.BOTH: rf"(?:{_WHO}) ?(?:[及和与、/（(]|以及)? ?其? ?(?:{_PHONE})[）)]?",
    _Of.PERSON: _PERSON,
    _Of.PHONE: rf"(?:联系(?:单位|科室|处室|部门)[及和、/])?(?:{_PHONE})",
    _Of.POSTCODE: _spread("邮政编码", "邮编"),
    _Of.ADDRESS: rf"(?:{_spread('通讯', '联系', '单位', '办公')})? ?{_spread('地址')}",
    _Of.OTHER: _spread(
        *("联系单位", "联系科室", "联系处室", "联系部门", "承办单位", "承办科室", "承办处室"),
        *("经办科室", "责任科室", "传真", "电子邮箱", "电子邮件", "邮箱", "职务", "单位", "科室"),
    ),
}
_LABEL = re.compile(
    "(?=[联经承人办咨电手固邮通单地责传职科])(?:"
    + "|".join(f"(?P<{of.value}>{names})" for of, names in _LABELS.items())
    + ")"
    r"(?: ?[：:] ?| ?(?=[（(]?\d{3}))"
)
_COLON = re.compile("[：:]")
# How each label ends, and what must follow: a quick test, as nearly no line has one.
_MAY_HAVE = re.compile(r"[员名人办话式码机）)编址位室门真箱件务] ?(?:[：:]|[（(]?\d{3})")
_SHORT = 3  # code points of 联系人 or 电话, words that are also in sentences
_NUMBERED = (_Of.BOTH, _Of.PERSON, _Of.PHONE)  # by labels that may go without a colon
_PHONE_NUMBER = (
    r"(?:(?:[（(]?[0０]\d{2,3}[）)]? ?[-—－]? ?)?\d{7,8}(?!\d)(?:(?:[-—－]| ?转) ?\d{1,5}(?!\d))?"
    r"|[1１]\d\d[ -]?\d{4}[ -]?\d{4}(?!\d)|(?<!\d)\d{3,6}(?![\d年*＊xX×]| ?[-—－] ?[*＊xX×]))"
)
_NUMBERS = re.compile(rf"{_PHONE_NUMBER}(?: ?[、，,/；;] ?{_PHONE_NUMBER})*")
_POSTCODE = re.compile(r"\d{6}(?!\d)")
_CHUNK = re.compile(r"[^，,；;、/（(）)\d]+")
_WORD = re.compile(r"[^ ]+")
_OFFICE = re.compile("[委局厅处科室部办站所队院股会心司关组]$")
_POST = "(?:副?(?:主任|科长|处长|局长|股长|所长|站长|部长|队长|院长)|科员|同志|女士|先生)"
_TITLED = late_pattern(f" ?(?:[{HAN}]*{_POST} ?)?(?P<name>[{HAN}]{{2,4}}?)(?: ?{_POST})? ?")
_NAME = late_pattern(f"[{HAN}]{{2,4}}|[{HAN}]{{1,8}}·[{HAN}·]{{1,12}}")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Contact:
    """One labelled contact of a line, and the place of what follows its label."""

    of: _Of
    label: str  # without blanks
    start: int  # code points from the start of the text
    end: int


def read_contacts(tail: Sequence[tuple[int, str]]) -> Iterator[PrintedValue]:
    """Yield postcode, phone and contact person, each once, from numbered blocks."""
    lines = [(index, text, each) for index, text in reversed(tail) for each in _contacts(text)]
    for field, kinds, place_of in _FIELDS:
        for of in kinds:
            spans = ((i, text, place_of(text, each)) for i, text, each in lines if each.of is of)
            placed = ((i, text, span) for i, text, span in spans if span)
            if (first := next(placed, None)) is not None:
                index, text, span = first
                yield PrintedValue(field, squashed(text[slice(*span)]), index, *span)
                break


def read_contact_labels(texts: Sequence[str]) -> dict[str, str]:
    """Return the labelled lines of a sign-off as printed: 邮政编码, 联系电话, 联系人, 地址."""
    labels: dict[str, str] = {}
    for text in texts[-LAST_BLOCKS:]:
        for each in _contacts(text):
            if printed := _printed(text, each):
                labels[each.label] = printed
    return labels


@lru_cache(_LINES)
def _contacts(text: str) -> tuple[Contact, ...]:
    """Return the labelled contacts of a line."""
    return tuple(_labelled(text)) if _MAY_HAVE.search(text) else ()


def _labelled(text: str) -> Iterator[Contact]:
    places = [place for place in _LABEL.finditer(text) if _is_label(place)]
    ends = [*(place.start() for place in places[1:]), len(text)]
    for place, end in zip(places, ends if places else (), strict=True):
        of, value = _kind(place), text[place.end() : end].rstrip(" ，,；;、。")
        yield Contact(of, squashed(place[of.value]), place.end(), place.end() + len(value))


def _kind(label: re.Match[str]) -> _Of:
    return _Of(str(label.lastgroup))


def _is_label(label: re.Match[str]) -> bool:
    """Return whether words are a label: by a colon, or before a number where a word begins."""
    of = _kind(label)
    begins = not re.search(f"[{HAN}]$", label.string[: label.start()])
    return bool(_COLON.search(label[0])) or (
        of in _NUMBERED and (begins or len(label[of.value]) > _SHORT)
    )


def _printed(text: str, each: Contact) -> str | None:
    """Return what follows a label, up to what was read of it."""
    if each.of is _Of.ADDRESS:
        return text[each.start : each.end]
    reads = {_Of.POSTCODE: _postcode, _Of.PERSON: _person}
    if each.of is _Of.OTHER or not (span := reads.get(each.of, _phone)(text, each)):
        return None
    return text[span[0] if each.of is _Of.PERSON else each.start : span[1]]


def _postcode(text: str, each: Contact) -> Span | None:
    code = _POSTCODE.match(text, each.start, each.end)
    return code.span() if code else None


def _phone(text: str, each: Contact) -> Span | None:
    numbers = _NUMBERS.search(text, each.start, each.end)
    is_first = numbers is not None and numbers.start() == each.start
    if numbers is None or (len(numbers[0]) < _SHORTEST and not is_first):
        return None
    return numbers.span()


_SHORTEST = 5  # digits of a phone number that does not follow its label at once


def _person(text: str, each: Contact) -> Span | None:
    """Return the place of the person whom a label names, in or behind the name of an office."""
    chunks = list(_CHUNK.finditer(text, each.start, each.end))
    known = (span for chunk in chunks if (span := _person_in(text, *chunk.span())))
    if span := next(known, None):
        return span
    first = chunks[0] if chunks and chunks[0].start() == each.start else None
    name = squashed(first[0]) if first else ""
    is_name = first and each.of is not _Of.PHONE and _NAME().fullmatch(name)
    return (
        _trimmed(text, *first.span()) if first and is_name and not _OFFICE.search(name) else None
    )


def _person_in(text: str, start: int, end: int) -> Span | None:
    """Return the place of a person's name: all of a chunk, a word of it, or behind an office."""
    if is_person(squashed(text[start:end])):
        return _trimmed(text, start, end)
    if (titled := _TITLED().fullmatch(text, start, end)) and is_person(titled["name"]):
        return titled.span("name")
    for word in _WORD.finditer(text, start, end):
        if is_person(word[0]) and not _spread_on(text, word.end(), end):
            return word.span()
        for length in (3, 2, 4):
            name, office = word[0][-length:], word[0][:-length]
            if is_person(name) and len(office) > 1 and _OFFICE.search(office):
                return word.end() - length, word.end()
    return None


def _spread_on(text: str, start: int, end: int) -> bool:
    """Return whether single characters follow: a name whose blanks are within it."""
    return bool(re.match(rf" [{HAN}](?![{HAN}])", text[start:end]))


def _trimmed(text: str, start: int, end: int) -> Span:
    value = text[start:end]
    return start + len(value) - len(value.lstrip()), end - len(value) + len(value.rstrip())


_FIELDS = (
    ("postcode", (_Of.POSTCODE,), _postcode),
    ("phone", (_Of.BOTH, _Of.PHONE, _Of.PERSON), _phone),
    ("contact", (_Of.PERSON, _Of.BOTH, _Of.PHONE), _person),
)
