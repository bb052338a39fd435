"""The table above a disclosed document that says what it is: 索引号, 发文字号, 主题分类."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser

from crawler.page.visibility.visible_text import is_hidden
from letters.dates import read_date
from letters.text import canonical, squashed

_LABELS = {
    "索引号", "发文字号", "文号", "发文文号", "主题分类", "体裁分类", "发布机构", "发文机关",
    "发文机构", "成文日期", "公文种类", "文件标题", "名称", "有效性", "关键词",
}  # fmt: skip
_PUBLISHED = {"发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "上网日期"}
_BRACKETS = "[]【】〔〕：: "


def published_in_table(tree: LexborHTMLParser) -> date | None:
    """Return the day beside 发布日期 in a table of what a page is; None for several, or none."""
    days = {
        day
        for name, value in _cells(tree)
        if name in _PUBLISHED and (day := read_date(value)) is not None
    }
    return days.pop() if len(days) == 1 else None


def read_index_table(tree: LexborHTMLParser) -> Mapping[str, str]:
    """Return the values of a page's labelled cells by their labels; hidden tables say nothing."""
    labelled: dict[str, str] = {}
    for label, value in _cells(tree):
        if label in _LABELS:
            labelled.setdefault(label, value)
    return labelled


def _cells(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Yield each known label of a table that is shown with what is in the cell behind it."""
    for table in tree.css("table"):
        cells = [canonical(cell.text()) for cell in table.css("td, th")]
        for name, value in pairwise(cells):
            label = squashed(name).strip(_BRACKETS)
            if (label in _LABELS or label in _PUBLISHED) and value and not is_hidden(table):
                yield label, value
