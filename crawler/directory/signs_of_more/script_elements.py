"""Scripts of other files that stand among a list's rows, and may write more of them."""

from selectolax.lexbor import LexborHTMLParser

from crawler.directory.signs_of_more.sign import Sign, quoted

_ROWS = 2  # links, from which on an element is a list


def scripts_in_lists(tree: LexborHTMLParser) -> tuple[Sign, ...]:
    """Return a sign for each script of another file that is an item of a list of links."""
    scripts = tree.css("ul > script[src], ol > script[src], tbody > script[src], dl > script[src]")
    return tuple(
        Sign(f"a script among its rows may write more: {quoted(script.attributes['src'] or '')}")
        for script in scripts
        if script.parent is not None and len(script.parent.css("a[href]")) >= _ROWS
    )
