"""What a directory says of its own size, in the words and variables of its pager."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.elements import ancestors, names_of
from letters.late_pattern import late_pattern
from letters.text import squashed

# A pager's variable, a comment of the CMS (//wcm分页，总记录：59), a visible line.
_VARIABLE = re.compile(
    r"(?:recordCount|totalCount|totalRecord|m_nRecordCount)[\"']?\s*[:=]\s*[\"']?(\d{1,9})"
    r"|总记录(?:数)?\s*[：:]\s*(\d{1,9})"
)
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+|\d{1,9}"
_ALONE = r"(?![\d/／\-–—~至到]|[页頁](?![次码]))"  # no range, no pages
_ROWS = re.compile(
    rf"(?:总(?:记录|条|数)数?|记录数|条数|total)[：:]({_NUMBER}){_ALONE}"
    rf"|总(?:记录|条)数({_NUMBER})|共(?:有|计|找到)?({_NUMBER})[条篇件个项份封]"
    rf"|(?:总计|合计|(?:查询|检索|搜索)到|找到)(?:相关)?[：:]?({_NUMBER})[条篇件个项份封]"
    rf"|(?<![页頁])总[数量][：:]?({_NUMBER}){_ALONE}"
    rf"|(?:查询|检索|搜索)结果[：:]?({_NUMBER}){_ALONE}"
    rf"|共(?:有|计)?(?:信息|记录|数据|文件|提案|建议|内容|结果|文章|答复|复函){{1,2}}[：:]?({_NUMBER})[条篇件个项份封]"
    rf"|({_NUMBER})(?:条(?:记录|信息|数据|结果)|items|results|records|rows)"
    rf"|(?:全部|累计|收录|公开|现有)[^\d，。]{{0,10}}({_NUMBER})[条篇件份封]|\d[-–~]\d{{1,4}}of({_NUMBER})"
    rf"|^({_NUMBER})[条篇件份封](?:提案|建议|议案|复函|答复)+$|^(?:提案|建议|议案|复函|答复)+({_NUMBER})[条篇件份封]$",
    re.IGNORECASE,
)
_IN_TITLE = re.compile(r"[（(]共(?:有|计)?\d{1,6}[条篇件份封][)）]")  # 提案答复（共80件）-某局
_PAGES = re.compile(
    r"总页数[：:](\d{1,9})|共(?:有|计)?(\d{1,9})页|\d/(\d{1,9})页|页[次码]?[：:]?\d+/(\d{1,9})"
)
_CALL = re.compile(r"createPage(?:HTML)?\s*\(")
_SHORT = 200  # characters; a pager holds no more, its numbers included
_LEVELS = 8  # elements around a pager's words that hold nothing else
_BLOCKS = "div, p, ul, li, td, tr, table, dd, span, form, nav, section, center, font, em, b"
# A pager's text holds nothing else: 来信 共 5120 条 is none.
_WORDS = late_pattern(
    r"[上下前后][一1]?[页頁]|首页|第一页|[尾末]页|最后一?页|目前|现有?|跳转?[到至]?|转[到至]?|确定|共有?计?|总计?|合计|(?:查询|检索|搜索|找)到|查询|检索|搜索|相关|为[您你]|当前|每页|显示|"
    r"本页|[本该]?栏目|目录|列表|页[次码]|记录|信息|数据|内容|文件|结果|提案|建议|议案|复函|答复|分页|全部|累计|收录|公开|已|of|[数量条篇件个项份封页第到至]|文章|items|results|records|rows|total|go|[\d\W_]",
    re.IGNORECASE,
)
_PAGER_NAME = re.compile(
    r"pages?|pager|paging|pagination|page[-_]?(?:bar|nav|list|box|div|num)|fenye\d*|fanye|laypage"
)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows and pages a directory says it has; None where it does not say."""

    rows: int | None
    pages: int | None  # in words: 共12页


def read_totals(
    tree: LexborHTMLParser, html: str, scripts: Sequence[str], around: set[int]
) -> Totals:
    """Return what the directory says of its own size.

    Only a pager's words count, beside the rows or in a pager's element: other parts of a
    page number other things. `around` are the ids of the elements that hold rows.
    """
    titles = (_IN_TITLE.search(squashed(title.text())) for title in tree.css("title"))
    texts = [*_pager_texts(tree, around), *(title[0] for title in titles if title)]
    pager_scripts = [script for script in scripts if _CALL.search(script)]
    in_words = _numbers(_ROWS, [*texts, *map(squashed, pager_scripts)])
    of_pager = [*in_words, *_numbers(_VARIABLE, pager_scripts)]
    rows = of_pager or list(_numbers(_VARIABLE, scripts))
    if not rows:
        comments = re.findall(r"<!--.*?(?:-->|\Z)", html, re.DOTALL)
        rows = list(_numbers(_VARIABLE, comments))
    return Totals(max(rows, default=None), max(_numbers(_PAGES, texts), default=None))


def _numbers(form: re.Pattern[str], texts: Iterable[str]) -> Iterator[int]:
    for text in texts:
        for match in form.finditer(text):
            yield int(re.sub("[,，]", "", next(filter(None, match.groups()))))


def around_rows(rows: Iterable[LexborNode]) -> set[int]:
    """Return the elements that hold a row, by their ids."""
    around: set[int] = set()
    for row in rows:
        for node in ancestors(row):
            if node.mem_id in around:
                break
            around.add(node.mem_id)
    return around


def _pager_texts(tree: LexborHTMLParser, around: set[int]) -> Iterator[str]:
    """Yield the texts that are a pager's: by name, or by words where they are beside rows."""
    for node in tree.css(_BLOCKS):
        holds_rows = node.mem_id in around
        text = squashed(node.text(deep=not holds_rows))
        if len(text) > _SHORT or not (_ROWS.search(text) or _PAGES.search(text)):
            continue
        is_beside = _has_pager_words_only(text) and (holds_rows or _is_beside(node, around))
        if is_beside or (_is_called_pager(node) and not holds_rows):
            yield text


def _is_beside(node: LexborNode, around: set[int]) -> bool:
    """Return whether the outermost element with a pager's words alone is beside rows."""
    for parent in islice(ancestors(node), _LEVELS):
        if parent.mem_id in around or parent.tag == "body":
            return not around or parent.mem_id in around
        if not _has_pager_words_only(squashed(parent.text())):
            return False
    return False


def _has_pager_words_only(text: str) -> bool:
    return len(text) <= _SHORT and not _WORDS().sub("", text)


def _is_called_pager(node: LexborNode) -> bool:
    return any(_PAGER_NAME.fullmatch(name.lower()) for name in names_of(node))
