"""Who signs a letter: the bodies on a line of its sign-off, and the agency of its red head."""

import re
from collections.abc import Sequence

from letters.late_pattern import late_pattern
from letters.marks import are_marks
from letters.name_lists import is_body
from letters.printed_value import PrintedValue
from letters.text import HAN, squashed
from letters.titles import TitleParts, read_title

LONGEST_LINE = 50  # code points of an agency's or a date's own line

_PLACE = f"(?:中共|中国|国家|国网|[{HAN}]{{1,7}}?[省市区县州旗盟镇乡])"
_NO_SIGNER = (
    r"(?!.*(?:[一二三四五六七八九十]、|[我您你将请]|推进|加强))(?!感谢|特此|此复|附件|抄送|关于)"
)
_PLACED = re.compile(rf"{_NO_SIGNER}(?:{_PLACE}|[省市区县州旗盟])[{HAN}（）]{{2,24}}")
_NAME = re.compile("[^ 、]+")
_SEAL = re.compile(r" ?[（(](?:盖章|公章|印章|章|代章|印)[）)]$")
# Two bodies on a line; what is no body by itself goes on with the name before it: 甲市政府 办公室.
_ITSELF = late_pattern(
    rf"(?:{_PLACE}|[省市区县州旗盟])[{HAN}（）]{{2,24}}|[{HAN}]{{2,20}}(?:局|厅|委|公司|医院)"
)
_RED_HEAD = late_pattern(
    rf"(?P<agency>[{HAN}（）]{{3,40}}?) ?(?:文件|便函|公函|[（(](?:便?函|复函|文件)[）)])"
)


def signers_on(index: int, text: str) -> list[PrintedValue]:
    """Return the bodies that sign on a line, each as a value of agency; none for a sentence."""
    line = text.rstrip()
    if seal := _SEAL.search(line):
        line = line[: seal.start()]
    if len(line) > LONGEST_LINE:
        return []
    several = [(each[0], *each.span()) for each in _NAME.finditer(line)]
    if len(several) > 1 and all(_is_body_itself(name) for name, *_ in several):
        return [PrintedValue("agency", name, index, *place) for name, *place in several]
    if "、" in line or not is_body(squashed(line)):
        return []
    return [PrintedValue("agency", squashed(line), index, 0, len(line))]


def _is_body_itself(name: str) -> bool:
    return is_body(name) and bool(_ITSELF().fullmatch(name))


def is_placed(text: str) -> bool:
    """Return whether a line can only be that of who signs: a body's name, its place first.

    It is so above another signer, and where no date is below it.
    """
    return bool(_PLACED.fullmatch(squashed(_SEAL.sub("", text))))


def read_red_head(head: Sequence[str]) -> TitleParts:
    """Return what the lines above a salutation say: an agency, a title over several lines.

    A body's name alone is not enough: 文件, a document number or the title must be with it.
    """
    lines = [squashed(line) for line in head if not are_marks(line)]
    if not lines:
        return TitleParts()
    printed = [_RED_HEAD().fullmatch(line) for line in lines[:1]]
    named = printed[0]["agency"] if printed and printed[0] else None
    if named and is_body(named):
        lines[0] = named
    parts = read_title("".join(lines))
    is_headed = named is not None or (len(lines) == 1 and len(head) > 1)
    if parts.agency is None and is_headed and (signing := signers_on(0, lines[0])):
        return TitleParts(str(signing[0].value), parts.session, parts.number)
    return TitleParts(_first_body(parts.agency), parts.session, parts.number)


def _first_body(agency: str | None) -> str | None:
    return agency if agency and is_body(agency) else None
