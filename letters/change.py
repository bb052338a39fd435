"""What happened to a letter between two of its states, and each place of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from letters.review import Review, ReviewState
from letters.text import with_code_points


class Op(StrEnum):
    """What an edit did to the text."""

    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"
    MOVE = "move"


class Category(StrEnum):
    """What kind of words an edit touched."""

    FIGURE = "figure"  # a number that counts or measures
    DATE = "date"
    NAME = "name"  # a person
    ORGANISATION = "organisation"  # a body
    CONTACT = "contact"  # phone, address, postcode, contact person
    TITLE = "title"  # of the letter, or of a document it cites
    COMMITMENT = "commitment"  # words that strengthen, weaken, postpone, condition, drop a promise
    WORDING = "wording"
    PUNCTUATION = "punctuation"
    ATTACHMENT = "attachment"


class Significance(StrEnum):
    """How much a change matters to a reader."""

    SUBSTANTIVE = "substantive"  # 实质
    MINOR = "minor"  # 细微: wording, contacts, typing errors put right
    COSMETIC = "cosmetic"  # 排版: punctuation, spacing


class ChangeKind(StrEnum):
    """What happened to a letter."""

    PUBLISHED = "published"  # first visited
    EDITED = "edited"
    WITHDRAWN = "withdrawn"  # 撤下: no longer served
    DELISTED = "delisted"  # gone from the directory, page still served
    RESTORED = "restored"  # back after it was withdrawn or delisted
    RELOCATED = "relocated"  # the same letter at a new URL


@dataclass(frozen=True, slots=True)
class Edit:
    """One place in a letter where its words changed."""

    op: Op
    field: str  # "body", or the field of Letter it is in
    category: Category
    old: str | None  # whole tokens; None for an insert
    new: str | None  # None for a delete
    detail: str | None = None  # of a commitment: weakened, strengthened, postponed, advanced, …
    section: tuple[str, ...] = ()  # the headings above it, outermost first
    context: str = ""  # enough of the sentence around it to be understood alone

    def legible(self) -> "Edit":
        """Return the edit with code points where it can't be known what a reader sees."""
        old, new = (text and with_code_points(text) for text in (self.old, self.new))
        section, context = map(with_code_points, self.section), with_code_points(self.context)
        return replace(self, old=old, new=new, section=tuple(section), context=context)

    def as_json(self) -> dict[str, Any]:
        """Return the edit with the keys and in the order that docs/contract.md promises."""
        return {
            "op": self.op.value,
            "field": self.field,
            "category": self.category.value,
            "detail": self.detail,
            "old": self.old,
            "new": self.new,
            "section": list(self.section),
            "context": self.context,
        }


def edit_from_json(plain: dict[str, Any]) -> Edit:
    """Return the edit of which `Edit.as_json` made plain values."""
    return Edit(
        op=Op(plain["op"]),
        field=plain["field"],
        category=Category(plain["category"]),
        old=plain["old"],
        new=plain["new"],
        detail=plain["detail"],
        section=tuple(plain["section"]),
        context=plain["context"],
    )


@dataclass(frozen=True, slots=True)
class Window:
    """The bounds of when a change happened, both in UTC."""

    after: datetime | None  # the last visit that still showed the old state; None: no such visit
    before: datetime  # the first visit that showed the new state


@dataclass(frozen=True, slots=True)
class LetterRef:
    """Which letter a change is of."""

    id: int
    url: str
    title: str
    number: str | None
    source: str
    subject: str | None = None
    addressees: tuple[str, ...] = ()
    listed_on: date | None = None  # the directory's date


@dataclass(frozen=True, slots=True)
class Change:
    """A recorded change of a letter."""

    id: int
    letter: LetterRef
    kind: ChangeKind
    significance: Significance
    held: bool  # recorded and shown, not announced: a large share of its source changed at once
    from_version: int | None  # None for `published`
    to_version: int | None  # None for `withdrawn`
    detected_at: datetime
    window: Window
    edits: tuple[Edit, ...] = ()
    reason: str = ""  # why it has its significance, in words
    baseline: bool = False  # of a letter that was there when its source was first crawled
    announced_at: datetime | None = None  # recorded, or released from being held
    review: Review | None = None  # the one in force; None: nobody decided

    @property
    def state(self) -> ReviewState:
        """What a person decided last; open where nobody did."""
        return self.review.state if self.review else ReviewState.OPEN

    def as_json(self) -> dict[str, Any]:
        """Return the change with the keys and in the order that docs/contract.md promises."""
        return {
            "id": self.id,
            "letter": {
                "id": self.letter.id,
                "url": self.letter.url,
                "title": self.letter.title,
                "number": self.letter.number,
                "subject": self.letter.subject,
                "addressees": list(self.letter.addressees),
                "source": self.letter.source,
            },
            "kind": self.kind.value,
            "baseline": self.baseline,
            "significance": self.significance.value,
            "held": self.held,
            "from_version": self.from_version,
            "to_version": self.to_version,
            "detected_at": self.detected_at.isoformat(),
            "window": {
                "after": self.window.after and self.window.after.isoformat(),
                "before": self.window.before.isoformat(),
            },
            "edits": [edit.as_json() for edit in self.edits],
            "state": self.state.value,
            "reviewed_by": self.review and self.review.who,
            "reviewed_at": self.review and self.review.at.isoformat(),
            "note": self.review and self.review.note,
            "tags": list(self.review.tags) if self.review else [],
        }
