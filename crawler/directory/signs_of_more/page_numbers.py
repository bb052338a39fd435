"""Numbers of pages that a reader sees: 1 2 3 side by side, 第1页 共12页."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.directory.signs_of_more.pager_elements import (
    ShortElement,
    click_script,
    is_pager_name,
    leads_nowhere,
)
from crawler.directory.signs_of_more.sign import Sign, quoted
from crawler.directory.spelt_numbers import LONGEST, SPELT, number_of, page_in_digits
from crawler.elements import names_of, with_ancestors
from letters.paper_titles import is_listed_as_paper
from letters.text import HAN

_PAGE_NUMBER = re.compile(r"[\[［(（]?第?(\d{1,4})[页頁]?[\]］)）]?")
_SPELT_ROWS = re.compile(rf"共(?:有|计)?({SPELT})[条篇件]")
_PRINTED = re.compile(
    rf"(?:共|分|总计|总数|合计)(?:有|计|为)?[：:]?(?P<all>\d{{1,6}}|{SPELT})[页頁](?!的?(?:附[件表图]|材料|图纸))"
    r"|第?\d*[/／]共?(?P<of>\d{1,6})[页頁]|总[页頁]数?[：:]?(?P<total>\d{1,6})"
    rf"|[页頁][次码数]?[：:]\d+[/／](?P<at>\d{{1,6}})|(?<![{HAN}])[页頁]数[：:]?(?P<count>\d{{1,6}})"
    r"|[条篇件]\d{1,4}[/／](?P<behind>\d{1,6})|page\d+(?:of|/)(?P<en>\d{1,6})|total(?P<sum>\d{1,6})pages",
    re.IGNORECASE,
)
_PRINTED_ROWS = re.compile(
    r"(?<!\d)1[-–~—至到]\d{1,4}[条篇件]?[/／]共?(\d{1,6})|显示第?1条?[-–~—至到]第?\d{1,4}条?(?:记录|数据|信息)?[，,;；]?"
    r"(?:总?共|of)(?:有|计)?(\d{1,6})|showing1to\d{1,4}of(\d{1,6})(?:entries|rows|results|items)"
    r"|已(?:加载|显示|展示|读取)\d{1,4}[条篇件]?[/／]共?(\d{1,6})|(?:显示|查看|展开|浏览|展示)全部(\d{1,6})[条篇件]",
    re.IGNORECASE,
)
# What says that there is more, and not how much; a count whose number a script fills in.
_SAYS_MORE = re.compile(
    r"(?:还有|剩余|其余|另有)\d{1,6}[条篇件]|[仅只](?:显示|展示|列出|公布)(?:了|的?最[新近]的?|前|近)?\d{1,4}[条篇件]"
    r"|以上[仅只]?[为是]?(?:最[新近]|前)的?\d{1,4}[条篇件]|(?:更早|以前|往[期年届]|历史|早期)的?(?:提案|建议|答复|复函|信息|内容|数据)?请(?:点击|查看|见|访问|到|至|前往)"
    r"|(?:当前|目前|默认)(?:显示|展示|列出)(?:的?最[新近]的?|前|近)\d{1,4}[条篇件]|(?<!页)最多(?:显示|展示|列出)\d{1,4}[条篇件]"
    r"|以上[仅只]?[为是]?部分(?:提案|建议|答复|复函)|更多(?:提案|建议|答复|复函)\w{0,4}请"
    r"|[仅只](?:保留|提供|展示|显示|公开|列出|公布)(?:了|最)?[近前][\d一二三四五六七八九十两半]{1,3}个?(?:年|季度|月|周|日|天|届|次会议)"
    r"|[仅只](?:公开|公布|显示|展示|列出|选登)部分(?:提案|建议|答复|复函)|陆续(?:补录|补充|上传|录入)"
    r"|(?:19|20)\d\d年度?(?:提案|建议|答复|复函)+请(?:点击|查看|见|访问|到|至|前往)"
    r"|(?:其余|其它|其他)(?:的|各)?(?:提案|建议|答复|复函|\d{1,4}[条篇件])\w{0,4}略|(?:[上下]拉|[上下]滑)(?:继续|查看|加载|浏览)"
    r"|更多(?:信息|内容|数据)?请(?:先|您先)?(?:登录|登陆)后|(?:登录|登陆)后[^。，]{0,6}更多"
    r"|(?:[上下]拉|[上下左右]滑|滑动|滚动)[^。，]{0,4}(?:查看|加载|显示|浏览|获取)更多"
    rf"|(?<![{HAN}])共(?:有|计)?(?:\{{\{{.{{0,40}}?\}}\}}|\$\{{.{{0,40}}?\}}|<%.{{0,40}}?%>)?[条页篇件](?![{HAN}])"
)
# One of these is in all that these forms find: a quick test, as nearly no text has one.
_MAY_SAY = re.compile("[页頁条篇件以更/／请显仅只略陆拉滑pPsSſ]")
_PAGER_WORDS = re.compile(
    r"[上下前后][一1]?[页頁]|[尾末][页頁]|[页頁]码[：:]|第\d+[页頁]|共\d+[页頁条]|跳转|^(?:[«»<>‹›]+|\.{2,}|…+)$"
)
_ONE_OF = re.compile(r"(?:当前|第|页[码次]?)?[：:]?[\[［(（]?1[/／](?P<pages>\d{1,4})[\]］)）]?")
_JUMP = re.compile(r"(?:跳转?|转|前往|去)[到至往]?第?页")
_AT_PAGE = re.compile(r"(?:到|至)?第[页頁](?:确定|确认|go)?", re.IGNORECASE)
_SHOW = re.compile(r"swip|slid|focus|banner|carousel|pic|photo|img|lunbo|gallery", re.IGNORECASE)
_SHOW_LEVELS = 4  # elements around a number


def page_number(text: str) -> int | None:
    """Return the number that a pager's button is of, or None.

    >>> page_number("[3]"), page_number("第二页"), page_number("②"), page_number("下一页")
    (3, 2, 2, None)
    """
    number = _PAGE_NUMBER.fullmatch(page_in_digits(text)) if len(text) <= LONGEST else None
    return int(number[1]) if number else None


def number_signs(short: Iterable[ShortElement]) -> Iterator[Sign]:
    """Yield the page numbers 1, 2, 3 … that are side by side, whatever they lead to.

    A calendar and the dots of a picture show count too: numbers are a pager's where its words
    are beside them, or where a click on one does something.
    """
    numbers_within: dict[int, set[int]] = {}
    pagers: set[int] = set()
    for node, text in short:
        number, has_words = page_number(text), _PAGER_WORDS.search(text)
        around = _around(node) if has_words or number is not None else []
        acts = number is not None and (_leads_on(node) or any(map(_is_pager, around)))
        if number is not None and not acts and _is_picture(node):
            continue
        if number is not None:
            for each in around:
                numbers_within.setdefault(each.mem_id, set()).add(number)
        if has_words:
            pagers |= {node.mem_id, *(each.mem_id for each in around)}
        elif acts:
            pagers |= {each.mem_id for each in around}
    longest = max((run_of(numbers_within.get(pager, set())) for pager in pagers), default=0)
    if longest > 1:
        yield numbers_sign(longest)


def _around(node: LexborNode) -> list[LexborNode]:
    """Return the two elements around one."""
    return [each for each in (node.parent, node.parent and node.parent.parent) if each]


def numbers_sign(longest: int) -> Sign:
    """Return the sign of page numbers that count up to `longest`."""
    return Sign(f"its pager shows page numbers up to {longest}", longest)


def _is_pager(node: LexborNode) -> bool:
    return is_pager_name(node) or bool(node.attributes.get("onchange"))


def _leads_on(node: LexborNode) -> bool:
    href = (node.attributes.get("href") or "").strip()
    return click_script(node) is not None or not leads_nowhere(href)


def run_of(numbers: set[int]) -> int:
    """Return how far numbers count from 1 without a gap; the page itself may be mere text."""
    last = 1 if {2, 3} <= numbers else 0
    while last + 1 in numbers:
        last += 1
    return last


def word_signs(short: Iterable[ShortElement]) -> Iterator[Sign]:
    """Yield what visible words say of the number of pages: 第1页 共12页; no title of a paper."""
    for node, text in (each for each in short if _may_say(*each)):
        for printed in _PRINTED.finditer(text):
            pages = number_of(printed[str(printed.lastgroup)])
            yield Sign(f"it says {printed[0]}", pages, is_count=True)
        if (
            (part := _ONE_OF.fullmatch(text))
            and int(part["pages"]) > 1
            and not (_is_picture(node) or _is_at_pictures(node))
        ):
            yield Sign(f"it says {text}", int(part["pages"]))
        if "页" in text and (_JUMP.search(text) or _is_box(node, text)):
            yield Sign(f"it lets a reader jump to a page: {quoted(text)}")
        for rows in _PRINTED_ROWS.finditer(text):
            yield Sign(f"it says {rows[0]}", None, int(rows[rows.lastindex or 1]), is_count=True)
        if says := _SAYS_MORE.search(text):
            yield Sign(f"it says {quoted(says[0])}")
        for spelt in _SPELT_ROWS.finditer(text):
            yield Sign(f"it says {spelt[0]}", None, number_of(spelt[1]), is_count=True)


def _may_say(node: LexborNode, text: str) -> bool:
    """Return whether words may be a pager's; those of a link to a paper are its title's."""
    if not _MAY_SAY.search(text):
        return False
    is_link = node.tag == "a" and click_script(node) is None
    return not (is_link and is_listed_as_paper(text))


def _is_box(node: LexborNode, text: str) -> bool:
    """Return whether an element is a box for the number of a page: 第[ ]页."""
    box = node.css_first("input") if _AT_PAGE.fullmatch(text) else None
    return box is not None and box.attributes.get("type") in {None, "text", "number", "tel"}


def _is_picture(node: LexborNode) -> bool:
    """Return whether an element is of a show of pictures, which counts them too."""
    around = islice(with_ancestors(node), _SHOW_LEVELS)
    return any(_SHOW.search(name) for each in around for name in names_of(each))


def _is_at_pictures(node: LexborNode) -> bool:
    """Return whether an element has pictures right beside it that are no buttons of a pager."""
    boxes = (node, node.parent)
    pictures = [img for box in boxes if box and box.tag != "body" for img in box.css("img")]
    return any(not _PAGER_WORDS.search(each.attributes.get("alt") or "") for each in pictures)
