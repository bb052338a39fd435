"""The fields of a letter, in the order in which they are shown: every other list derives from it.

What is true of a field is said here once. Who needs a list of fields asks for it by what its
fields have in common; tests/test_letter_fields.py says what follows for each of them.
"""

from dataclasses import dataclass
from enum import Enum, Flag, auto
from functools import cache

from letters.change import Category


class ValueKind(Enum):
    """What kind of value a field has; text and dates are None where they are not printed."""

    TEXT = auto()  # as printed
    DATE = auto()
    NAMES = auto()  # a list of names
    WORD = auto()  # of an enumeration
    FILES = auto()
    LABELS = auto()  # text by label
    BLOCKS = auto()


class EditPlace(Enum):
    """Where among a letter's edits those of a field come.

    Of a value that the body prints the edit is in the body, where the words changed.
    """

    NOWHERE = auto()  # no edit: the letter says the same
    ABOVE_BODY = auto()
    BODY = auto()
    BELOW_BODY = auto()  # lists of names before the other values


class Shown(Enum):
    """How a field is shown to people."""

    APART = auto()  # in a place of its own: as heading, text, files, beside the title
    FACT = auto()  # in the list of facts, on pages and by `fuhan show`
    FACT_ON_PAGES = auto()  # `fuhan show` says in words where it is far from the page's date


class Trait(Flag):
    """What is true of some fields and not of others."""

    NONE = 0
    PAPER = auto()  # the three that name the paper which is answered: two letters to one are twins
    PERSONS = auto()  # names persons
    BODIES = auto()  # names public bodies
    ONE_TOKEN = auto()  # where the body prints it, its value changes whole
    SUBSTANTIVE = auto()  # each change of it is substantive, whatever its words
    NORM = auto()  # a letter without it, where its source's letters have it, is read worse
    SEARCHED = auto()  # a search for letters goes through it, as through the body


@dataclass(frozen=True, slots=True)
class LetterField:
    """One field: its name in code and JSON, its Chinese and English term, what it counts for."""

    name: str
    chinese: str
    english: str
    value: ValueKind = ValueKind.TEXT
    category: Category | None = None  # of an edit of it; None: by its words
    traits: Trait = Trait.NONE
    edits: EditPlace = EditPlace.BELOW_BODY
    shown: Shown = Shown.FACT
    is_printed: bool = True  # False: the directory says it, it is in no `Letter`
    came_later: bool = False  # than archives that are kept: absent where it has no value

    @property
    def is_digested(self) -> bool:
        """Whether it counts for the letter's digest, as all does of which there may be an edit.

        A version that differs by its digest alone would be a change without edits.
        """
        return self.edits is not EditPlace.NOWHERE


@cache
def names_with(trait: Trait) -> tuple[str, ...]:
    """Return the names of the fields of which `trait` is true."""
    return tuple(each.name for each in LETTER_FIELDS if trait in each.traits)


LETTER_FIELDS = (
    LetterField("url", "网址", "address", edits=EditPlace.NOWHERE, shown=Shown.APART),
    LetterField(
        *("kind", "类别", "kind", ValueKind.WORD), edits=EditPlace.NOWHERE, shown=Shown.APART
    ),
    LetterField(
        *("title", "标题", "title", ValueKind.TEXT, Category.TITLE),
        traits=Trait.NORM | Trait.SEARCHED,
        edits=EditPlace.ABOVE_BODY,
        shown=Shown.APART,
    ),
    LetterField(
        *("number", "案号", "number", ValueKind.TEXT, Category.TITLE),
        Trait.PAPER | Trait.ONE_TOKEN | Trait.SUBSTANTIVE | Trait.NORM | Trait.SEARCHED,
    ),
    LetterField(
        *("session", "届次", "session", ValueKind.TEXT, Category.TITLE),
        Trait.PAPER | Trait.ONE_TOKEN | Trait.SUBSTANTIVE | Trait.NORM,
    ),
    LetterField(
        *("addressees", "提案人", "addressees", ValueKind.NAMES, Category.NAME),
        Trait.PERSONS | Trait.NORM | Trait.SEARCHED,
    ),
    LetterField(
        *("subject", "提案题目", "subject", ValueKind.TEXT, Category.TITLE),
        Trait.PAPER | Trait.NORM,
    ),
    LetterField(
        *("agency", "承办单位", "agency", ValueKind.TEXT, Category.ORGANISATION),
        Trait.BODIES | Trait.NORM | Trait.SEARCHED,
    ),
    LetterField(
        *("co_handlers", "会办单位", "co-handlers", ValueKind.NAMES, Category.ORGANISATION),
        Trait.BODIES | Trait.NORM | Trait.SEARCHED,
    ),
    LetterField(
        *("doc_number", "发文字号", "document number", ValueKind.TEXT, Category.TITLE),
        Trait.ONE_TOKEN | Trait.SUBSTANTIVE | Trait.NORM,
    ),
    # Class and feedback are no norm: offices change their mind about printing them.
    LetterField(
        *("result_class", "办理结果", "result class"),
        traits=Trait.ONE_TOKEN | Trait.SUBSTANTIVE,
    ),
    LetterField("feedback", "反馈意见", "feedback", traits=Trait.SUBSTANTIVE),
    LetterField(
        *("published_on", "页面日期", "date on the page", ValueKind.DATE, Category.DATE),
        Trait.SUBSTANTIVE | Trait.NORM,
        EditPlace.ABOVE_BODY,
    ),
    LetterField(
        *("listed_on", "目录日期", "date in the directory", ValueKind.DATE),
        edits=EditPlace.NOWHERE,
        is_printed=False,
    ),
    LetterField(
        *("url_dated_on", "网址日期", "date in the address", ValueKind.DATE),
        edits=EditPlace.NOWHERE,
        shown=Shown.FACT_ON_PAGES,
    ),
    LetterField(
        *("signed_on", "成文日期", "signed on", ValueKind.DATE, Category.DATE), Trait.NORM
    ),
    # No norm, as the day that is read from it is one.
    LetterField(
        *("signed_on_raw", "成文日期（原样）", "signed on, as printed"),
        category=Category.DATE,
        traits=Trait.ONE_TOKEN,
    ),
    LetterField(
        *("reviewer", "审签人", "approved by", ValueKind.TEXT, Category.NAME),
        Trait.PERSONS | Trait.ONE_TOKEN | Trait.NORM,
    ),
    LetterField(
        *("postcode", "邮政编码", "postcode", ValueKind.TEXT, Category.CONTACT),
        Trait.ONE_TOKEN | Trait.NORM,
    ),
    LetterField(
        *("phone", "联系电话", "phone", ValueKind.TEXT, Category.CONTACT),
        Trait.ONE_TOKEN | Trait.NORM,
    ),
    LetterField(
        *("contact", "联系人", "contact", ValueKind.TEXT, Category.CONTACT),
        Trait.PERSONS | Trait.ONE_TOKEN | Trait.NORM,
    ),
    LetterField(
        *("attachments", "附件", "attachments", ValueKind.FILES, Category.ATTACHMENT),
        edits=EditPlace.ABOVE_BODY,
        shown=Shown.APART,
    ),
    # The category of a label's edit is decided by the label's words.
    LetterField("labels", "页面栏目", "labels", ValueKind.LABELS, shown=Shown.APART),
    LetterField(
        *("body", "正文", "body", ValueKind.BLOCKS), edits=EditPlace.BODY, shown=Shown.APART
    ),
    # Last in JSON, where it came after the others; `Letter` has it where it must be given.
    LetterField(
        *("form", "形式", "form", ValueKind.WORD), edits=EditPlace.NOWHERE, shown=Shown.APART
    ),
)
