"""The head of a reply letter: the salutation and the sentence that says what is answered."""

import re
from collections.abc import Iterator, Sequence

from letters.found import Found
from letters.names import are_addressees, split_bodies, split_persons
from letters.text import squashed
from letters.titles import find_session

WITHIN = 8  # a salutation and an opening stand in the first blocks of a body or not at all

_SALUTATION = re.compile(
    r"(?:尊敬的)?(?P<names>[^：:，。！？]{2,120}?)[：:](?:您好|你们好)?[！!。]?"
)
_RECEIVED = re.compile(r"[^。！？]*?(?:收悉|收到|已收|答复如下|回复如下)")
_TITLED = re.compile(r"《(?P<subject>[^》]+(?:》[^《》]{0,20}《[^》]+)?)》")
_QUOTED = re.compile(r"提(?:出|交)的?“(?P<subject>[^”]+)”")
_PLAIN = re.compile(r"提(?:出|交)的?(?P<subject>关于[^《》（(]+?的(?:建议|提案|意见建议|议案))")
_NUMBER = re.compile(r"第?\s*(?P<number>[0-9A-Za-z][0-9A-Za-z-]*)\s*号")
_WITH = re.compile(
    r"(?:经(?:我[委局厅部办院]|本[委局厅部办院])?(?:商|与|会同|征求)|会同|(?<=[，,。；;])商请?|(?<=[，,。；;])与)"
    r"(?P<bodies>[^。；]{2,200}?)"
    r"(?:等?(?:部门|单位)?(?:意见)?)"
    r"(?:联合|共同|认真|会商|沟通)*(?:研究|会商|办理|协商|沟通|商量|，现|,现|，答复|,答复|，就|,就|。)"
)


def read_opening(texts: Sequence[str]) -> Iterator[Found]:
    """Yield what the first blocks say: addressees, subject, number, session, co-handlers."""
    for index, text in enumerate(texts[:WITHIN]):
        if salutation := _salutation(index, text):
            yield salutation
            break
    for index, text in enumerate(texts[:WITHIN]):
        if _RECEIVED.search(text):
            yield from _sentence(index, text)
            return


def _salutation(index: int, text: str) -> Found | None:
    match = _SALUTATION.fullmatch(text)
    if match is None:
        return None
    names = split_persons(match["names"])
    if not are_addressees(names):
        return None
    start, end = match.span("names")
    return Found("addressees", names, index, start, end)


def _sentence(index: int, text: str) -> Iterator[Found]:
    received = _RECEIVED.search(text)
    head = text[: received.end()] if received else text
    subject = next(
        (found for form in (_TITLED, _QUOTED, _PLAIN) if (found := form.search(head))), None
    )
    if subject:
        start, end = subject.span("subject")
        yield Found("subject", subject["subject"], index, start, end)
    yield from _session_and_number(index, head, subject)
    after = subject.end("subject") if subject else 0  # a subject may speak of 商用车
    if handlers := _WITH.search(text, after):
        bodies = split_bodies(handlers["bodies"])
        start, end = handlers.span("bodies")
        yield Found("co_handlers", bodies, index, start, end)


def _session_and_number(index: int, head: str, subject: re.Match[str] | None) -> Iterator[Found]:
    around = head if subject is None else _blanked(head, *subject.span("subject"))
    if number := _NUMBER.search(around):
        yield Found("number", number["number"], index, *number.span("number"))
    if (session := find_session(around)) and session in squashed(around):
        start = around.find(session)
        if start >= 0:
            yield Found("session", session, index, start, start + len(session))


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + "\0" * (end - start) + text[end:]
