"""Places that nobody knows, by what they are (云垭县, 柳林镇), and the bodies that they have.

The name before 县 or 镇 can be anything short; it begins where that of a company would.
"""

import re
from collections.abc import Iterator

from differ.lexicon.vocabulary import is_common
from differ.names.companies import opening
from differ.names.public_bodies import known_bodies
from differ.tokens.number_patterns import NUMERAL
from differ.tokens.tokenizer import Held, Shape

# Not in 城区, 超市, 农村; nor where the word goes on: 市场, 县级, 区域, 村民.
_ANY = "全我本该各某"
_KINDS_OF_AREA = (
    *"城社园景片小校山地新库灾厂辖街坝特牧林农矿禁港税灌疫险范护发验游心能业民活户集住作务控限郊市牌商",
    *"展营战学病房院济行开",
)
_LEVEL = re.compile(
    rf"市(?<![城超上都夜股门菜集花早{_ANY}]市)(?![场民级直容值内外区域长里盈面])"
    rf"|县(?<![{_ANY}]县)(?![级域直长内外乡城里区])"
    rf"|区(?<![{''.join(_KINDS_OF_AREA)}{_ANY}]区)(?![域别分间块位级内外长县])"
    rf"|镇(?<![乡城村集小古重{_ANY}]镇)(?![级区长域痛压静])"
    rf"|乡(?<![城家下返回故水{_ANY}]乡)(?![村镇贤愁土亲级长情])"
    rf"|村(?<![农乡逐山自行示试老新贫每驻入包帮城渔景带{_ANY}]村)"
    "(?![级民庄镇社居长支干规内里外口卫])|街道(?![上两])|社区|自治[州县旗]"
)
_NAME = re.compile(r"[一-龥]{2,4}|[甲乙丙丁戊]")
_COUNTED = re.compile(f"[{NUMERAL}两多几]$|[{NUMERAL}两].*[{NUMERAL}两]")  # not 四 in 四村
_OWNERS = "市县区州旗镇乡村街社"  # what a local body's name without its place begins with
_RUN = re.compile(r"[一-龥]+$")
_LONGEST = 14  # code points before 县 that are read for where its name begins


def local_names(text: str, start: int, end: int) -> Iterator[Held]:
    """Yield the places between `start` and `end`, within one clause, and the bodies they have.

    >>> text = "由云垭县教体局会同柳林镇实施"
    >>> [text[low:high] for low, high, _ in local_names(text, 0, len(text))]
    ['云垭县', '柳林镇', '云垭县教体局']
    """
    low = start
    for level in _LEVEL.finditer(text, start, end):
        name = _name_before(text, low, level.start())
        if name is not None:
            yield name, level.end(), Shape.PLACE
        low = level.end()
    for body, high, shape in known_bodies(text, start, end):
        name = _name_before(text, start, body) if text[body] in _OWNERS else None
        yield body if name is None else name, high, shape


def _name_before(text: str, start: int, end: int) -> int | None:
    """Return where the name of a place begins that ends at `end`; None where there is none."""
    run = _RUN.search(text, max(start, end - _LONGEST), end)
    if run is None:
        return None
    low = opening(text, *run.span())
    name = _NAME.fullmatch(text, low, end)
    if name is None or _COUNTED.search(name[0]) or is_common(name[0]):
        return None
    return low
