"""Blocks of files on a page: a class, an id or the word 附件 over them says that they are."""

import re
from collections.abc import Callable, Iterator
from itertools import takewhile

from selectolax.lexbor import LexborNode

from crawler.elements import names_of, with_ancestors
from crawler.page.dom import Page
from letters.text import squashed

# All that are called so, and few others: each further selector takes as long as any.
_MAY_BE_NAMED_SO = (
    "[class*=attach i], [id*=attach i], [class*=annex i], [id*=annex i], [class*=j i], [id*=j i]"
)
_NAME = re.compile(
    r"\S*attach\S*|fujian\S*|annex\S*|fj(?:[-_]?(?:list|box|xz|down|con|wrap|ul)\w*)?",
    re.IGNORECASE,
)
_HEADING = re.compile(r"[【\[]?(?:相关|本文)?附件(?:下载|列表|材料)?[】\]]?[：:]?")
# 附件 in the markup, and what may be between it and the tag before it.
_IN_MARKUP = re.compile(r"附\s*+件[^<>]{0,8}<")
_BEFORE = re.compile(r"\s*+[【\[]?\s*+(?:相关|本文)?")
# What of a template holds files that are not a letter's.
_ASIDE = {"aside", "footer", "nav", "header"}
_OF_TEMPLATE = re.compile(
    r"(?:^|[-_])(?:(?:right|left)?side(?:bar)?\d*|aside|foot(?:er)?|nav(?:bar)?|menu|head(?:er)?|relat\w*"
    r"|xg(?:wj|yd|lj|jd|xx|wd|nr|zl)\w*|links?|friend\w*|recommend\w*|hot\w*|tools?)(?:$|[-_])",
    re.IGNORECASE,
)
_LINES = {"p", "li", "div", "td", "dd", "tr"}


def file_blocks(page: Page) -> Iterator[LexborNode]:
    """Yield the elements beside a page's body that hold files of its letter."""
    if page.body is None:
        return
    for node in page.tree.css(_MAY_BE_NAMED_SO):
        if _is_called(node, _NAME.fullmatch) and _is_beside(node, page.body):
            yield node
    if _has_heading(page.html):
        for heading in _headings(page.tree.body):
            if _is_beside(heading, page.body):
                yield from _under(heading)


def is_of_files(anchor: LexborNode, body: LexborNode) -> bool:
    """Return whether a link in `body` is in a block of files, or under the word 附件."""
    within = list(takewhile(lambda each: each.mem_id != body.mem_id, with_ancestors(anchor)))
    if any(_is_called(each, _NAME.fullmatch) for each in within):
        return True
    line = next((each for each in within if each.tag in _LINES), anchor)
    if line.mem_id != anchor.mem_id and _words_of(line).startswith("附件"):
        return True
    before = line.prev
    while before is not None and not _words_of(before).startswith("附件"):
        if _words_of(before) and not _has_link(before):
            return False
        before = before.prev
    return before is not None


def _has_heading(html: str) -> bool:
    """Return whether an element may say 附件 and nothing else."""
    for place in _IN_MARKUP.finditer(html):
        tag_end = html.rfind(">", 0, place.start())
        if tag_end >= 0 and _BEFORE.fullmatch(html, tag_end + 1, place.start()):
            return True
    return False


def _headings(within: LexborNode | None) -> Iterator[LexborNode]:
    """Yield the largest elements that say 附件 and nothing else."""
    for node in within.traverse(include_text=True) if within else ():
        text = _words_of(node) if node.tag == "-text" else ""
        if not _HEADING.fullmatch(text):
            continue
        *_, largest = takewhile(
            lambda each: _HEADING.fullmatch(_words_of(each)), with_ancestors(node)
        )
        yield largest


def _under(heading: LexborNode) -> Iterator[LexborNode]:
    """Yield what holds links behind a heading, up to what says something without one."""
    node = heading.next
    while node is not None:
        if _has_link(node):
            if _is_of_template(node):
                return
            yield node
        elif _words_of(node):
            return
        node = node.next


def _is_beside(node: LexborNode, body: LexborNode) -> bool:
    """Return whether an element is neither around nor in the body, nor in a template's block."""
    around = {each.mem_id for each in with_ancestors(body)}
    for each in with_ancestors(node):
        if each.mem_id in around:
            return each.mem_id not in {node.mem_id, body.mem_id}
        if _is_of_template(each):
            return False
    return False


def _is_of_template(node: LexborNode) -> bool:
    return node.tag in _ASIDE or _is_called(node, _OF_TEMPLATE.search)


def _is_called(node: LexborNode, form: Callable[[str], object]) -> bool:
    """Return whether a class or the id of an element is of that form."""
    return any(form(name) for name in names_of(node))


def _has_link(node: LexborNode) -> bool:
    return node.tag == "a" or (node.tag != "-text" and node.css_first("a[href]") is not None)


def _words_of(node: LexborNode) -> str:
    return squashed((node.text_content if node.tag == "-text" else node.text()) or "")
