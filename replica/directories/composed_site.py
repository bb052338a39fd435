"""Serves a composed directory: its pages, the answers of its interface, letters and files."""

import re
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from replica.compose import compose
from replica.directories.attached_files import attach
from replica.directories.composed_directory import ComposedDirectory
from replica.directories.form_pagers import BROKEN, REFUSED
from replica.directories.letter_templates import TEMPLATES, UNDATED
from replica.directories.list_parts import CHROME, LAYOUTS, address_of, page_of
from replica.directories.no_directories import NO_DIRECTORIES
from replica.directories.pagers import Place
from replica.document import Document
from replica.noise import Noise
from replica.scripted_lists import LISTS
from replica.scripted_values import Asked, Row, ScriptedList
from replica.server import Answer

# What pages declare, and how their bytes are made.
CHARSETS = {
    "utf-8": ("utf-8", "utf-8"),
    "utf-8 with a mark": ("utf-8", "utf-8-sig"),
    "gbk": ("gbk", "gbk"),
    "gb18030 as gb2312": ("gb2312", "gb18030"),
}
_HEAD = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>提案公开-某市发展和改革委员会'
    "</title></head>"
)
_DAY = "2022-06-17"
_DATED = re.compile(r"2022[-/]?0?6[-/]?17")  # in a path
_WITH_FILES = 2  # letters
_NUMBERS = 100_000  # letters' numbers are the last digits of their documents'


class ComposedSite:
    """A directory and its letters, newest first; the newest is not listed yet."""

    def __init__(self, form: ComposedDirectory, seed: int = 1) -> None:
        self.form = form
        self.asked: list[str] = []  # paths with queries
        self.documents = _common(compose(form.letters * 2, 0, seed).documents)[: form.letters]
        self.documents[0].is_listed = False
        for each in self.documents[1 : 1 + _WITH_FILES] if form.file else ():
            attach(each, form.file or "")
        for each in self.documents if form.template in UNDATED else ():
            each.fields["published_on"] = None
        for each in self.documents if form.is_titled_by_subject else ():
            each.title, each.fields["session"] = each.fields["subject"], None

    @property
    def listed(self) -> list[Document]:
        """The letters that the directory lists now."""
        return [each for each in self.documents if each.is_listed]

    def list_newest(self) -> None:
        """Add the row of the newest letter."""
        self.documents[0].is_listed = True

    def path(self, each: Document) -> str:
        """Return a letter's path, with its query."""
        parts = urlsplit(urljoin(f"http://h{self.form.listing}", self._href(each)))
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def truth(self, each: Document) -> dict[str, Any]:
        """Return what a reader must find in a letter, by the names of the contract.

        `body` is its text without blanks, where no file's link stands in it.
        """
        truth = each.truth() | {"url_dated_on": _DAY if _DATED.search(self.path(each)) else None}
        del truth["listed_on"]  # the layouts print one day for all
        text = "".join("".join(words.split()) for _, words in each.blocks)
        return truth | ({} if each.files else {"body": text})

    def _href(self, each: Document) -> str:
        return address_of(self.form.address, each.docid % _NUMBERS)

    def rows(self) -> list[Row]:
        """Return the rows of the directory."""
        return [Row(each.title, self.path(each), each.listed_on) for each in self.listed]

    def answer(self, method: str, url: str, body: str = "") -> Answer:
        """Return what is served for a path with its query, and a form where one is posted."""
        self.asked.append(url)
        if url == "/robots.txt":
            return Answer(self.form.robots.encode(), content_type="text/plain")
        page = self._page(method, url, body) or self._letter(url)
        return page or self._file(url) or Answer(b"<html><body>404</body></html>", 404)

    def _page(self, method: str, url: str, body: str) -> Answer | None:
        if self.form.interface:
            return self._scripted(LISTS[self.form.interface], Asked.of(url, body))
        if self.form.page:
            page = NO_DIRECTORIES[self.form.page](self.rows())
            return self._encoded(page) if url == self.form.listing else None
        if method == "POST":
            actions = {urljoin(self.form.listing, action) for action in ("./", "list.do")}
            return self._posted(body) if url in actions else None
        paths = [urljoin(self.form.listing, name) for name in self._names()]
        return self._list(paths.index(url), url) if url in paths else None

    def _posted(self, body: str) -> Answer | None:
        """Return what is answered to a form; a page beyond the last is the last."""
        if (asks := self.form.way_on.posted) is None:
            return None
        _, codec = CHARSETS[self.form.charset]
        number = asks(dict(parse_qsl(body, True, encoding=codec.removesuffix("-sig"))))
        if number == BROKEN:
            return Answer(b"<html><body>Server Error</body></html>", 500)
        if number == REFUSED:
            return self._encoded("<html><body><p>参数错误</p></body></html>")
        return self._list(min(number, len(self._names())) - 1, self.form.listing)

    def _names(self) -> list[str]:
        """Return the names of all pages, the first of which is the directory itself."""
        size = self._size()
        pages = max(-(-len(self.listed) // size), 1)
        name = self.form.way_on.name
        return ["./", *(name(number, pages, size) for number in range(2, pages + 1))]

    def _size(self) -> int:
        return max(len(self.listed), 1) if self.form.pager == "none" else self.form.size

    def _list(self, at: int, url: str) -> Answer:
        size, names = self._size(), self._names()
        linked = tuple(
            urljoin(self.form.listing, name) if "/" in name.strip("./") else name for name in names
        )
        shown = self.listed[at * size : (at + 1) * size]
        pager = self.form.way_on.html(Place(at + 1, linked, len(self.listed), size))
        before, after = (
            "".join(CHROME[name] for name in names)
            for names in (self.form.before, self.form.after)
        )
        html = page_of(
            [self._href_on(url, each) for each in shown],
            [each.title for each in shown],
            LAYOUTS[self.form.layout],
            before,
            f"{pager}{after}",
        )
        return self._encoded(html.replace("<html>", _HEAD, 1))

    def _href_on(self, url: str, each: Document) -> str:
        """Return how a page of the directory links to a letter."""
        href = self._href(each)
        is_same = urljoin(url, href) == urljoin(self.form.listing, href)
        return href if is_same else self.path(each)

    def _scripted(self, scripted: ScriptedList, asked: Asked) -> Answer | None:
        if asked.path == scripted.listing.partition("#")[0]:
            before = "".join(CHROME[part] for part in self.form.before)
            page = scripted.page(self.rows())
            return self._encoded(page.replace("<body>", f"<body>{before}", 1))
        answer = scripted.answer(asked, self.rows()) if asked.path == scripted.endpoint else None
        return Answer(answer.encode(), content_type=scripted.content_type) if answer else None

    def _letter(self, url: str) -> Answer | None:
        for each in self.documents:
            if url == self.path(each):
                noise = Noise(each.docid, len(self.asked))
                return self._encoded(TEMPLATES[self.form.template](each, noise))
        return None

    def _file(self, url: str) -> Answer | None:
        for each in self.documents:
            for file in each.files:
                if file.path == url:
                    return Answer(file.content, content_type="application/octet-stream")
        return None

    def _encoded(self, html: str) -> Answer:
        declared, codec = CHARSETS[self.form.charset]
        page = html.replace('charset="utf-8"', f'charset="{declared}"', 1)
        return Answer(page.encode(codec), content_type="text/html")


def _common(documents: list[Document]) -> list[Document]:
    """Return letters of the common form, of paragraphs alone."""
    return [
        each
        for each in documents
        if each.form == "reply"
        and not each.files
        and all(kind == "paragraph" for kind, _ in each.blocks)
    ]
