"""The title of a page whose template is not known: where it is printed, and what it says."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from crawler.page.blocks import Block
from crawler.page.counters import without_counter
from letters.paper_titles import reads_as_paper
from letters.text import HAN, canonical, squashed

_HEADINGS = {"h1", "h2", "h3", "h4"}
_TITLED = re.compile(
    r"(?:^|[-_])(?:\w*title\d*|tit\d*|biaoti|bt|headline)(?:$|[-_])", re.IGNORECASE
)
_SHORTEST, _LONGEST = 6, 150  # code points without blanks
_MOST = 0.5  # of a title that another tag says, what is printed of it at least
# <title>关于…的答复_某市人民政府</title>
_PARTS = re.compile(rf"\s*[_|｜]+\s*|\s+[-–—]+\s*|\s*[-–—]+\s+|-{{2,}}|—+|-(?=[{HAN}])")


@dataclass(frozen=True, slots=True)
class Headline:
    """The title of a page."""

    text: str
    path: tuple[Block, ...] = ()  # where it is printed: its block, after those around it


def find_headline(page: Block, tree: LexborHTMLParser, tagged: str) -> Headline | None:
    """Return the title of a letter's page; None for a page that bears none.

    `tagged` is what the page's tag ArticleTitle says. What is printed must agree with it, with
    the tag og:title or with the element <title>, or be a heading; and read as such a paper's title
    unless a tag says it.
    """
    named = [each for each in (tagged, *_property_titles(tree)) if each]
    element = tree.css_first("head title") or tree.css_first("title")
    window = canonical(element.text()) if element else ""
    printed = _printed(page, named, window)
    if printed is not None:
        return printed
    parts = [part for part in (*named, *parts_of_title(window)) if _is_own(part, named)]
    return Headline(parts[0]) if parts else None


def parts_of_title(title: str) -> list[str]:
    """Return the parts of a <title> element, as a rule the letter's title and the site's name."""
    return _PARTS.split(title)


def _property_titles(tree: LexborHTMLParser) -> list[str]:
    tags = tree.css('meta[property="og:title"], meta[name="og:title"]')
    titles = [canonical(tag.attributes.get("content") or "") for tag in tags]
    return [part for title in titles for part in parts_of_title(title) if reads_as_paper(part)]


def _is_own(title: str, named: list[str]) -> bool:
    return title in named or reads_as_paper(title)


def _printed(page: Block, named: list[str], window: str) -> Headline | None:
    """Return the title as it is printed where it most looks like one; of two alike the first."""
    tags = {squashed(each) for each in named}
    titles = {*tags, *map(squashed, _PARTS.split(window)), squashed(window)}
    best: tuple[int, Headline] | None = None
    waiting: list[tuple[Block, ...]] = [(page,)]
    while waiting:
        path = waiting.pop()
        waiting += [(*path, each) for each in reversed(path[-1].children)]
        rank = _rank(path[-1], tags, titles)
        if rank and (best is None or rank > best[0]):
            text = without_counter(canonical("\n".join(each.words for each in path[-1].walk())))
            best = rank, Headline(text, path)
    return best[1] if best else None


def _rank(block: Block, tags: set[str], titles: set[str]) -> int:
    """Return how much a block looks like the page's title; 0 if it is none.

    `tags` are the titles that its tags say, `titles` those and what the element <title> says.
    """
    content = block.content
    is_short = _SHORTEST <= content.text <= _LONGEST and block.is_leaf
    if not is_short or content.linked or (block.tag is None and not block.words.strip()):
        return 0
    text = block.text
    is_heading = block.tag in _HEADINGS or any(map(_TITLED.search, block.names))
    if text in tags:
        return 4 if is_heading else 3
    if not reads_as_paper(text):
        return 0
    if any(text in each and len(text) >= _MOST * len(each) for each in titles):
        return 3 if is_heading else 2
    return int(is_heading)
