"""One document of the directory: what its page prints, and what a reader must find in it."""

from dataclasses import dataclass, field
from typing import Any

AGENCY_CHANNEL = "/zwgk/zfxxgkml/jytabl"
CHANNELS = {
    "proposal": f"{AGENCY_CHANNEL}/tagk_53512/",
    "suggestion": f"{AGENCY_CHANNEL}/jygk_53513/",
}


@dataclass(slots=True)
class File:
    """An attachment: its name, its path beside the page, its bytes."""

    name: str
    path: str
    content: bytes
    scripted: bool = False  # its link stands only in the page's hasFJ string
    is_linked: bool = True  # else the page shows it in some other way


@dataclass(slots=True)
class Document:
    """A letter of the replica. Its state changes by night."""

    docid: int
    made_on: str  # YYYYMMDD, in its URL
    listed_on: str  # YYYY-MM-DD
    kind: str  # proposal | suggestion
    form: str  # reply | record | summary | attachment
    title: str
    fields: dict[str, Any]  # what a reader must find, by the names of the contract
    # kind (paragraph, table, html) and text; table: rows \n, cells \t; html: as it is served
    blocks: list[tuple[str, str]]
    files: list[File] = field(default_factory=list)
    is_listed: bool = True
    served: str = "page"  # page | gone | stub
    charset: str = "utf-8"
    declared: str = "utf-8"
    state: int = 0  # raised by each edit: what a validator follows
    container: str = "view TRS_UEDITOR trs_paper_default trs_word"
    pager: str | None = None  # how a letter of several pages leads to them; None: it has one
    pages: int = 1

    @property
    def path(self) -> str:
        """Return the path of its page."""
        month = self.made_on[:6]
        return f"{CHANNELS[self.kind]}{month}/t{self.made_on}_{self.docid}.html"

    def part(self, number: int) -> list[tuple[str, str]]:
        """Return the blocks on its page `number`, from 0."""
        size = -(-len(self.blocks) // self.pages)
        return self.blocks[number * size : (number + 1) * size]

    def truth(self) -> dict[str, Any]:
        """Return the fields of the contract's letter as they must be read."""
        dated = f"{self.made_on[:4]}-{self.made_on[4:6]}-{self.made_on[6:]}"
        told: dict[str, Any] = {"title": self.title, "form": self.form, "kind": self.kind}
        told |= {"listed_on": self.listed_on, "url_dated_on": dated}
        told["attachments"] = [each.name for each in self.files]
        return told | self.fields

    def replace(self, old: str, new: str) -> None:
        """Change the words `old` to `new` wherever the page prints them."""
        self.blocks = [(kind, text.replace(old, new)) for kind, text in self.blocks]
        self.title = self.title.replace(old, new)
        self.state += 1
