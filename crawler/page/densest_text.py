"""The text of a letter in a page whose template is not known: the densest under its title.

What is a part of the template is told by itself (crawler/page/template_parts.py), and the place
of the text by the order and the kind of the blocks around it: neither depends on how long the
letter or what is beside it is, so that an edit or a longer sidebar leads to the same element.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, islice

from selectolax.lexbor import LexborNode

from crawler.page.blocks import Block, Content
from crawler.page.headline import Headline
from crawler.page.template_parts import is_detail, is_template_part
from crawler.page.text_beside import Beside

Path = tuple[Block, ...]  # a block with those around it, the outermost first

_NAMED = {"div", "section", "article", "main", "td"}
_BOXES = _NAMED | {"form", "center", "table", "tbody", "tr", "dd", "span", "font"}
# Names that editors give to what they write: no part of a template is called so.
_EDITORS = re.compile(r"(?:Word)?Section\d*|Mso\w*|(?i:trs_\w+)|view|(?:ue|cke|custom)_\w+")
_DIGITS = re.compile(r"\d+")
_PARAGRAPHS = 4  # in one cell; a table that holds so many lays a page out


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where the text of a letter is in a page."""

    nodes: tuple[LexborNode, ...]  # that hold it, in reading order
    way: str  # what the element around them is called: div.content, or div.main table tr td


def find_text(page: Block, headline: Headline) -> TextPlace | None:
    """Return where the text under a title is; None where nothing under it is a letter's.

    Where no words and no files are, it is the pictures that may be a letter's pages; only right
    under the title, where an emptied body is, too.
    """
    place = _Search(page, _words_and_files).find(headline)
    return place or _Search(page, _scans, is_near=True).find(headline)


def _words_and_files(content: Content) -> int:
    return content.prose + content.files


def _scans(content: Content) -> int:
    return content.scans


class _Search:
    """Looks for the text of one page, weighing each block by what counts of its content."""

    def __init__(
        self, page: Block, counted: Callable[[Content], int], *, is_near: bool = False
    ) -> None:
        self._page, self._counted, self._is_near = page, counted, is_near
        self._parts: set[int] = set()  # of the template
        self._weights: dict[int, int] = {}
        self._weigh(page)

    def find(self, headline: Headline) -> TextPlace | None:
        for path, following in _levels(self._page, headline):
            around, run, beside = self._run(path, following)
            if any(map(self._is_outweighed, beside)):
                return None
            if run:
                above = [each for level in beside for each in level.above if self._is_own(each)]
                below = [each for level in reversed(beside) for each in level.below]
                below = [each for each in below if id(each) not in self._parts]
                nodes = tuple(node for each in (*above, *run, *below) for node in each.nodes)
                return TextPlace(nodes, _way(around, run))
            if self._is_near and any(map(self._may_be_emptied, following)):
                return None
        return None

    def _may_be_emptied(self, block: Block) -> bool:
        return bool(_group(block)) and id(block) not in self._parts and not is_detail(block)

    def _weigh(self, block: Block) -> int:
        """Return what a block weighs; a part of the template, or a detail, weighs nothing."""
        weight = sum(map(self._weigh, block.children))
        if block.tag is None:
            weight = self._counted(block.content)
        elif block.tag == "table" and _is_table(block):
            weight = self._counted(replace(block.content, prose=block.content.text))
        is_part = is_template_part(block)
        if is_part:
            self._parts.add(id(block))
        self._weights[id(block)] = 0 if is_part or is_detail(block) else weight
        return self._weights[id(block)]

    def _is_outweighed(self, level: Beside) -> bool:
        """Return whether more is beside a text than in it: that may be most of the letter."""
        return self._weight(level.blocks) > 2 * self._weight(level.text)

    def _is_own(self, block: Block) -> bool:
        return id(block) not in self._parts and not is_detail(block)

    def _run(self, path: Path, blocks: Sequence[Block]) -> tuple[Path, list[Block], list[Beside]]:
        """Return the blocks of a letter's text among `blocks`, or within one of them.

        With them come what is around and, the outermost first, what is beside.
        """
        beside: list[Beside] = []
        while True:
            heavy, group = self._heaviest(blocks)
            if not heavy:
                return path, [], []
            if not self._is_alone(heavy, blocks, group):
                run = self._whole_run(blocks, heavy, group)
                return path, run, [*beside, *([Beside(blocks, run[0], run[-1])] if run else [])]
            beside.append(Beside(blocks, heavy[0], heavy[0]))
            path, blocks = (*path, heavy[0]), heavy[0].children

    def _heaviest(self, blocks: Sequence[Block]) -> tuple[list[Block], str]:
        """Return the blocks with weight of the group that has most, and the group."""
        groups: dict[str, list[Block]] = {}
        for each in blocks:
            if self._weights[id(each)]:
                groups.setdefault(_group(each), []).append(each)
        group = max(groups, key=lambda key: self._weight(groups[key]), default="")
        return groups.get(group, []), group

    def _weight(self, blocks: Sequence[Block]) -> int:
        return sum(self._weights[id(each)] for each in blocks)

    def _is_alone(self, heavy: Sequence[Block], blocks: Sequence[Block], group: str) -> bool:
        """Return whether a text is within one box, and no line beside it can be the letter's."""
        box = heavy[0]
        if len(heavy) > 1 or box.is_leaf or not _is_box(box):
            return False
        return bool(group) or not any(
            self._is_line(each) and not is_detail(each) for each in blocks if each is not box
        )

    def _whole_run(
        self, blocks: Sequence[Block], heavy: Sequence[Block], group: str
    ) -> list[Block]:
        """Return the blocks from the first to the last of a text, without the template's parts."""
        if group and sum(self._belongs(each, group) for each in blocks) == 1:
            return [*heavy]
        start = next(n for n, each in enumerate(blocks) if self._belongs(each, group))
        while start and self._belongs(blocks[start - 1], ""):
            start -= 1
        end = next(n for n, each in enumerate(blocks) if each is heavy[-1]) + 1
        while end < len(blocks) and (
            self._belongs(blocks[end], group) or self._is_line(blocks[end])
        ):
            end += 1
        run = [each for each in blocks[start:end] if id(each) not in self._parts]
        return list(dropwhile(is_detail, run))

    def _belongs(self, block: Block, group: str) -> bool:
        return id(block) not in self._parts and _group(block) == group

    def _is_line(self, block: Block) -> bool:
        if id(block) in self._parts or not block.content.text:
            return False
        while not block.is_leaf and len(block.children) == 1:
            block = block.children[0]
        return block.is_leaf


def _levels(page: Block, headline: Headline) -> Iterator[tuple[Path, Sequence[Block]]]:
    """Yield what follows a title in each element around it, the innermost first."""
    if not headline.path:
        yield (page,), page.children
    for depth in range(len(headline.path) - 1, 0, -1):
        around, within = headline.path[depth - 1 : depth + 1]
        place = next(n for n, each in enumerate(around.children) if each is within)
        yield headline.path[:depth], around.children[place + 1 :]


def _group(block: Block) -> str:
    """Return what a part of a page is called; empty for what a text is made of."""
    name = _name(block)
    return f"{block.tag}.{name}" if name and block.tag in _NAMED else ""


def _name(block: Block) -> str:
    names = (each for each in block.names if not _EDITORS.fullmatch(each))
    return _DIGITS.sub("", next(names, ""))


def _is_box(block: Block) -> bool:
    return block.tag in _BOXES and not (block.tag == "table" and _is_table(block))


def _is_table(table: Block) -> bool:
    """Return whether a table holds rows of cells, and doesn't lay a page out."""
    widest = 0
    for each in islice(table.walk(), 1, None):
        if each.tag == "table" or (each.tag == "td" and _is_text(each)):
            return False
        if each.tag == "tr":
            widest = max(widest, len(each.children))
    return widest > 1


def _is_text(cell: Block) -> bool:
    return sum(1 for each in cell.walk() if each.tag is None and each.content.prose) >= _PARAGRAPHS


def _way(around: Path, run: Sequence[Block]) -> str:
    """Return what the element around a text is called, from the next one on that has a name."""
    tags: list[str] = []
    for block in reversed(around):
        name = _name(block)
        tags.append(f"{block.tag}.{name}" if name else f"{block.tag}")
        if name:
            break
    group = _group(run[0])
    return " ".join([*reversed(tags), *([group] if group else [])])
