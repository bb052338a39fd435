"""The head of a reply letter: the salutation and the sentence that says what is answered."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from letters.co_handlers import read_handlers
from letters.name_lists import are_addressees, split_persons
from letters.papers import paper_span, paper_spans
from letters.persons import is_person
from letters.printed_value import PrintedValue
from letters.record_labels import RECORD_LABELS
from letters.sessions import session_span
from letters.text import squashed
from letters.titles import FIELD, KIND, YEAR, plain_number

FIRST_BLOCKS = 8  # of a body, in which salutation and opening are

_GREETING = "(?:您好|你们好|你好)"
_SALUTATION = re.compile(
    r"(?:致(?!公)|尊敬的)? ?(?P<names>[^：:，,。！？]{2,120}?)"
    rf"(?:[，, ]?{_GREETING}[：:！!。]|[：:]{_GREETING}?[！!。]?)"
)
_BARE = re.compile(
    r"(?:尊敬的)?(?P<names>[^：:。！？]{2,80}?(?:委员|代表|女士|先生|同志|等))[，,。.；;!！]?"
)
_SURE_NAME = 3  # code points, more than most places have
_SPEAKS = re.compile(r"(?:首先|非常|感谢|衷心|现将|现就|现对|收到|关于)?[^。]{0,10}?[您你贵]")
# In one paragraph with what follows it, where no line ends: 赵小华委员：您提出的…
_RUN_IN = re.compile(
    r"(?:尊敬的)?(?P<names>[^：:，,。！？《]{2,60}?(?:委员|代表|女士|先生|同志|委会|委员会|工商联))"
    rf"(?:[，, ]?{_GREETING})?[：:！!] ?(?:{_GREETING}[！!。，,])? ?(?=[您你贵])"
)
_RECEIVED = re.compile(
    r"收悉|收到|已收|(?:答复|回复|函复|批复|复函|反馈|说明|报告|函告|告知|通报|情况|意见|汇报)如下"
    r"|如下(?:协办|会办|办理)?(?:意见|答复)"
)
_ANSWER = re.compile("(?:答复|回复|函复|批复|复函)如下")
# Who has it now says as much, where a paper is named: 已转由我局办理.
_PASSED_ON = re.compile("(?:转|交|批|分|送)[^。；]{0,10}(?:办理|承办|研究|办复|答复)")
_OF_A_PAPER = re.compile("[您你贵]|提案|建议|议案|提出")
_SENTENCE_END = re.compile("[。！？]")
_ONE = f"{KIND}[0-9０-９A-Za-z][0-9０-９A-Za-z-]*"
_NUMBER = re.compile(
    rf"第 ?{YEAR}(?P<number>{FIELD}{_ONE}(?: ?号?[、和及] ?第? ?{YEAR}{_ONE})*) ?号(?!令|公告|文)"
    rf"|(?:[（(]|提案|建议|议案|编号|案号)[：: ]?(?P<boxed>{_ONE}) ?号(?!令|公告|文)"
    rf"|(?<![0-9A-Za-z〕])(?P<bare>{_ONE}) ?号(?=的?(?:提案|建议|议案)|\0)"
    rf"|(?:提案|建议|议案)?(?:编号|案号)[为是：: ]{{0,2}}第? ?(?P<coded>{_ONE})"
)


def read_opening(texts: Sequence[str], *, answers_several: bool = False) -> Iterator[PrintedValue]:
    """Yield what the first blocks say: addressees, subject, number, session, co-handlers.

    Of several papers the first one's title and number are read; all titles where the letter
    `answers_several`, by its title or by the number that the opening prints: 第12、34号.
    """
    below = [*texts[1 : FIRST_BLOCKS + 1], ""]
    for index, (text, following) in enumerate(zip(texts[:FIRST_BLOCKS], below, strict=False)):
        if salutation := _salutation(index, text, following):
            yield from _with_line_above(texts, salutation)
            break
    opening = _opening(texts[:FIRST_BLOCKS])
    if opening is not None:
        yield from _sentence(opening, texts[opening], answers_several=answers_several)
        if not _RECEIVED.search(texts[opening]):
            yield from _answer(opening + 1, texts)


def _with_line_above(texts: Sequence[str], salutation: PrintedValue) -> Iterator[PrintedValue]:
    """Yield a salutation with the persons of the line above, where that ends within a list."""
    index = salutation.block
    above = texts[index - 1] if index else ""
    names = split_persons(above) if above.endswith("、") else ()
    if names and all(map(is_person, names)) and isinstance(salutation.value, tuple):
        value = (*names, *salutation.value)
        yield PrintedValue("addressees", value, index - 1, 0, len(above) - 1)
        yield replace(salutation, value=value)
    else:
        yield salutation


def is_salutation(text: str) -> bool:
    """Return whether a line says whom a letter speaks to, and nothing else."""
    return bool(_SALUTATION.fullmatch(text)) and _salutation(0, text, "") is not None


def _opening(texts: Sequence[str]) -> int | None:
    """Return the block that says what is answered: the first with its verdict, if it can be.

    现将办理情况公开如下 above it says nothing of a paper.
    """
    verdicts = (n for n, text in enumerate(texts) if _has_verdict(text))
    first = next(verdicts, None)
    if first is None or _OF_A_PAPER.search(texts[first]):
        return first
    return next((n for n in verdicts if _OF_A_PAPER.search(texts[n])), first)


def _has_verdict(text: str) -> bool:
    is_received = ("收" in text or "如下" in text) and _RECEIVED.search(text)
    return bool(is_received or (_PASSED_ON.search(text) and paper_span(text)))


def _answer(index: int, texts: Sequence[str]) -> Iterator[PrintedValue]:
    """Yield who was heard, where the block at `index` goes on to the answer."""
    if index < len(texts) and _RECEIVED.search(texts[index]):
        yield from read_handlers(index, texts[index], 0)


def _salutation(index: int, text: str, following: str) -> PrintedValue | None:
    match = _SALUTATION.fullmatch(text) or _RUN_IN.match(text) or _without_colon(text, following)
    if match is None or squashed(match["names"]) in RECORD_LABELS:
        return None
    names = split_persons(match["names"])
    if not are_addressees(names):
        return None
    start, end = match.span("names")
    return PrintedValue("addressees", names, index, start, end)


def _without_colon(text: str, following: str) -> re.Match[str] | None:
    """Return a line of persons with their role, above a block that speaks to them."""
    match = _BARE.fullmatch(text)
    if match is None or not _SPEAKS.match(following):
        return None
    names = split_persons(match["names"])
    if min(map(len, names), default=0) < _SURE_NAME and re.search("政协|人大", text):
        return None  # 石桥市人大代表 may be of 石桥市
    return match if all(map(is_person, names)) else None


def _sentence(index: int, text: str, *, answers_several: bool) -> Iterator[PrintedValue]:
    head = text[: _head_end(text)]
    papers = paper_spans(head)
    subject = papers[0] if papers else None
    about = list(_session_and_number(index, head, subject))
    numbers = (str(each.value) for each in about if each.field == "number")
    several = answers_several or any("、" in number for number in numbers)
    answered = papers if several else papers[:1]
    joined = "、".join(head[slice(*span)] for span in answered)
    for span in answered:
        yield PrintedValue("subject", joined, index, *span)
    yield from about
    after = subject[1] if subject else 0  # a subject may speak of 商用车
    answer = _ANSWER.search(text, after)  # what follows is the reply itself
    yield from read_handlers(index, text[: answer.end()] if answer else text, after)


def _head_end(text: str) -> int:
    """Return where a block has said what it answers: with its verdict, or its paper's sentence."""
    received = _RECEIVED.search(text)
    end = received.end() if received else len(text)
    paper = paper_span(text[:end])
    if paper is None and received:  # 收到您提出的《…》
        end = _sentence_end(text, end, len(text))
        paper = paper_span(text[:end])
    return _sentence_end(text, paper[1], end) if paper else end


def _sentence_end(text: str, start: int, end: int) -> int:
    mark = _SENTENCE_END.search(text, start, end)
    return mark.end() if mark else end


def _session_and_number(
    index: int, head: str, subject: tuple[int, int] | None
) -> Iterator[PrintedValue]:
    around = head if subject is None else _blanked(head, subject[0] - 1, subject[1] + 1)
    # What follows another title is of another paper.
    if number := _NUMBER.search(around.split("《", 1)[0]):
        name = str(number.lastgroup)
        yield PrintedValue("number", plain_number(number[name]), index, *number.span(name))
    if session := session_span(around):
        yield PrintedValue("session", squashed(around[slice(*session)]), index, *session)


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + "\0" * (end - start) + text[end:]
