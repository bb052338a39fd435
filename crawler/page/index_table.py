"""The table above a disclosed document that says what it is: 索引号, 发文字号, 主题分类."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.elements import with_ancestors
from crawler.page.visibility.visible_text import is_hidden
from letters.dates import read_date
from letters.head_table import HEAD_LABELS
from letters.text import canonical, squashed

_TITLES = {"文件标题", "信息标题", "标题", "名称", "信息名称", "文件名称"}
_INDEX = {
    "索引号", "发文字号", "文号", "发文文号", "主题分类", "体裁分类", "发布机构", "发文机关",
    "发文机构", "成文日期", "公文种类", "有效性", "关键词", "文件标题", "名称",
}  # fmt: skip
_PUBLISHED = {"发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "上网日期"}
_KNOWN = {*_TITLES, *_INDEX, *_PUBLISHED, *HEAD_LABELS}
_KEPT = _INDEX | HEAD_LABELS
_OF_LISTS = {"序号", "操作", "下载", "查看"}  # heads of columns in lists of other documents
_BRACKETS = "[]【】〔〕：: "
_LONGEST = 12  # code points of a label, blanks and marks included
_TWO = 2  # rows of a table whose labels are over their values

LabelledCell = tuple[str, str]  # the label without blanks and marks, and what is beside it
Row = list[str]


@dataclass(frozen=True, slots=True)
class IndexTable:
    """The known labels of the tables over a letter, each with what is beside or below it."""

    cells: Sequence[LabelledCell]
    of_others: Sequence[Row] = ()  # rows of tables that speak of other documents

    @classmethod
    def over(
        cls, body: LexborNode | None, tree: LexborHTMLParser, title: str | None
    ) -> "IndexTable":
        """Return what the tables over `body` say of a page titled `title`.

        A table below the letter's text is of other documents, and so is a list of some, or one
        that says another title. One within the text is the page's where it prints 索引号.
        """
        place = _Place(body)
        shown = (each for each in tree.css("table, dl") if place.may_be_over(each))
        tables = [_rows(each) for each in shown if not is_hidden(each)]
        cells, of_others = [], []
        for rows in tables:
            pairs = list(_pairs(rows))
            if _is_list(rows) or _is_of_another(pairs, title):
                of_others += rows
            else:
                cells += pairs
        return cls(cells, of_others)

    def says_of_another(self, number: str) -> bool:
        """Return whether a table of other documents prints a document number."""
        return any(number in cell for row in self.of_others for cell in row)

    @property
    def published_on(self) -> date | None:
        """The day beside 发布日期; None for several, or none."""
        printed = (read_date(value) for name, value in self.cells if name in _PUBLISHED)
        days = {day for day in printed if day is not None}
        return days.pop() if len(days) == 1 else None

    @property
    def labels(self) -> Mapping[str, str]:
        """The values by their labels, of like ones the first."""
        labelled: dict[str, str] = {}
        for label, value in self.cells:
            if label in _KEPT:
                labelled.setdefault(label, value)
        return labelled


class _Place:
    """Where a page's tables stand to the element of its text."""

    def __init__(self, body: LexborNode | None) -> None:
        self._path = list(with_ancestors(body)) if body else []
        self._depths = {each.mem_id: depth for depth, each in enumerate(self._path)}

    def may_be_over(self, table: LexborNode) -> bool:
        """Return whether a table can be one over the text: it is no layout, nor below it."""
        if table.mem_id in self._depths or any(each.css_first("table") for each in table.iter()):
            return False
        below = table
        for each in with_ancestors(table):
            depth = self._depths.get(each.mem_id)
            if depth == 0:
                return "索" in table.text()
            if depth is not None:
                return not _is_behind(below, self._path[depth - 1])
            below = each
        return True


def _is_behind(node: LexborNode, other: LexborNode) -> bool:
    """Return whether a node comes after another one of the same parent."""
    following = other.next
    while following is not None and following.mem_id != node.mem_id:
        following = following.next
    return following is not None


def _rows(table: LexborNode) -> list[Row]:
    if table.tag == "dl":
        return [[canonical(cell.text()) for cell in table.css("dt, dd")]]
    rows = ([canonical(cell.text()) for cell in row.css("td, th")] for row in table.css("tr"))
    return [row for row in rows if any(row)]


def _pairs(rows: list[Row]) -> Iterator[LabelledCell]:
    """Yield each known label with its value: in the next cell, the same one, or the one below."""
    names = [list(map(_label, row)) for row in rows]
    for row, labels, below in zip(rows, names, [*rows, []][1:], strict=True):
        is_head = _is_head(labels)
        if (is_head or len(row) == 1) and len(row) == len(below):
            yield from _with_values(zip(labels, below, strict=True))
        if is_head:
            return
        yield from _with_values(zip(labels, row[1:], strict=False))
        parted = (cell.partition("：") for cell in row)
        yield from _with_values((_label(name), value.strip()) for name, _, value in parted)


def _with_values(pairs: Iterable[LabelledCell]) -> Iterator[LabelledCell]:
    for label, value in pairs:
        if label in _KNOWN and value and _label(value) not in _KNOWN:
            yield label, value


def _is_list(rows: list[Row]) -> bool:
    """Return whether a table lists documents: several below its head, or numbered ones."""
    heads = (n for n, row in enumerate(rows) if _is_head(list(map(_label, row))))
    head = next(heads, None)
    return head is not None and (len(rows) - head > _TWO or bool(_OF_LISTS & set(rows[head])))


def _is_head(labels: Sequence[str]) -> bool:
    """Return whether a row holds labels over columns: two side by side, or one at its end."""
    known = [label in _KNOWN for label in labels]
    is_list = bool(_OF_LISTS & set(labels))
    return (
        len(labels) > 1 and any(known) and (is_list or known[-1] or any(map(all, pairwise(known))))
    )


def _label(cell: str) -> str:
    return squashed(cell).strip(_BRACKETS) if len(cell) <= _LONGEST else ""


def _is_of_another(cells: Sequence[LabelledCell], title: str | None) -> bool:
    """Return whether a table says a title that is not the page's, whole or cut."""
    own = squashed(title or "")
    said = [squashed(value).rstrip("….") for name, value in cells if name in _TITLES]
    return bool(own) and any(each not in own and own not in each for each in said)
