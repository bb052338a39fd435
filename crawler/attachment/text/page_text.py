"""The text of a page of a site that a letter carries as a file: without the template around it."""

from collections.abc import Iterator

from crawler.attachment.text.limits import Room, UnreadableFileError
from crawler.http.decoding import UndecodableError, decode
from crawler.page.body import read_lines
from crawler.page.boilerplate import without_boilerplate
from crawler.page.dom import Page
from letters.file_text import FilePage

_NO_URL = "http://localhost/"  # no link of the page is followed


def read_page(body: bytes) -> tuple[tuple[FilePage, ...], str | None]:
    """Return the text of a page, which begins with its title, as one page of a file.

    All that the page shows where neither a body's element nor a text under a title is known.
    Raises UnreadableFileError or TooLargeFileError.
    """
    try:
        page = Page(decode(body, ""), _NO_URL)
    except UndecodableError as error:
        raise UnreadableFileError(f"it is broken: {error}") from error
    room = Room()
    return (FilePage(tuple(map(room.take, _lines(page)))),), None


def _lines(page: Page) -> Iterator[str]:
    shown = page.body or page.tree.body
    if shown is None:
        return
    page.remove_invisible(shown)
    lines = without_boilerplate(read_lines(shown), set())
    texts = [row for line in lines for row in line.text.split("\n") if row.strip()]
    if page.body is not None and page.title and page.title not in texts:
        yield page.title
    yield from texts
