"""Finds places that are in no list by their level (云垭县, 柳林镇), and the bodies that they have.

The name before 县 or 镇 can be anything short; it begins where that of a company would.
"""

import re
from collections.abc import Iterator

from differ.lexicon.alternatives import Alternative, one_of
from differ.lexicon.vocabulary import is_common
from differ.names.name_start import name_start
from differ.names.public_bodies import public_bodies
from differ.tokens.number_patterns import NUMERAL
from differ.tokens.token import TokenKind, TokenSpan
from letters.text import HAN

_ANY = "全我本该各某"
_KINDS_OF_AREA = (
    "城社园景片小校山地新库灾厂辖街坝特牧林农矿禁港税灌疫险范护发验游心能业民活户集住作务控限郊市牌商"
    "展营战学病房院济行开"
)
# Not in 城区, 超市, 农村; nor where the word goes on: 市场, 县级, 区域, 村民.
LEVELS = (
    Alternative(
        f"市(?<![城超上都夜股门菜集花早强{_ANY}]市)(?![场民级直容值内外区域长里盈面])",
        "东海|市|已",
    ),
    Alternative(f"县(?<![强{_ANY}]县)(?![级域直长内外乡城里区])", "云垭|县|已"),
    Alternative(f"区(?<![{_KINDS_OF_AREA}{_ANY}]区)(?![域别分间块位级内外长县])", "云垭|区|已"),
    Alternative(f"镇(?<![乡城村集小古重{_ANY}]镇)(?![级区长域痛压静])", "柳林|镇|已"),
    Alternative(f"乡(?<![城家下返回故水{_ANY}]乡)(?![村镇贤愁土亲级长情])", "柳林|乡|已"),
    Alternative(
        f"村(?<![农乡逐山自行示试老新贫每驻入包帮城渔景带{_ANY}]村)"
        "(?![级民庄镇社居长支干规内里外口卫])",
        "柳林|村|已",
    ),
    Alternative("街道(?![上两])", "青枫|街道|已"),
    Alternative("社区", "青枫|社区|已"),
    Alternative("自治[州县旗]", "云垭|自治县|已"),
)
_LEVEL = re.compile(one_of(LEVELS))
_NAME = re.compile(rf"[{HAN}]{{2,4}}|[甲乙丙丁戊]")
_COUNTED = re.compile(f"[{NUMERAL}两多几]$|[{NUMERAL}两].*[{NUMERAL}两]")  # not 四 in 四村
_OWNERS = "市县区州旗镇乡村街社"  # what a local body's name without its place begins with
_RUN = re.compile(rf"[{HAN}]+$")
_LONGEST = 14  # code points before 县 in which the name's start is sought


def local_places(text: str, start: int, end: int) -> Iterator[TokenSpan]:
    """Yield the places between `start` and `end`, within one clause, and the bodies they have.

    >>> text = "由云垭县教体局会同柳林镇实施"
    >>> [text[low:high] for low, high, _ in local_places(text, 0, len(text))]
    ['云垭县', '柳林镇', '云垭县教体局']
    """
    low = start
    for level in _LEVEL.finditer(text, start, end):
        place_start = _place_start(text, low, level.start())
        if place_start is not None:
            yield place_start, level.end(), TokenKind.PLACE
        low = level.end()
    for body_start, body_end, kind in public_bodies(text, start, end):
        place_start = (
            _place_start(text, start, body_start) if text[body_start] in _OWNERS else None
        )
        yield body_start if place_start is None else place_start, body_end, kind


def _place_start(text: str, start: int, end: int) -> int | None:
    """Return where the name of a place begins that ends at `end`; None where there is none."""
    run = _RUN.search(text, max(start, end - _LONGEST), end)
    if run is None:
        return None
    low = name_start(text, *run.span())
    name = _NAME.fullmatch(text, low, end)
    if name is None or _COUNTED.search(name[0]) or is_common(name[0]):
        return None
    return low
