"""What every reader of HTML asks of an element: what it is called, what holds it."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode


def names_of(node: LexborNode) -> list[str]:
    """Return the classes of an element and its id; nothing for a run of text."""
    if node.tag == "-text":
        return []
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split()


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements that hold an element, the innermost first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def with_ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """Yield an element and then those that hold it, the innermost first."""
    yield node
    yield from ancestors(node)
