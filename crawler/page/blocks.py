"""A page as blocks: its lines of text and the elements around them, and what each holds."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from crawler.elements import ancestors, names_of
from crawler.page.body import BLOCKS, NO_TEXT, is_block
from crawler.page.shown_files import DOCUMENT, frames_in, scans_in
from crawler.page.visibility.visible_text import hidden_in
from letters.late_pattern import late_pattern
from letters.text import HAN, squashed

MUCH = 600  # characters; nothing that a template prints in one place is as long
_DEEPEST = 200  # elements; what is nested deeper is read as one run of text
_SHORTEST = 8  # Han characters of a sentence
_HAN = late_pattern(f"[{HAN}]")
_STOPS = re.compile("[，。；！？、,;]")
_FILE_LINK = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)\b|^附\s*件", re.IGNORECASE)
_EMBEDS = {"iframe", "object", "embed"}


@dataclass(slots=True)
class Content:
    """How much of what a block holds; lengths are in code points without blanks."""

    text: int = 0
    linked: int = 0  # of its text in links to other pages
    links: int = 0  # to other pages, with words
    prose: int = 0  # of its text in sentences
    files: int = 0  # links to documents, and documents that are shown
    scans: int = 0  # pictures that may be a letter's pages

    def add(self, other: "Content") -> None:
        """Count what another block holds, too."""
        self.text += other.text
        self.linked += other.linked
        self.links += other.links
        self.prose += other.prose
        self.files += other.files
        self.scans += other.scans


@dataclass(slots=True)
class Block:
    """A block element, or a line: a run of text up to a block element or its own line break."""

    tag: str | None  # None: a line
    nodes: list[LexborNode]  # an element's one, or those of a line
    names: tuple[str, ...] = ()  # its classes and its id
    children: list["Block"] = field(default_factory=list)
    content: Content = field(default_factory=Content)
    words: str = ""  # of a line; breaks within inline elements are line breaks
    text: str = ""  # of all lines within, without blanks; empty where there is much of it

    @property
    def is_leaf(self) -> bool:
        """Whether no block element is within."""
        return all(each.tag is None for each in self.children)

    def walk(self) -> Iterator["Block"]:
        """Yield the block and all that are within, in reading order."""
        waiting = [self]
        while waiting:
            block = waiting.pop()
            yield block
            waiting += reversed(block.children)


def read_blocks(root: LexborNode, sheets: Sequence[str]) -> Block:
    """Return the blocks under `root` that a reader sees, by the page's style `sheets`."""
    return _Reader(root, sheets).element(root, 0)


class _Reader:
    """Reads elements as blocks; what only the whole page tells is gathered first."""

    def __init__(self, root: LexborNode, sheets: Sequence[str]) -> None:
        hidden = _ids(hidden_in(root, sheets))
        self._unseen = hidden | _ids(each for each in root.css(NO_TEXT) if each.tag not in _EMBEDS)
        self._files = _ids(node for node, _ in frames_in(root))
        self._scans = _ids(node for node, _ in scans_in(root))
        self._holders: set[int] = set()  # of block elements
        for block in root.css(", ".join(sorted(BLOCKS))):
            for around in ancestors(block):
                if around.mem_id in self._holders:
                    break
                self._holders.add(around.mem_id)

    def element(self, node: LexborNode, depth: int) -> Block:
        block = Block(node.tag, [node], tuple(names_of(node)))
        run: list[LexborNode] = []
        for child in self._seen(node):
            is_apart = is_block(child.tag) or child.mem_id in self._holders
            if depth < _DEEPEST and is_apart:
                block.children += self._line(run)
                run = []
                block.children.append(self.element(child, depth + 1))
                continue
            run.append(child)
            if child.tag == "br":
                block.children += self._line(run)
                run = []
        block.children += self._line(run)
        for each in block.children:
            block.content.add(each.content)
        if block.content.text <= MUCH:
            block.text = "".join(each.text for each in block.children)
        return block

    def _seen(self, node: LexborNode) -> Iterator[LexborNode]:
        for child in node.iter(include_text=True, skip_empty=False):
            tag = child.tag or "-"
            is_shown = tag == "-text" or not tag.startswith(("-", "!"))
            if is_shown and child.mem_id not in self._unseen:
                yield child

    def _line(self, run: list[LexborNode]) -> list[Block]:
        """Return a run of text as a block, or nothing where it is blank."""
        content = Content()
        words = "".join(self._words(each, content, 0) for each in run)
        text = squashed(words)
        content.text = len(text)
        if not (content.text or content.files or content.scans):
            return []
        if content.linked * 2 <= content.text:
            content.prose = sum(map(_prose, words.split("\n")))
        text = text if content.text <= MUCH else ""
        return [Block(None, run, content=content, words=words, text=text)]

    def _words(self, node: LexborNode, content: Content, depth: int) -> str:
        """Return the text of an inline node; its links, files and pictures are counted."""
        tag = node.tag or "-"
        if tag == "-text":
            return node.text_content or ""
        if tag == "br":
            return "\n"
        self._count_shown(node, tag, content)
        if tag in _EMBEDS:
            return ""
        if depth == _DEEPEST:
            return node.text()
        words = "".join(self._words(each, content, depth + 1) for each in self._seen(node))
        if tag == "a":
            _count_link(node, squashed(words), content)
        return words

    def _count_shown(self, node: LexborNode, tag: str, content: Content) -> None:
        within = [node, *node.css("param")] if tag in _EMBEDS else [node]
        content.files += any(each.mem_id in self._files for each in within)
        content.scans += node.mem_id in self._scans


def _ids(nodes: Iterable[LexborNode]) -> set[int]:
    return {node.mem_id for node in nodes}


def _count_link(anchor: LexborNode, words: str, content: Content) -> None:
    href = anchor.attributes.get("href")
    if href is None:
        return
    if DOCUMENT.search(href) or _FILE_LINK.search(words):
        content.files += 1
    elif words:
        content.links += 1
        content.linked += len(words)


def _prose(line: str) -> int:
    """Return the length of a line that is a sentence; 0 for a name, a date or a button."""
    is_sentence = _STOPS.search(line) and len(_HAN().findall(line)) >= _SHORTEST
    return len(squashed(line)) if is_sentence else 0
