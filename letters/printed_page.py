"""A printed page: its title, date, lines and files, before it is read as a letter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from letters.letter import Attachment, BlockKind


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or table of the body, in canonical text."""

    kind: BlockKind  # paragraph or table; headings are recognised later, by their words
    text: str


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page as printed, in canonical text; None where the page does not say."""

    url: str
    title: str
    published_on: date | None = None
    lines: tuple[Line, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    doc_number: str | None = None  # 文号, in a box beside the title
    labels: Mapping[str, str] = field(default_factory=dict)  # of the page's index table
