"""One page as a tree: its tags, its title, its date, its body, its files. Knows no network."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.page.body import CHROME
from crawler.page.counters import without_counter
from crawler.page.embedded import Shown, embedded_in, pictures_in
from crawler.page.published_date import printed_day
from crawler.page.visible_text import is_hidden, remove_hidden
from crawler.sites import FAMILIES, Family
from letters.dates import read_date
from letters.reading import SHORTEST_TEXT
from letters.text import canonical, squashed

_INDEX_LABELS = {
    "索引号", "发文字号", "文号", "发文文号", "主题分类", "体裁分类", "发布机构", "发文机关",
    "发文机构", "成文日期", "公文种类", "文件标题", "名称", "有效性", "关键词",
}  # fmt: skip
_BRACKETS = "[]【】〔〕：: "
_ELLIPSIS = re.compile(r"(?:…|\.{2,})$")
_ON_SCREEN = {"all", "screen"}
_CUT_AT = 30  # characters; some templates cut the tag at 100 bytes


class Page:
    """A page of a site; what it does not hold is None or empty."""

    def __init__(self, html: str, url: str, family: Family | None = None) -> None:
        self.html = html
        self.url = url
        self.tree = LexborHTMLParser(html)
        self._family = family
        self._shown: tuple[Shown, ...] = ()

    @cached_property
    def family(self) -> Family:
        """The family whose body element the page holds; the first where none is found."""
        if self._family:
            return self._family
        families = list(FAMILIES.values())
        held = (each for each in families if self.tree.css_first(", ".join(each.bodies)))
        return next(held, families[0])

    @cached_property
    def tags(self) -> Mapping[str, str]:
        """The meta tags by name in lower case; of several alike the first that says something."""
        found: dict[str, str] = {}
        for node in self.tree.css("meta"):
            attributes = {key.lower(): value or "" for key, value in node.attributes.items()}
            name = attributes.get("name", "").strip().lower()
            if name and not found.get(name):
                found[name] = canonical(attributes.get("content", ""))
        return found

    @cached_property
    def body(self) -> LexborNode | None:
        """The element that holds the body and nothing else; None when no known one is there.

        Of several in a page the longest, or what holds them where a letter was written in
        pieces, side by side; one that is empty only when all are.
        """
        empty: LexborNode | None = None
        for css in self.family.bodies:
            found = self.tree.css(css)
            longest = max(found, key=lambda node: len(squashed(node.text())), default=None)
            if longest is None:
                continue
            longest = self._whole(longest, found)
            embedded, pictures = tuple(embedded_in(longest)), tuple(pictures_in(longest))
            self.drop_unseen(longest)
            shown = embedded or (pictures if self._has_no_words(longest) else ())
            if squashed(longest.text()) or longest.css_first("a[href]") or shown:
                self._shown = shown
                return longest
            empty = empty or longest
        return empty

    @property
    def shown(self) -> tuple[Shown, ...]:
        """The files that the body shows in place of words."""
        return self._shown if self.body is not None else ()

    def _has_no_words(self, body: LexborNode) -> bool:
        """Return whether `body` holds hardly more than its title: its letter is what it shows."""
        words = squashed(body.text()).replace(squashed(self.title or ""), "")
        return len(words) < SHORTEST_TEXT

    def drop_unseen(self, root: LexborNode) -> None:
        """Take out of the tree what under `root` is no text that a reader sees."""
        sheets = self._sheets()  # before those under `root` go
        for chrome in reversed(root.css(CHROME)):  # what stands within another goes first
            chrome.decompose()
        remove_hidden(root, sheets)

    def _sheets(self) -> list[str]:
        """Return the style sheets that stand in the page and hold on a screen."""
        held = [(each, each.attributes.get("media") or "all") for each in self.tree.css("style")]
        return [each.text() for each, media in held if media.strip().lower() in _ON_SCREEN]

    def _whole(self, longest: LexborNode, found: list[LexborNode]) -> LexborNode:
        """Return the element of a body that holds `longest` and others like it; or `longest`."""
        around = longest.parent
        names = {
            f".{name}" for name in ((around and around.attributes.get("class")) or "").split()
        }
        if around is None or not names & {*self.family.bodies}:
            return longest
        beside = [each for each in around.iter() if squashed(each.text())]
        pieces = {each.mem_id for each in found} & {each.mem_id for each in beside}
        return around if len(pieces) > 1 else longest

    @cached_property
    def title(self) -> str | None:
        """The page's title: its tag ArticleTitle, or what is printed where that is cut."""
        tagged = self.tags.get("articletitle", "")
        printed = self._printed_title()
        if tagged and not (printed and _is_cut(tagged, printed)):
            return tagged
        if printed or not self.family.titled:
            return printed
        named = self.tree.css_first("title")
        return canonical(named.text()).split("_")[0] or None if named else None

    def _printed_title(self) -> str | None:
        for css in self.family.titles:
            for node in self.tree.css(css):
                text = without_counter(canonical(node.text()))
                if text and text != self.tags.get("sitename"):
                    return text
        return None

    @cached_property
    def published_on(self) -> date | None:
        """The date that the page gives itself: its tag PubDate, or what is printed."""
        for name in ("pubdate", "firstpublishedtime"):
            if found := read_date(self.tags.get(name, "")):
                return found
        for css in self.family.dates:
            for node in self.tree.css(css):
                if found := read_date(canonical(node.text())):
                    return found
        texts = [each.text(separator="\n") if each else "" for each in (self.tree.body, self.body)]
        return printed_day(*texts)

    @cached_property
    def index_table(self) -> Mapping[str, str]:
        """The labelled cells above a disclosed document: 索引号, 发文字号, 主题分类."""
        found: dict[str, str] = {}
        for table in self.tree.css("table"):
            cells = [canonical(cell.text()) for cell in table.css("td, th")]
            for name, value in pairwise(cells):
                label = squashed(name).strip(_BRACKETS)
                if label in _INDEX_LABELS and value and not is_hidden(table):
                    found.setdefault(label, value)
        return found


def _is_cut(tagged: str, printed: str) -> bool:
    kept = _ELLIPSIS.sub("", tagged)
    shortened = kept != tagged or len(tagged) >= _CUT_AT
    return shortened and len(printed) > len(kept) and printed.startswith(kept)
