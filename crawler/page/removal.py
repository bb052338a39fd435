"""Where a page says that its letter is gone: in a line of its own, beside an empty body."""

from crawler.page.body import read_lines
from crawler.page.dom import Page
from crawler.page.notices import Notice, removal_notice
from crawler.page.visible_copy import visible_copy


def removal_on(page: Page) -> Notice | None:
    """Return a notice of removal that is a whole line of a page, or None."""
    body = visible_copy(page).tree.body
    lines = read_lines(body) if body is not None else ()
    return next(filter(None, (removal_notice(line.text) for line in lines)), None)


def removal_beside_body(page: Page) -> Notice | None:
    """Return a notice of removal that is beside an empty element of the body, or None."""
    copy = Page(page.html, page.url, page.configured_family)  # what is hidden in it is removed
    around = copy.body.parent if copy.body is not None else None
    if around is None:
        return None
    copy.remove_invisible(around)
    return next(filter(None, (removal_notice(line.text) for line in read_lines(around))), None)
