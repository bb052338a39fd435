"""The letter (复函): its fields, its body in canonical text, its attachments."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from letters.fields import LETTER_FIELDS, Trait, names_with
from letters.file_text import FileText

LONG_AFTER = 30  # days; a page is often made some days after the date that it bears


class Kind(StrEnum):
    """To whose paper a letter replies."""

    PROPOSAL = "proposal"  # 提案, by members of the political consultative conference
    SUGGESTION = "suggestion"  # 建议, by deputies of the people's congress


class Form(StrEnum):
    """How a page carries its reply."""

    REPLY = "reply"  # a letter with salutation and sign-off
    RECORD = "record"  # labelled fields: 案由, 提案人, 主办单位, 委员反馈, 办复内容
    SUMMARY = "summary"  # one page for a whole session or year
    ATTACHMENT = "attachment"  # the text is in a file


class BlockKind(StrEnum):
    """What a block of the body is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """The place in a block's text where the value of a letter field is printed."""

    field: str  # a field name of Letter
    start: int  # code points from the start of the block's text
    end: int  # one past the last


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the body, in canonical text."""

    kind: BlockKind
    text: str  # a table: rows split by "\n", cells by "\t"; else one line
    level: int | None = None  # of a heading, from 1 (一、) over 2 （一） and 3 (1.) to 4 （1）
    spans: tuple[FieldSpan, ...] = ()  # in reading order, never overlapping


class FileState(StrEnum):
    """What became of a file that a letter links."""

    MISSING = "missing"  # no longer served, as several crawls in a row showed


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a letter carries (附件)."""

    name: str
    url: str  # absolute
    # sha256 of its bytes, hexadecimal; None if they were never served. Of a file that is stamped
    # anew whenever it is served: of the first that said what it says.
    digest: str | None = None
    content: str | None = None  # sha256 of what it says, its stamps left out; None: as its bytes
    state: FileState | None = None
    # What its bytes say, where that was asked for: it is stored with the bytes, not with a letter.
    text: FileText | None = field(default=None, compare=False)

    def says_the_same_as(self, other: "Attachment") -> bool:
        """Return whether both were served and say the same, stamps left aside."""
        if self.digest is None or other.digest is None:
            return False
        return self.digest == other.digest or (self.content or "") == other.content

    def as_json(self) -> dict[str, Any]:
        """Return the file with the keys and in the order that CONTRACT promises."""
        state = self.state or (self.text and self.text.state)
        return {
            "name": self.name,
            "url": self.url,
            "digest": self.digest,
            "state": state and state.value,
            "pages": self.text and self.text.page_count,
            "text": self.text and self.text.text,
        }

    def digested(self) -> list[str | None]:
        """Return what of it counts in the digest of its letter."""
        state = [self.state.value] if self.state else []
        return [self.name, self.url.rsplit("/", 1)[-1], self.content or self.digest, *state]


class _WithDigest:
    """Has a place for the digest of a letter, which is no field of it."""

    __slots__ = ("_known_digest",)
    _known_digest: str


@dataclass(frozen=True, slots=True)
class Letter(_WithDigest):
    """A reply letter (复函) as its page prints it; what can't be read is None, never guessed."""

    url: str
    kind: Kind
    form: Form
    title: str
    number: str | None = None  # 案号, as text: leading zeros are kept
    session: str | None = None  # 届次, as printed: 市政协五届五次会议
    addressees: tuple[str, ...] = ()  # names without 委员 or 代表
    subject: str | None = None  # the proposal's own title, without 《》
    agency: str | None = None  # 承办单位 that signs
    co_handlers: tuple[str, ...] = ()  # 会办 or 协办单位
    doc_number: str | None = None  # 发文字号, with its 〔〕
    result_class: str | None = None  # A, B, C as printed, without 类
    feedback: str | None = None  # 委员反馈, 代表反馈
    published_on: date | None = None  # the page's own date
    url_dated_on: date | None = None  # the date in the page's URL
    signed_on: date | None = None  # 成文日期, where the print allows one reading only
    signed_on_raw: str | None = None  # as printed
    reviewer: str | None = None  # who approved the letter (审签)
    postcode: str | None = None
    phone: str | None = None
    contact: str | None = None  # 联系人
    attachments: tuple[Attachment, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)  # every labelled field as printed
    body: tuple[Block, ...] = ()

    def digest(self) -> str:
        """Return the sha256 over fields and body, hexadecimal.

        Two archives that read the same letter agree: its URL, the dates that are
        not on the page and the way the body is cut into paragraphs do not count.
        """
        if not hasattr(self, "_known_digest"):  # a visit asks for it five times
            object.__setattr__(self, "_known_digest", self._new_digest())
        return self._known_digest

    def _new_digest(self) -> str:
        values = {name: plain_value(getattr(self, name)) for name in _DIGESTED}
        values["labels"] = dict(self.labels)
        values["body"] = self.wording()
        values["attachments"] = [each.digested() for each in self.attachments]
        kept = as_kept(values)
        text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def values_with(self, trait: Trait) -> tuple[str, ...]:
        """Return the texts of the fields of which `trait` is true, the names of lists last."""
        return texts_among([getattr(self, name) for name in names_with(trait)])

    @property
    def days_backdated(self) -> int | None:
        """Days from the date on the page to the day on which it was made; None where they are few.

        The URL has the day on which the page was made, its page the day that it claims.
        """
        if self.url_dated_on is None or self.published_on is None:
            return None
        days = (self.url_dated_on - self.published_on).days
        return days if days > LONG_AFTER else None

    def is_of_another_paper(self, other: "Letter") -> bool:
        """Return whether the two answer different papers: number, subject and title all differ.

        Where neither bears a number, whom they answer must differ too.
        """
        is_numbered = bool(self.number or other.number)
        own = (self.number if is_numbered else self.addressees), self.subject
        others = (other.number if is_numbered else other.addressees), other.subject
        are_named = any(own) and any(others)
        differ = all(one != two for one, two in zip(own, others, strict=True))
        return are_named and differ and self.title != other.title

    def wording(self) -> str:
        """Return the words of the body in one string, however they are cut into paragraphs."""
        return "".join(
            f"\n{block.text}\n" if block.kind is BlockKind.TABLE else block.text
            for block in self.body
        )


def texts_among(values: Sequence[Any]) -> tuple[str, ...]:
    """Return the texts of fields by their values, the names of lists last."""
    texts = [value for value in values if not isinstance(value, (tuple, list))]
    listed = [name for value in values if isinstance(value, (tuple, list)) for name in value]
    return tuple(filter(None, (*texts, *listed)))


_DIGESTED = [each.name for each in LETTER_FIELDS if each.is_digested]
_CAME_LATER = {each.name for each in LETTER_FIELDS if each.came_later}


def as_kept(values: dict[str, Any]) -> dict[str, Any]:
    """Return `values` as archives keep them that are older than some fields."""
    return {name: value for name, value in values.items() if value or name not in _CAME_LATER}


def plain_value(value: Any) -> Any:
    """Return the value of a field as JSON can hold it: a date as text, a tuple as a list."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
