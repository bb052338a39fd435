"""What a reader sees of a whole page: its words, and template code among them."""

from crawler.page.dom import Page
from crawler.page.unfilled_template import template_code


def template_code_on(page: Page) -> frozenset[str]:
    """Return the template code and the error messages that a page shows, wherever they are."""
    body = visible_copy(page).tree.body
    return template_code(body.text(separator="\n")) if body is not None else frozenset()


def visible_copy(page: Page) -> Page:
    """Return a copy of a page without what nobody sees of it."""
    copy = Page(page.html, page.url, page.configured_family)
    if copy.tree.body is not None:
        copy.remove_invisible(copy.tree.body)
    return copy


def text_of(page: Page) -> str:
    """Return the words of a page, those of scripts and styles left out, in one line."""
    body = page.tree.body
    if body is None:
        return ""
    texts = (
        node.text_content or ""
        for node in body.traverse(include_text=True)
        if node.tag == "-text" and node.parent and node.parent.tag not in {"script", "style"}
    )
    return " ".join("".join(texts).split())
