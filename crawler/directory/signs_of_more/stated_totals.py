"""Totals that a directory states in a sentence or by a bar of progress: 本栏目共收录 320 件."""

import re
from collections.abc import Iterable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.list_names import is_aside
from crawler.directory.signs_of_more.pager_boxes import PagerBoxes
from crawler.directory.signs_of_more.pager_elements import ShortElement
from crawler.directory.signs_of_more.sign import Sign, opening_tag
from crawler.directory.spelt_numbers import SPELT, number_of
from crawler.elements import ancestors
from letters.late_pattern import late_pattern

_N = rf"(\d{{1,3}}(?:[,，]\d{{3}})+|\d{{1,6}}|{SPELT})"
_UNIT = "[条篇件份封](?!以[上下])"
_PUBLISHED = r"(?:收录|公开|公布|发布|公示|刊载|刊登|汇集|收集|展示|上网)"
_ANY = r"[^\d。；;！!?？]"
# Published is what is counted, before the number or behind it; not 12件中公开了…
_SENTENCE = late_pattern(
    rf"{_PUBLISHED}[^\d。；;，,！!]{{0,16}}?{_N}{_UNIT}"
    rf"|(?:承办|办理|答复|共有?|全部|的){_ANY}{{0,12}}?{_N}{_UNIT}{_ANY}{{0,32}}?{_PUBLISHED}"
)
_PART = re.compile(r"其中|分别|上半年|下半年|本月|今日|昨日|本周|新增|此外|另有")
_SHOWN = late_pattern(
    rf"(?:显示|加载|展示|列出|公开|公布|答复|办结|读取)(?:了|前|第1[-–~—至到])?\d{{1,5}}{_UNIT[:7]}?(?:[，,、;；/／|]|其?中)?"
    rf"(?:总?共|全部|总计|合计|总数)?(?:有|计|为)?[：:]?{_N}(?!\d|[%％])"
    rf"|(?<!\d)\d{{1,5}}[/／]共?{_N}{_UNIT}|进度[：:]?\d{{1,5}}[/／]{_N}(?!\d|[%％])"
)
_PERCENT = re.compile(
    r"(?:加载|显示|载入|展示)(?:进度)?[：:]?(?:至|到|了)?(?P<percent>\d{1,2}(?:\.\d+)?)[%％]"
)
# A quick test, as nearly no text has one of these behind a word of publishing, or a share.
_MAY_COUNT = re.compile(r"[条篇件份封]|\d[/／]|[%％]|共\d")
_WHOLE = {"1", "100"}  # the end of a bar that counts shares


def stated_total_signs(short: Iterable[ShortElement]) -> Iterator[Sign]:
    """Yield what a sentence outside the rows says of how many letters are published, or shown."""
    for node, text in short:
        if not _MAY_COUNT.search(text) or _is_of_others(node):
            continue
        if percent := _PERCENT.search(text):
            yield Sign(f"it says {percent[0]}", is_part=True)
        if _PART.search(text):
            continue
        for form in (_SENTENCE, _SHOWN):
            for stated in form().finditer(text):
                number = number_of(re.sub("[,，]", "", next(filter(None, stated.groups()))))
                yield Sign(f"it says {stated[0]}", None, number, is_count=True)


def bar_signs(tree: LexborHTMLParser, boxes: PagerBoxes) -> Iterator[Sign]:
    """Yield how many rows a bar of progress or the roles of a list say that there are."""
    for node in tree.css(
        "progress[max], meter[max], [aria-valuemax], [aria-rowcount], [aria-setsize]"
    ):
        if (rows := _rows_of(node.attributes)) and (_is_list(node, boxes) or boxes.is_part(node)):
            yield Sign(f"it counts {opening_tag(node)}", None, rows, is_count=True)


def _rows_of(given: Mapping[str, str | None]) -> int | None:
    """Return how many rows attributes count; a table's count holds its head."""
    for name, less in (
        ("aria-rowcount", 1),
        ("aria-setsize", 0),
        ("aria-valuemax", 0),
        ("max", 0),
    ):
        value = given.get(name) or ""
        if value.isdecimal() and not (name in {"aria-valuemax", "max"} and value in _WHOLE):
            return int(value) - less
    return None


def _is_list(node: LexborNode, boxes: PagerBoxes) -> bool:
    return boxes.holds_rows(node) and not {"aria-rowcount", "aria-setsize"}.isdisjoint(
        node.attributes
    )


def _is_of_others(node: LexborNode) -> bool:
    """Return whether a text is a link's, or is in the head, the foot or the margin of a page."""
    in_link = node.css_first("a[href]") is not None or any(
        each.tag == "a" for each in ancestors(node)
    )
    return in_link or is_aside(node)
