"""The table above a disclosed document that says what it is: 索引号, 发文字号, 主题分类."""

from collections.abc import Mapping
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser

from crawler.page.visibility.visible_text import is_hidden
from letters.text import canonical, squashed

_LABELS = {
    "索引号", "发文字号", "文号", "发文文号", "主题分类", "体裁分类", "发布机构", "发文机关",
    "发文机构", "成文日期", "公文种类", "文件标题", "名称", "有效性", "关键词",
}  # fmt: skip
_BRACKETS = "[]【】〔〕：: "


def read_index_table(tree: LexborHTMLParser) -> Mapping[str, str]:
    """Return the values of a page's labelled cells by their labels; hidden tables say nothing."""
    labelled: dict[str, str] = {}
    for table in tree.css("table"):
        cells = [canonical(cell.text()) for cell in table.css("td, th")]
        for name, value in pairwise(cells):
            label = squashed(name).strip(_BRACKETS)
            if label in _LABELS and value and not is_hidden(table):
                labelled.setdefault(label, value)
    return labelled
