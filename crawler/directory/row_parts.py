"""What a row of a directory consists of: the element around its link, its title, its date."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.elements import with_ancestors
from letters.dates import read_date
from letters.text import canonical, squashed

ROW_LEVELS = 4  # elements between an anchor and the row that holds it
ROWS = {"li", "tr", "dd"}
_LISTS = {"ul", "ol", "table", "tbody", "body"}
_DATED = "span, em, i, td, time, b, div, p, .time, .date, .pub-time"
_LONGEST_DATE = 24  # characters, the blanks between its parts included
_YEAR, _MONTH, _DAY = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
# A date whose parts are in elements of their own.
_SPLIT_DATES = [
    re.compile(rf"{_DAY}日? {_YEAR} ?[-/.年] ?{_MONTH}月?"),
    re.compile(rf"{_YEAR} ?[-/.年] ?{_MONTH}月? {_DAY}日?"),
    re.compile(rf"{_MONTH} ?[-/.月] ?{_DAY}日? {_YEAR}年?"),
    re.compile(rf"{_YEAR}年? {_MONTH} ?[-/.月] ?{_DAY}日?"),
]
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_LINKS_OF_ROW = 3  # a letter's, its channel's, a file's
_SEVERAL = 2  # dates in one row
_CLOSING = re.compile(r"[\[［(（【][^\[［(（【]{6,24}[\]］)）】]$")
_PUBLISHED = re.compile(
    r"(?:发布|公开|公布|上网|发文)(?:日期|时间)?\s*[：:]\s*(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2})"
)
_ANSWERED = re.compile(
    r"(?:[答回办]复|复函|办结)(?:日期|时间)?\s*[：:]?\s*(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2})"
)
_COMPACT = re.compile(r"[\[［(（]?((?:19|20)\d\d)(\d\d)(\d\d)[\]］)）]?", re.ASCII)  # 20220617
# What the column of the date is called, the likeliest first.
_COLUMNS = [re.compile("发布|公开|公布|上网"), re.compile("[答回办]复|办结|办理")]


def list_of(anchor: LexborNode) -> int:
    """Return the id of the list that holds a row: of the element around the row's own element."""
    row = row_element(anchor)
    return row.parent.mem_id if row is not None and row.parent else anchor.mem_id


def lists_of(anchors: Iterable[LexborNode]) -> list[LexborNode]:
    """Return the elements around rows, each once, in the order of the page."""
    rows = (row_element(anchor) or anchor for anchor in anchors)
    lists = {row.parent.mem_id: row.parent for row in rows if row.parent is not None}
    return list(lists.values())


def row_element(anchor: LexborNode) -> LexborNode | None:
    """Return the li, tr or dd that holds an anchor as its row, or None."""
    node = anchor.parent
    for _ in range(ROW_LEVELS):
        if node is None or (tag := node.tag) in _LISTS:
            return None
        if tag in ROWS:
            return node
        node = node.parent
    return None


def title_of(anchor: LexborNode) -> str:
    """Return the title that an anchor gives: whole in an attribute, else as printed."""
    if whole := _title_attribute(anchor):
        return whole
    titled = anchor.css_first("li[title], p[title], span[title]")
    if titled and (whole := _title_attribute(titled)):
        return whole
    paragraph = anchor.css_first("p, .tit, .title, .file-title")
    if paragraph and (text := canonical(paragraph.text())):
        return text
    dates = {span.mem_id for span in anchor.css("span, em, i") if read_date(span.text())}
    return canonical(
        "".join(
            child.text() or ""
            for child in anchor.iter(include_text=True)
            if child.mem_id not in dates
        )
    )


def _title_attribute(node: LexborNode) -> str:
    return canonical(node.attributes.get("title") or "")


def date_of(anchor: LexborNode) -> date | None:
    """Return the date in the anchor, or the nearest one in its row.

    Of several dates in a row the one by whose label or column it was published.
    """
    for node in islice(with_ancestors(anchor), ROW_LEVELS):
        if node.tag in _LISTS or (node.tag not in ROWS and _holds_several(node)):
            return None
        if node.tag in ROWS and (published := _published_in(node)):
            return published
        if printed := _date_within(node):
            return printed
        if node.mem_id == anchor.mem_id and (beside := _date_beside(anchor)):
            return beside
        if node.tag == "dt" and (description := _description_of(node)):
            return read_date(description.text())
    return None


def _holds_several(node: LexborNode) -> bool:
    """Return whether an element holds more links than a row does: its dates are of many rows."""
    links = () if _is_plain_link(node) else node.css("a")
    return len({link.attributes.get("href") for link in links}) > _LINKS_OF_ROW


def _is_plain_link(node: LexborNode) -> bool:
    """Return whether an element is a link that holds words alone."""
    return node.tag == "a" and next(node.iter(), None) is None


def _date_within(node: LexborNode) -> date | None:
    """Return the first date that an element holds, or prints itself; none within other links."""
    for part in () if _is_plain_link(node) else (*node.css(_DATED), node):
        if part.css_first("a") is None and (printed := _printed_date(part)):
            return printed
    return None


def _printed_date(part: LexborNode) -> date | None:
    """Return the date that an element prints, in parts of its own too: 17 over 2022-06."""
    text = part.text(separator=" ")
    if (whole := read_date(part.text())) is not None or len(text) > _LONGEST_DATE:
        return whole
    words = canonical(text)
    if compact := _COMPACT.fullmatch(words):
        return read_date("-".join(compact.groups()))
    matches = (form.fullmatch(words) for form in _SPLIT_DATES)
    split = next((match for match in matches if match), None)
    return read_date(f"{split['year']}-{split['month']}-{split['day']}") if split else None


def _date_beside(anchor: LexborNode) -> date | None:
    """Return the date in the text right behind an anchor, or in brackets at its end."""
    behind = anchor.next
    if behind is not None and behind.tag == "-text":
        printed = read_date(behind.text_content or "")
        if printed is not None:
            return printed
    closing = _CLOSING.search(canonical(anchor.text()))
    return read_date(closing[0]) if closing else None


def _published_in(row: LexborNode) -> date | None:
    """Return which of several dates of a row is that of publication, by its label or column."""
    if len(_DATE.findall(text := row.text(separator=" "))) < _SEVERAL:
        return None
    if labelled := _PUBLISHED.search(text):
        return read_date(labelled[1])
    if printed := _in_likeliest_column(row):
        return printed
    answered = _ANSWERED.search(text)
    return read_date(answered[1]) if answered else None


def _in_likeliest_column(row: LexborNode) -> date | None:
    """Return the date of a table's row in the column that says best when it was published."""
    cells = [each for each in row.iter() if each.tag == "td"]
    head = row.parent.parent.css_first("tr") if row.parent and row.parent.parent else None
    heads = [squashed(each.text()) for each in head.iter()] if head is not None else []
    if len(heads) != len(cells):
        return None
    for words in _COLUMNS:
        for name, cell in zip(heads, cells, strict=True):
            if words.search(name) and (printed := read_date(cell.text())):
                return printed
    return None


def _description_of(term: LexborNode) -> LexborNode | None:
    """Return the dd that belongs to a dt."""
    node = term.next
    while node is not None and node.tag not in {"dd", "dt"}:
        node = node.next
    return node if node is not None and node.tag == "dd" else None


def row_title(anchor: LexborNode) -> str:
    """Return the longest words of the row that holds an anchor, but for the anchor's own."""
    row = anchor if anchor.tag in ROWS else row_element(anchor)
    if row is None:
        return ""
    parts = (canonical(part.text()) for part in row.css("td, span, p, div, em, strong"))
    own = canonical(anchor.text())
    return max(
        (part for part in parts if part != own and not read_date(part)), key=len, default=""
    )
