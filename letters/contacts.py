"""The contacts of a letter (联系人, 电话, 邮编): the labelled lines at its foot."""

import re
from collections.abc import Iterator, Sequence

from letters.persons import is_person
from letters.printed_value import PrintedValue
from letters.text import squashed

LAST_BLOCKS = 16  # of a body, in which its sign-off is


def _spread(*labels: str) -> str:
    return "|".join(" ?".join(label) for label in labels)


# A name ends before a mark, a digit, a blank or the next label; blanks may be in it.
_NEXT = _spread("电话", "联系", "手机", "邮编", "邮政", "地址", "传真")
_NAME = (
    rf"(?:[一-龥](?: (?!{_NEXT})[一-龥](?![一-龥])){{1,3}}|[一-龥] (?!{_NEXT})[一-龥]{{2}}"
    r"|[一-龥]{1,8}·[一-龥·]{1,12}?|[一-龥·]{2,6}?)"
    rf"(?=$|[，,；;、。（(）)/ \d]|{_NEXT})"
)
_OFFICE = "[一-龥]{2,15}[委局处科室部办] "
_NUMBER = r"[（(]?\d[\d（）()\-—－、，,/ 转]*\d"
_PHONE_LABEL = _spread("联系电话", "办公电话", "咨询电话", "联系方式", "电话号码", "电话")
_BOTH_LABEL = _spread("联系人及联系电话", "联系人及电话", "联系人及联系方式", "联系人和电话")
_PERSON_LABEL = _spread("联系人员", "联系人姓名", "联系人", "经办人", "承办人")

_POSTCODE = re.compile(
    rf"(?P<label>{_spread('邮政编码', '邮编')}) ?[：:] ?(?P<value>\d{{6}})(?!\d)"
)
_PHONE = re.compile(
    rf"(?P<label>{_BOTH_LABEL}|{_PHONE_LABEL}) ?[：:] ?"
    rf"(?P<printed>(?:{_NAME}[，,、： ]?(?=[（(]?\d[\d（）()\-—－]{{5}}))?(?P<value>{_NUMBER}))"
)
_CONTACT = re.compile(rf"(?P<label>{_PERSON_LABEL}|^人) ?[：:] ?(?:{_OFFICE})?(?P<value>{_NAME})")
_ADDRESS = re.compile(
    rf"(?P<label>(?:{_spread('通讯', '联系', '单位')})? ?{_spread('地址')}) ?[：:] ?(?P<value>.+)"
)
# 联系电话：陈思宇 67575012; 联系人：陈思宇 67575012; 联系人：陈思宇（67575012）
_CONTACT_BY_PHONE = re.compile(
    rf"(?:{_BOTH_LABEL}|{_PHONE_LABEL}) ?[：:] ?(?P<value>{_NAME})[，,、 ]?[（(]?\d"
)
_PHONE_BY_CONTACT = re.compile(
    rf"(?:{_PERSON_LABEL}) ?[：:] ?{_NAME}[，,、 ]?[（(]? ?(?P<value>\d[\d\-—－]{{5,}}\d)"
)
_FORMS = {
    "postcode": (_POSTCODE,),
    "phone": (_PHONE, _PHONE_BY_CONTACT),
    "contact": (_CONTACT, _CONTACT_BY_PHONE),
}


def read_contacts(tail: Sequence[tuple[int, str]]) -> Iterator[PrintedValue]:
    """Yield postcode, phone and contact person, each once, from numbered blocks."""
    for name, forms in _FORMS.items():
        values = (each for form in forms for each in _last(name, form, tail))
        if (first := next(values, None)) is not None:
            yield first


def read_contact_labels(texts: Sequence[str]) -> dict[str, str]:
    """Return the labelled lines of a sign-off as printed: 邮政编码, 联系电话, 联系人, 地址."""
    labels: dict[str, str] = {}
    for text in texts[-LAST_BLOCKS:]:
        for form in (_POSTCODE, _PHONE, _CONTACT, _ADDRESS):
            for line in form.finditer(text):
                parts = line.groupdict()
                labels[squashed(parts["label"])] = parts.get("printed") or parts["value"]
    return labels


def _last(
    name: str, form: re.Pattern[str], tail: Sequence[tuple[int, str]]
) -> Iterator[PrintedValue]:
    for index, text in reversed(tail):
        match = form.search(text)
        if match and (form is not _CONTACT_BY_PHONE or is_person(squashed(match["value"]))):
            yield PrintedValue(name, squashed(match["value"]), index, *match.span("value"))
            return
