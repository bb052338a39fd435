"""What the JSON API answers: one model for each kind of object, as docs/contract.md has them.

The values come from `as_json` of the records, which the commands print too. A model refuses an
object with a field too many or too few, so that the two can't drift apart; the OpenAPI document
is made of the same models.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from letters.alarm import AlarmKind
from letters.change import Category, ChangeKind, Op, Significance
from letters.crawl_record import CrawlOutcome
from letters.file_text import TextState
from letters.letter import BlockKind, FileState, Form, Kind
from letters.letter_record import Status
from letters.review import ReviewState

Count = Annotated[int, Field(ge=0)]
# Pydantic would write Z for UTC, where the commands write +00:00.
Moment = Annotated[
    AwareDatetime,
    PlainSerializer(datetime.isoformat),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


def public_name(name: str) -> str:
    """Return the name that a model has in the OpenAPI document.

    >>> public_name("LetterModel")
    'Letter'
    """
    return name.removesuffix("Model")


class ApiModel(BaseModel):
    """An object of the API; its fields are in the order in which they are written."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        model_title_generator=lambda model: public_name(model.__name__),
    )


class BlockModel(ApiModel):
    """One block of a letter's body."""

    kind: BlockKind
    level: int | None  # of a heading, from 1
    text: str  # of a table: rows split by "\n", cells by "\t"


class AttachmentModel(ApiModel):
    """A file that a letter carries (附件)."""

    name: str
    url: str
    digest: str | None  # sha256, hexadecimal; None: never seen
    state: FileState | TextState | None  # None: never served, or its text was not asked for
    pages: Count | None  # or sheets; None: it has none, or was not read
    text: str | None  # lines, and pages parted by a form feed; None unless read


class LetterModel(ApiModel):
    """A reply letter (复函): its newest version and its status."""

    id: Count
    source: str
    url: str
    status: Status
    kind: Kind
    title: str
    number: str | None
    session: str | None
    addressees: list[str]
    subject: str | None
    agency: str | None
    co_handlers: list[str]
    doc_number: str | None
    result_class: str | None
    feedback: str | None
    published_on: date | None
    listed_on: date | None
    url_dated_on: date | None
    signed_on: date | None
    signed_on_raw: str | None
    reviewer: str | None
    postcode: str | None
    phone: str | None
    contact: str | None
    attachments: list[AttachmentModel]
    labels: dict[str, str]
    body: list[BlockModel]
    form: Form
    twins: list[Count]
    version: int  # 0 or less of an imported capture
    versions: Count
    first_seen: Moment
    last_seen: Moment
    digest: str


class LetterRefModel(ApiModel):
    """Which letter a change is of."""

    id: Count
    url: str
    title: str
    number: str | None
    subject: str | None
    addressees: list[str]
    source: str


class WindowModel(ApiModel):
    """The bounds of when a change happened."""

    after: Moment | None
    before: Moment


class EditModel(ApiModel):
    """One place in a letter where its words changed."""

    op: Op
    field: str
    category: Category
    detail: str | None
    old: str | None
    new: str | None
    section: list[str]
    context: str


class ChangeModel(ApiModel):
    """A recorded change of a letter."""

    id: Count
    letter: LetterRefModel
    kind: ChangeKind
    baseline: bool
    significance: Significance
    held: bool
    from_version: int | None
    to_version: int | None
    detected_at: Moment
    window: WindowModel
    edits: list[EditModel]
    state: ReviewState
    reviewed_by: str | None
    reviewed_at: Moment | None
    note: str | None
    tags: list[str]


class PageErrorModel(ApiModel):
    """A page that got no verdict, and why."""

    url: str
    reason: str


class CrawlModel(ApiModel):
    """One crawl of one source."""

    id: Count
    source: str
    outcome: CrawlOutcome | None  # None while it runs, or when it was killed
    listed: Count
    fetched: Count
    unchanged: Count
    published: Count
    edited: Count
    withdrawn: Count
    delisted: Count
    restored: Count
    relocated: Count
    suspect: Count
    errors: list[PageErrorModel]
    requests: Count
    bytes: Count
    started_at: Moment
    finished_at: Moment | None


class AlarmModel(ApiModel):
    """Something that is or was wrong with a source, or with the service."""

    id: Count
    kind: AlarmKind
    source: str | None  # None: the service
    subject: str | None
    host: str | None
    reason: str
    since: Moment
    judged_at: Moment | None
    ended_at: Moment | None


class SourceModel(ApiModel):
    """A source, and what people decided on it."""

    name: str
    agency: str
    kind: Kind
    listing: str
    origin: Literal["file", "web"]
    added_at: Moment | None
    added_by: str | None
    paused_since: Moment | None  # None: it is crawled on schedule
    paused_by: str | None


class RefusalModel(ApiModel):
    """Why a request is refused, in one line."""

    error: str
