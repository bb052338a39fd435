"""The head of a reply letter: the salutation and the sentence that says what is answered."""

import re
from collections.abc import Iterator, Sequence

from letters.co_handlers import read_handlers
from letters.labels import RECORD_LABELS
from letters.name_lists import are_addressees, split_persons
from letters.printed_value import PrintedValue
from letters.text import squashed
from letters.titles import YEAR, find_session, plain_number

FIRST_BLOCKS = 8  # of a body, in which salutation and opening are

_GREETING = "(?:您好|你们好|你好)"
_SALUTATION = re.compile(
    r"(?:尊敬的)?(?P<names>[^：:，,。！？]{2,120}?)"
    rf"(?:[，, ]?{_GREETING}[：:！!。]|[：:]{_GREETING}?[！!。]?)"
)
# In one paragraph with what follows it, where no line ends: 赵小华委员：您提出的…
_RUN_IN = re.compile(
    r"(?:尊敬的)?(?P<names>[^：:，,。！？《]{2,60}?(?:委员|代表|女士|先生|同志|委会|委员会|工商联))"
    rf"(?:[，, ]?{_GREETING})?[：:！!] ?(?:{_GREETING}[！!。，,])? ?(?=[您你贵])"
)
_RECEIVED = re.compile(r"[^。！？]*?(?:收悉|收到|已收|答复如下|回复如下)")
_QUOTED = re.compile(r"提(?:出|交)的?“(?P<subject>[^”]+)”")
_PLAIN = re.compile(r"提(?:出|交)的?(?P<subject>关于[^《》（(]+?的(?:建议|提案|意见建议|议案))")
_ONE = "[0-9０-９A-Za-z][0-9０-９A-Za-z-]*"
_NUMBER = re.compile(
    rf"第 ?{YEAR}(?P<number>{_ONE}(?: ?号?[、和及] ?第? ?{YEAR}{_ONE})*) ?号(?!令|公告|文)"
    rf"|(?:[（(]|提案|建议|议案|编号|案号)[：: ]?(?P<boxed>{_ONE}) ?号(?!令|公告|文)"
    rf"|(?<![0-9A-Za-z〕])(?P<bare>{_ONE}) ?号(?=的?(?:提案|建议|议案)|\0)"
)


def read_opening(texts: Sequence[str]) -> Iterator[PrintedValue]:
    """Yield what the first blocks say: addressees, subject, number, session, co-handlers."""
    for index, text in enumerate(texts[:FIRST_BLOCKS]):
        if salutation := _salutation(index, text):
            yield salutation
            break
    for index, text in enumerate(texts[:FIRST_BLOCKS]):
        if _RECEIVED.search(text):
            yield from _sentence(index, text)
            return


def _salutation(index: int, text: str) -> PrintedValue | None:
    match = _SALUTATION.fullmatch(text) or _RUN_IN.match(text)
    if match is None or squashed(match["names"]) in RECORD_LABELS:
        return None
    names = split_persons(match["names"])
    if not are_addressees(names):
        return None
    start, end = match.span("names")
    return PrintedValue("addressees", names, index, start, end)


def _sentence(index: int, text: str) -> Iterator[PrintedValue]:
    received = _RECEIVED.search(text)
    head = text[: received.end()] if received else text
    subject = _subject(head)
    if subject:
        yield PrintedValue("subject", head[slice(*subject)], index, *subject)
    yield from _session_and_number(index, head, subject)
    after = subject[1] if subject else 0  # a subject may speak of 商用车
    yield from read_handlers(index, text, after)


def _subject(head: str) -> tuple[int, int] | None:
    """Return the place of the paper's title, of several the first, titles within it whole."""
    start = head.find("《")
    if start >= 0 and (end := _closing(head, start)) > start + 1:
        return start + 1, end
    named = _QUOTED.search(head) or _PLAIN.search(head)
    return named.span("subject") if named else None


def _closing(text: str, start: int) -> int:
    """Return where the 《 at `start` is closed; the first 》 where none closes it, or -1."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"《": 1, "》": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return text.find("》", start)


def _session_and_number(
    index: int, head: str, subject: tuple[int, int] | None
) -> Iterator[PrintedValue]:
    around = head if subject is None else _blanked(head, subject[0] - 1, subject[1] + 1)
    # What follows another title is of another paper.
    if number := _NUMBER.search(around.split("《", 1)[0]):
        name = str(number.lastgroup)
        yield PrintedValue("number", plain_number(number[name]), index, *number.span(name))
    if (session := find_session(around)) and session in squashed(around):
        start = around.find(session)
        if start >= 0:
            yield PrintedValue("session", session, index, start, start + len(session))


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + "\0" * (end - start) + text[end:]
