"""One page as a tree: its meta tags, its title, its date, its body, its files."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import cast

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.http.replay import without_replay
from crawler.page.blocks import Block, read_blocks
from crawler.page.body import NO_TEXT
from crawler.page.counters import without_counter
from crawler.page.densest_text import find_text
from crawler.page.headline import Headline, find_headline, parts_of_title
from crawler.page.index_table import IndexTable
from crawler.page.published_date import day_under, printed_day
from crawler.page.shown_files import ShownFile, embedded_in, pictures_in
from crawler.page.visibility.visible_text import remove_hidden
from crawler.sites import FAMILIES, Family
from letters.dates import read_date
from letters.paper_titles import reads_as_paper
from letters.reading import SHORTEST_TEXT
from letters.text import canonical, squashed

_ELLIPSIS = re.compile(r"(?:…|\.{2,})$")
_ON_SCREEN = {"all", "screen"}
_CUT_AT = 30  # characters; some templates cut the tag at 100 bytes


class Page:
    """A page of a site; what it does not hold is None or empty."""

    def __init__(self, html: str, url: str, family: Family | None = None) -> None:
        self.html = without_replay(html)
        self.url = url
        self.tree = LexborHTMLParser(self.html)
        self.configured_family = family  # None: recognised from the page
        self._shown_files: tuple[ShownFile, ...] = ()
        self._way: str | None = None
        self._found: dict[str, list[LexborNode]] = {}  # by selectors of bodies

    @cached_property
    def family(self) -> Family:
        """The family whose body element the page holds; the first where it holds none."""
        if self.configured_family:
            return self.configured_family
        families = list(FAMILIES.values())
        present = (each for each in families if any(map(self._candidates, each.bodies)))
        return next(present, families[0])

    def _candidates(self, css: str) -> list[LexborNode]:
        """Return the elements that may be the body by a selector, as they were first found."""
        if css not in self._found:
            self._found[css] = self.tree.css(css)
        return self._found[css]

    @cached_property
    def meta_tags(self) -> Mapping[str, str]:
        """The meta tags by name in lower case; of several alike the first that says something."""
        tags: dict[str, str] = {}
        for node in self.tree.css("meta"):
            attributes = node.attributes
            name = (attributes.get("name") or "").strip().lower()
            if name and not tags.get(name):
                tags[name] = canonical(attributes.get("content") or "")
        return tags

    @cached_property
    def body(self) -> LexborNode | None:
        """The element that holds the body and nothing else; None when there is none.

        It is one that the family is known to have; of several in a page the longest, or what holds
        them where a letter was written in pieces, side by side; one that is empty only when all
        are. Without any it is the densest text under the title, unless a family is configured.
        """
        empty: LexborNode | None = None
        for css in self.family.bodies:
            candidates = self._candidates(css)
            if not candidates:
                continue
            body = self._whole(candidates)
            if self._is_filled(body, self._tagged_or_printed):
                self._way = css
                return body
            empty = empty or body
        return empty or self._densest_text()

    @property
    def way(self) -> str | None:
        """By what the body is known: its family's selector, or what is around the densest text.

        None for no body, or an empty one.
        """
        return self._way if self.body is not None else None

    @property
    def is_known_way(self) -> bool:
        """Whether the body is in an element that holds the bodies of its family."""
        return self.way in self.family.bodies

    def _is_filled(self, body: LexborNode, title: str | None) -> bool:
        """Return whether `body` holds words or files, once what nobody sees of it is removed."""
        embedded, pictures = tuple(embedded_in(body)), tuple(pictures_in(body))
        self.remove_invisible(body)
        text = squashed(body.text())
        files = embedded or (pictures if _has_no_words(text, title) else ())
        if not (text or body.css_first("a[href]") or files):
            return False
        self._shown_files = files
        return True

    def _densest_text(self) -> LexborNode | None:
        """Return an element put around the densest text under the title; None without either."""
        headline, blocks = self._headline, self._blocks
        if headline is None or blocks is None or (place := find_text(blocks, headline)) is None:
            return None
        body = self._put_around(place.nodes)
        self._way = place.way
        return body if self._is_filled(body, headline.text) else None

    def _put_around(self, nodes: Sequence[LexborNode]) -> LexborNode:
        """Return a new element of the tree that holds `nodes`, in the place of the first."""
        nodes[0].insert_before(self.tree.create_node("div"))
        element = cast("LexborNode", nodes[0].prev)
        for node in nodes:
            element.insert_child(node)
            node.decompose()
        return element

    @cached_property
    def _blocks(self) -> Block | None:
        """The blocks of the page as it was served; only before its tree is changed."""
        root = self.tree.body
        is_read_so = root is not None and self.configured_family is None
        return read_blocks(root, self._style_sheets()) if root and is_read_so else None

    @cached_property
    def _headline(self) -> Headline | None:
        tagged = self.meta_tags.get("articletitle", "")
        return find_headline(self._blocks, self.tree, tagged) if self._blocks else None

    @property
    def prints_papers_title(self) -> bool:
        """Whether a page without a body that is known prints the title of a paper."""
        return self.body is None and self._headline is not None and bool(self._headline.path)

    @property
    def shown_files(self) -> tuple[ShownFile, ...]:
        """The files that the body shows in place of words."""
        return self._shown_files if self.body is not None else ()

    def remove_invisible(self, root: LexborNode) -> None:
        """Remove from the tree what under `root` is no text that a reader sees."""
        sheets = self._style_sheets()  # before those under `root` go
        for element in reversed(root.css(NO_TEXT)):  # what is within another goes first
            element.decompose()
        remove_hidden(root, sheets)

    def _style_sheets(self) -> list[str]:
        """Return the style sheets that are in the page and apply on a screen."""
        sheets = [(each, each.attributes.get("media") or "all") for each in self.tree.css("style")]
        return [each.text() for each, media in sheets if media.strip().lower() in _ON_SCREEN]

    def _whole(self, candidates: list[LexborNode]) -> LexborNode:
        """Return the longest, of like ones the first; or the element of a body around several."""
        if len(candidates) == 1:
            return candidates[0]
        longest = max(candidates, key=lambda node: len(squashed(node.text())))
        around = longest.parent
        names = {
            f".{name}" for name in ((around and around.attributes.get("class")) or "").split()
        }
        if around is None or not names & {*self.family.bodies}:
            return longest
        beside = [each for each in around.iter() if squashed(each.text())]
        pieces = {each.mem_id for each in candidates} & {each.mem_id for each in beside}
        return around if len(pieces) > 1 else longest

    @cached_property
    def title(self) -> str | None:
        """The page's title: its tag ArticleTitle, or what is printed where that is cut.

        Where the body is the text under a title, it is that title.
        """
        is_by_headline = self.way is not None and not self.is_known_way
        return (
            self._headline.text if is_by_headline and self._headline else self._tagged_or_printed
        )

    @cached_property
    def _tagged_or_printed(self) -> str | None:
        tagged = self.meta_tags.get("articletitle", "")
        printed = self._printed_title()
        if tagged and not (printed and _is_cut(tagged, printed)):
            return tagged
        if printed or not self.family.titled:
            return printed
        named = self.tree.css_first("title")
        return canonical(named.text()).split("_")[0] or None if named else None

    def _printed_title(self) -> str | None:
        nodes = (node for css in self.family.titles for node in self.tree.css(css))
        for text in (without_counter(canonical(node.text())) for node in nodes):
            if text and text != self.meta_tags.get("sitename") and not self._names_site(text):
                return text
        return None

    def _names_site(self, text: str) -> bool:
        """Return whether a text is the name that the <title> element puts behind a title."""
        named = self.tree.css_first("title")
        title, *behind = parts_of_title(canonical(named.text()) if named else "")
        return text in behind and reads_as_paper(title) and not reads_as_paper(text)

    @cached_property
    def published_on(self) -> date | None:
        """The date that the page gives itself: its tag PubDate, or what is printed."""
        for name in ("pubdate", "firstpublishedtime"):
            if tagged := read_date(self.meta_tags.get(name, "")):
                return tagged
        for css in self.family.dates:
            for node in self.tree.css(css):
                if printed := read_date(canonical(node.text())):
                    return printed
        texts = [each.text(separator="\n") if each else "" for each in (self.tree.body, self.body)]
        printed_on = printed_day(*texts) or self._day_under_title()
        return printed_on or self.index_table.published_on

    def _day_under_title(self) -> date | None:
        if self.way is None or self.is_known_way or not (self._headline and self._headline.path):
            return None
        return day_under(self._headline.path[-1], self._headline.path[0])

    @cached_property
    def index_table(self) -> IndexTable:
        """The labelled cells above a disclosed document: 索引号, 发文字号, 主题分类."""
        return IndexTable.over(self.body, self.tree, self.title)


def _has_no_words(text: str, title: str | None) -> bool:
    """Return whether a text is hardly more than its title: its letter is what the body shows."""
    return len(text.replace(squashed(title or ""), "")) < SHORTEST_TEXT


def _is_cut(tagged: str, printed: str) -> bool:
    beginning = _ELLIPSIS.sub("", tagged)
    is_shortened = beginning != tagged or len(tagged) >= _CUT_AT
    return is_shortened and len(printed) > len(beginning) and printed.startswith(beginning)
