"""What each field of a letter means everywhere: the specification of the table of letter fields."""

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.record.drift import SourceNorms
from differ.body_text import ATOMIC_FIELDS
from differ.compare import compare
from differ.weigh import __doc__ as weigh_table
from differ.weigh import weigh
from fuhan.commands.show import summary
from fuhan.terminal.spreadsheet import write_csv
from letters.change import Category
from letters.fields import LETTER_FIELDS, EditPlace, Trait, names_with
from letters.letter import Attachment, Block, BlockKind, Form, Kind, Letter
from letters.letter_json import letter_to_json
from letters.letter_record import LetterRecord, Status
from letters.search_text import search_lines
from review.letter_facts import letter_facts
from review.terms import TERMS
from storage.facts.visits import letter_columns

LETTER = Letter(
    url="http://gov.example/zwgk/t20220618_7.html",
    kind=Kind.SUGGESTION,
    form=Form.REPLY,
    title="关于提案的复函",
    number="0042",
    session="三届二次",
    addressees=("林晓", "周舟"),
    subject="修缮河堤的建议",
    agency="市水务局",
    co_handlers=("市财政局", "青溪县"),
    doc_number="水务函〔2022〕9号",
    result_class="B",
    feedback="基本满意",
    published_on=date(2022, 6, 17),
    url_dated_on=date(2022, 6, 18),
    signed_on=date(2022, 6, 16),
    signed_on_raw="2022616",
    reviewer="何川",
    postcode="400001",
    phone="61230000",
    contact="苏禾",
    attachments=(Attachment("清单.pdf", "http://gov.example/a/1.pdf", "ab" * 32),),
    labels={"备注": "公开"},
    body=(Block(BlockKind.HEADING, "一、办理情况", 1), Block(BlockKind.PARAGRAPH, "已经办结。")),
)
AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
RECORD = LetterRecord(
    7, "demo", Status.DELISTED, LETTER, date(2022, 6, 20), (3,), 2, 3, first_seen=AT, last_seen=AT
)
FACTS = [
    *("number", "session", "addressees", "subject", "agency", "co_handlers", "doc_number"),
    *("result_class", "feedback", "published_on", "listed_on", "url_dated_on", "signed_on"),
    *("signed_on_raw", "reviewer", "postcode", "phone", "contact"),
]


@dataclass(frozen=True)
class Row:
    """What is specified of one field."""

    name: str
    other: Any  # another value than LETTER's
    terms: str  # in Chinese and English
    edits: str  # outside the body: category and significance of an edit; "": it is no edit
    counts: bool = True  # for the digest
    drift: bool = False  # a letter without it, where its source's letters have it, shows drift
    whole: bool = False  # in the body it changes as one token


# fmt: off
ROWS = [
    Row("url", "http://gov.example/zwgk/t20220618_8.html", "网址 address", "", counts=False),
    Row("kind", Kind.PROPOSAL, "类别 kind", "", counts=False),
    Row("title", "关于来信的复函", "标题 title", "title substantive", drift=True),
    Row("number", "0043", "案号 number", "title substantive", drift=True, whole=True),
    Row("session", "三届三次", "届次 session", "title substantive", drift=True, whole=True),
    Row("addressees", ("林晓",), "提案人 addressees", "name substantive", drift=True),
    Row("subject", "修缮海堤的建议", "提案题目 subject", "title substantive", drift=True),
    Row("agency", "市林业局", "承办单位 agency", "organisation substantive", drift=True),
    Row("co_handlers", ("市财政局",), "会办单位 co-handlers", "organisation substantive", drift=True),
    Row("doc_number", "水务函〔2022〕8号", "发文字号 document number", "title substantive", drift=True, whole=True),
    Row("result_class", "C", "办理结果 result class", "wording substantive", whole=True),
    Row("feedback", "不满意", "反馈意见 feedback", "wording substantive"),
    Row("published_on", date(2022, 7, 1), "页面日期 date on the page", "date substantive", drift=True),
    Row("url_dated_on", date(2022, 7, 1), "网址日期 date in the address", "", counts=False),
    # The day that is printed is reported as it is printed.
    Row("signed_on", date(2022, 7, 1), "成文日期 signed on", "", drift=True),
    Row("signed_on_raw", "2022617", "成文日期（原样） signed on, as printed", "date substantive", whole=True),
    Row("reviewer", "何山", "审签人 approved by", "name substantive", drift=True, whole=True),
    Row("postcode", "400002", "邮政编码 postcode", "contact minor", drift=True, whole=True),
    Row("phone", "61230001", "联系电话 phone", "contact minor", drift=True, whole=True),
    Row("contact", "苏木", "联系人 contact", "contact minor", drift=True, whole=True),
    Row("attachments", (), "附件 attachments", "attachment substantive"),
    Row("labels", {"备注": "不予公开"}, "页面栏目 labels", "wording minor"),
    Row("body", (Block(BlockKind.PARAGRAPH, "已经办结。"),), "正文 body", "wording minor"),
    Row("form", Form.RECORD, "形式 form", "", counts=False),
]
# fmt: on
FIELDS = {each.name: each for each in LETTER_FIELDS}
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


def changed(row: Row) -> Letter:
    return replace(LETTER, **{row.name: row.other})


def without(name: str) -> Letter:
    empty: dict[str, Any] = {"title": "", "addressees": (), "co_handlers": ()}
    value: Any = empty.get(name)
    return replace(LETTER, **{name: value})


def test_each_field_of_a_letter_is_specified() -> None:
    assert {row.name for row in ROWS} == {each.name for each in fields(Letter)}


def test_the_digest_stays() -> None:
    assert LETTER.digest() == "f7ad0e2dcc5d01c85c3836e989b71d01a95b760739a26e462255f4164ae40bf0"


@each_row
def test_a_field_counts_for_the_digest_or_not(row: Row) -> None:
    assert (changed(row).digest() != LETTER.digest()) == row.counts


@each_row
def test_a_change_of_a_field_is_an_edit_of_its_category_or_none(row: Row) -> None:
    edits = compare(LETTER, changed(row))
    found = [(each.field, f"{each.category.value} {weigh([each])[0].value}") for each in edits]
    assert found == [(row.name, row.edits)] * bool(row.edits)


@each_row
def test_the_table_has_the_category_that_is_reported(row: Row) -> None:
    category = FIELDS[row.name].category
    if row.name in {"result_class", "feedback", "labels", "body"}:  # by their words
        assert category is None
    elif row.name != "signed_on":
        assert (category.value if category else "") == row.edits.partition(" ")[0]


def test_a_day_of_signature_that_is_printed_nowhere_is_a_date() -> None:
    days = (replace(LETTER, signed_on=date(2022, 6, day), signed_on_raw=None) for day in (16, 17))
    assert [(each.field, each.category) for each in compare(*days)] == [
        ("signed_on", Category.DATE)
    ]
    assert FIELDS["signed_on"].category is Category.DATE


def test_edits_of_all_fields_come_in_this_order() -> None:
    other = {row.name: row.other for row in ROWS if row.name != "signed_on_raw"}
    old, new = replace(LETTER, signed_on_raw=None), replace(LETTER, **other, signed_on_raw=None)
    above = ["title", "published_on", "attachments"]
    below = [
        *("addressees", "co_handlers", "number", "session", "subject", "agency", "doc_number"),
        *("result_class", "feedback", "signed_on", "reviewer", "postcode", "phone", "contact"),
        "labels",
    ]
    # The day of signature is read by the page's date; where that changed it is no edit of its own.
    undated = [name for name in below if name != "signed_on"]
    assert [each.field for each in compare(old, new)] == [*above, "body", *undated]
    dated = replace(new, published_on=old.published_on)
    assert [each.field for each in compare(old, dated)] == ["title", "attachments", "body", *below]
    places = {
        place: {*names}
        for place, names in zip(EditPlace, [[], above, ["body"], below], strict=True)
    }
    for row in ROWS:
        place = FIELDS[row.name].edits
        assert place is EditPlace.NOWHERE or row.name in {*places[place], "signed_on_raw"}


@each_row
def test_a_field_that_nearly_all_letters_have_shows_drift_where_it_is_lost(row: Row) -> None:
    if row.name in {"body", "labels", "url", "kind", "form"}:
        return  # no letter is without them
    norms = SourceNorms.of([LETTER] * 10)
    assert norms.sign(without(row.name), LETTER) == (f"without {row.name}" if row.drift else None)


def test_values_that_change_whole() -> None:
    assert {row.name for row in ROWS if row.whole} == ATOMIC_FIELDS


@each_row
def test_a_field_has_its_name_in_both_languages(row: Row) -> None:
    assert " ".join(TERMS[f"field.{row.name}"]) == row.terms


def test_the_directory_s_date_has_its_name_too() -> None:
    assert TERMS["field.listed_on"] == ("目录日期", "date in the directory")


def test_json_has_the_keys_of_the_contract_in_order() -> None:
    assert list(RECORD.as_json()) == [
        *("id", "source", "url", "status", "kind", "title"),
        *FACTS,
        *("attachments", "labels", "body", "form"),
        *("twins", "version", "versions", "first_seen", "last_seen", "digest"),
    ]


def test_csv_has_them_as_its_header() -> None:
    file = io.StringIO()
    write_csv([RECORD.as_json()], file)
    header = next(csv.reader(io.StringIO(file.getvalue())))
    assert header == list(RECORD.as_json())


def test_the_archive_holds_the_fields_in_the_order_of_the_first_release() -> None:
    stored = letter_to_json(LETTER)
    facts = [name for name in FACTS if name != "listed_on"]
    assert list(stored) == [
        "url",
        "kind",
        "form",
        "title",
        *facts,
        "attachments",
        "labels",
        "body",
    ]
    text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert digest == "09dcbc7cdbf2a4e99ac530ae19b06ccc51cea1fb299e5c5222009ab8abc4353c"


def test_a_search_goes_through_names_and_words() -> None:
    assert list(search_lines(LETTER)) == [
        *("关于提案的复函", "0042", "市水务局", "林晓", "周舟", "市财政局", "青溪县"),
        *("一、办理情况", "已经办结。", "清单.pdf"),
    ]


def test_the_columns_of_a_letter_stay() -> None:
    assert list(letter_columns(LETTER)) == [
        *("digest", "title", "number", "session", "subject", "addressees"),
    ]


def test_the_command_line_shows_these_fields_in_this_order() -> None:
    title, *lines = summary(RECORD)
    assert title == LETTER.title
    assert [line.split()[0] for line in lines] == [
        *("status", "url", "number", "session", "subject", "addressees", "agency"),
        *("co_handlers", "doc_number", "result_class", "feedback", "published_on", "listed_on"),
        *("signed_on", "signed_on_raw", "reviewer", "postcode", "phone", "contact"),
        *("label", "attachment", "version", "digest"),
    ]


def test_a_page_shows_the_facts_in_this_order() -> None:
    assert list(letter_facts(RECORD)) == FACTS


def test_whom_the_fields_name() -> None:
    assert LETTER.values_with(Trait.PERSONS) == ("何川", "苏禾", "林晓", "周舟")
    assert LETTER.values_with(Trait.BODIES) == ("市水务局", "市财政局", "青溪县")


def test_the_fields_whose_change_always_matters_are_those_that_weigh_names() -> None:
    (listed,) = re.findall(r"^\| in (.*) \| substantive \|$", weigh_table or "", re.MULTILINE)
    assert {*listed.split(", ")} == {*names_with(Trait.SUBSTANTIVE)}
