"""The co-handling bodies (会办单位) that an opening names: 经与市财政局、市教委联合研究."""

import re
from collections.abc import Iterator, Sequence

from letters.name_lists import is_body, split_bodies
from letters.printed_value import PrintedValue

LONGEST_BODY = 25  # code points of a body's name; what is longer is a sentence

_HOW = "(?:联合|共同|认真|深入|充分|专题|会商|沟通)*"
_WITH = re.compile(
    r"(?:经(?:我[委局厅部办院]|本[委局厅部办院])?(?:商|与|会同|征求)|会同|(?<=[，,。；;])商请?|(?:(?<=[，,。；;])会|并)商(?=[省市区县州旗盟国])|(?<=[，,。；;])与"
    r"|(?<=[我本][委局厅部办院])(?:商|与))"
    r"(?P<bodies>[^。；]{2,200}?)"
    r"(?:等?(?:部门|单位)?(?:意见)?后?)"
    rf"{_HOW}(?:(?:进行|开展|作)了?)?{_HOW}了?(?:研究|调研|会商|办理|协商|沟通|商量|提出|同意|，现|,现|，答复|,答复|，就|,就|于\d|。)"
)
_ASSISTING = re.compile(
    r"(?:^|[，,。；;由])(?P<bodies>[^，,。；;：:由]{2,100}?)(?:等(?:部门|单位)?)?(?:协办|会办)(?=[，,。；;]|$)"
)
_ASKED = re.compile(
    r"(?:(?:并|同时)征求了?|(?<=[，,。；;])综合了?)(?P<bodies>[^，,。；;：:]{2,60}?)(?:等(?:部门|单位))?的?意见"
)
# At the end of a letter: 主办：市水利局 协办：市财政局、市交通局
_BELOW = re.compile(
    r"(?:^|[ ；;，,])(?:协办|会办)(?:单位|部门)?[：:] ?"
    r"(?P<bodies>(?P<first>[^。；;：: ]{2,100})(?: [^。；;：: ]{2,25}(?=[ ；;。]|$))*)"
    r"(?=[ ；;。]|$)"
)
_UNNAMED = re.compile(
    r".*(?:有关|相关).*|各.*|(?:[省市区县州]?[级直属]*)(?:部门|单位|区县)(?:[和及、](?:部门|单位|区县)?)*"
)
_REST = re.compile(r"(?:以及|和|及|与)(?:各|市级|有关|相关)[^、]*$")  # what is named with no name
_HEARD = re.compile("^(?:并|同时|还|也)?(?:征求|听取|征询|会商)了?(?=..)")  # 并征求县政府
_SENTENCE = re.compile(r"进行|研究|认真|开展|召开|意见|工作|提案|建议|我们|您|\d[次个项]")


def read_handlers(index: int, text: str, after: int) -> Iterator[PrintedValue]:
    """Yield each list of bodies that `text` names from `after` on as heard or assisting."""
    heard = _WITH.search(text, after)
    if heard and (bodies := _named(heard["bodies"])):
        yield PrintedValue("co_handlers", bodies, index, *heard.span("bodies"))
    for form in (_ASSISTING, _ASKED):
        match = form.search(text, heard.end("bodies") if heard else after)
        bodies = _named(match["bodies"]) if match else ()
        if match and bodies and all(map(is_body, bodies)):
            yield PrintedValue("co_handlers", bodies, index, *match.span("bodies"))


def read_handlers_below(tail: Sequence[tuple[int, str]]) -> Iterator[PrintedValue]:
    """Yield each list of bodies that one of the last, numbered blocks says assisted."""
    for index, text in tail:
        below = _BELOW.search(text) if "协办" in text or "会办" in text else None
        for part in ("bodies", "first") if below else ():
            bodies = _named(below[part]) if below else ()
            if below and bodies and all(map(is_body, bodies)):
                yield PrintedValue("co_handlers", bodies, index, *below.span(part))
                break


def _named(text: str) -> tuple[str, ...]:
    """Return the bodies of a list without those it does not name; none where it is a sentence."""
    listed = split_bodies(_REST.sub("", text))
    listed = tuple(_HEARD.sub("", each) for each in listed)
    bodies = tuple(each for each in listed if not _UNNAMED.fullmatch(each))
    return () if any(map(_is_sentence, bodies)) else bodies


def _is_sentence(name: str) -> bool:
    return len(name) > LONGEST_BODY or (bool(_SENTENCE.search(name)) and not is_body(name))
