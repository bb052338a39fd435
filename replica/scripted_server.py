"""Serves directories whose rows come by script over HTTP on loopback, with their letters."""

from collections.abc import Callable

from replica.compose import compose
from replica.document import Document
from replica.noise import Noise
from replica.pages import letter_page
from replica.scripted_lists import LISTS
from replica.scripted_values import Asked, Row, ScriptedList
from replica.server import Answer
from replica.site_server import ServedSite

Alter = Callable[[Asked, str], str]  # what is answered in place of an answer


class ScriptedSite:
    """One directory for each interface, each with letters of its own, newest first."""

    def __init__(self, letters: int = 37) -> None:
        self.altered: dict[str, Alter] = {}  # by interface: what its answers become
        self.log: list[tuple[str, str, str]] = []  # method, path with query, body
        self._letters = letters
        self._documents: dict[str, list[Document]] = {}  # by interface, made when asked for

    def documents(self, name: str) -> list[Document]:
        """Return the letters of a directory: they may be changed, and taken out."""
        if name not in self._documents:
            seed = list(LISTS).index(name)
            self._documents[name] = _without_odd(compose(self._letters, 0, seed).documents)
        return self._documents[name]

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a directory."""
        listed = (each for each in self.documents(name) if each.is_listed)
        return [Row(each.title, _path(name, each), each.listed_on) for each in listed]

    def answer(self, method: str, url: str, body: str = "") -> Answer:
        """Return what is served for a path with its query, and a form where one is posted."""
        self.log.append((method, url, body))
        asked = Asked.of(url, body)
        if asked.path == "/robots.txt":
            return Answer(b"User-agent: *\nAllow: /\n", content_type="text/plain")
        for each in LISTS.values():
            if asked.path == each.listing.partition("#")[0]:
                return Answer(each.page(self.rows(each.name)).encode())
            if asked.path == each.endpoint and (answer := self._answer(each, asked)):
                return Answer(answer.encode(), content_type=each.content_type)
        return self._letter(asked.path) or Answer(b"<html>404</html>", 404)

    def _answer(self, each: ScriptedList, asked: Asked) -> str | None:
        answer = each.answer(asked, self.rows(each.name))
        alter = self.altered.get(each.name)
        return alter(asked, answer) if alter and answer is not None else answer

    def _letter(self, path: str) -> Answer | None:
        name = path.partition("/letters/")[0].strip("/")
        for each in self.documents(name) if name in LISTS else ():
            if path == _path(name, each):
                return Answer(letter_page(each, Noise(1, 1, is_on=False)).encode())
        return None


def _without_odd(documents: list[Document]) -> list[Document]:
    """Return letters of the common form alone: their files and pages stand beside the list."""
    return [each for each in documents if each.form == "reply" and not each.files]


def _path(name: str, each: Document) -> str:
    return f"/{name}/letters/{each.docid}.html"


class ScriptedReplica(ServedSite):
    """A scripted site served on loopback while the context lasts."""

    def __init__(self, site: ScriptedSite) -> None:
        self.site = site
        super().__init__(site)

    def listing(self, name: str) -> str:
        """Return the URL of the directory of an interface."""
        return f"{self.url}{LISTS[name].listing}"
