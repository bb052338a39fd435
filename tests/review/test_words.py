"""What fuhan says, in both languages."""

import re
import string
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.record.change import significance_of
from letters.change import Category, ChangeKind, Edit, Op, Significance, Window
from letters.letter import Form, Kind
from letters.letter_record import Status
from letters.visit_span import VisitOutcome
from review.markdown import plain
from review.phrases import PHRASES
from review.phrases.alarms import ALARMS
from review.phrases.alerts import ALERTS
from review.phrases.changes import CHANGES
from review.phrases.desk import DESK
from review.phrases.evidence import EVIDENCE
from review.phrases.frame import FRAME
from review.phrases.home import HOME
from review.phrases.letters import LETTERS
from review.phrases.pictures import PICTURES
from review.phrases.public_site import PUBLIC_SITE
from review.phrases.reports import REPORTS
from review.phrases.served import SERVED
from review.phrases.sources import SOURCES
from review.rendering import web_link
from review.terms import TERMS
from review.translator import Translator

BEIJING = ZoneInfo("Asia/Shanghai")
FAMILIES = {
    "kind": ChangeKind,
    "significance": Significance,
    "status": Status,
    "paper": Kind,
    "form": Form,
    "op": Op,
    "category": Category,
}


def names(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


@pytest.mark.parametrize("key", PHRASES)
def test_both_languages_say_the_same_of_the_same(key: str) -> None:
    chinese, english = PHRASES[key]
    assert chinese
    for number in english.split(" || "):  # one, many
        assert names(chinese) == names(number)


def test_no_phrase_takes_the_place_of_another() -> None:
    parts = (
        ALARMS,
        ALERTS,
        CHANGES,
        DESK,
        EVIDENCE,
        FRAME,
        HOME,
        LETTERS,
        REPORTS,
        PUBLIC_SITE,
        PICTURES,
        SERVED,
        SOURCES,
    )
    assert len(PHRASES) == sum(map(len, parts))


@pytest.mark.parametrize("family", FAMILIES)
def test_each_word_of_the_domain_has_a_name(family: str) -> None:
    for word in FAMILIES[family]:
        assert f"{family}.{word.value}" in TERMS


def test_each_outcome_of_a_visit_has_a_phrase() -> None:
    assert all(f"visit.{outcome.value}" in PHRASES for outcome in VisitOutcome)


def reasons() -> Iterator[str]:
    """Yield why changes have their weight, one of each kind that is given."""
    for category in Category:
        for old, new, field in (
            ("甲", "乙", "body"),
            ("甲" * 99, "乙" * 150, "body"),
            (None, f"{'甲' * 30}。", "body"),
            ("甲", "乙", "number"),
        ):
            op = Op.REPLACE if old else Op.INSERT
            detail = "weakened" if category is Category.COMMITMENT else None
            edit = Edit(op, field, category, old, new, detail)
            yield significance_of(ChangeKind.EDITED, (edit,))[1]
    move = Edit(Op.MOVE, "body", Category.WORDING, "甲", "甲")
    yield significance_of(ChangeKind.EDITED, (move,))[1]
    without_edits = set(ChangeKind) - {ChangeKind.EDITED, ChangeKind.PUBLISHED}
    yield from (significance_of(kind, ())[1] for kind in without_edits)


@pytest.mark.parametrize("recorded", sorted(set(reasons())))
def test_the_reason_of_a_weight_is_wholly_chinese_on_a_chinese_page(recorded: str) -> None:
    assert not re.search("[A-Za-z]", Translator("zh", BEIJING).reason(recorded))
    assert Translator("en", BEIJING).reason(recorded) == recorded


def moment(hour: int, second: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, 0, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (Window(moment(1), moment(4)), "between 2026-11-23 09:00 and 12:00 (Beijing time)"),
        (
            Window(moment(1), moment(17)),
            "between 2026-11-23 09:00 and 2026-11-24 01:00 (Beijing time)",
        ),
        (
            Window(moment(1, 2), moment(1, 9)),
            "between 2026-11-23 09:00:02 and 09:00:09 (Beijing time)",
        ),
        (Window(None, moment(4)), "no later than 2026-11-23 12:00 (Beijing time)"),
    ],
)
def test_a_window_is_written_on_the_clock_of_the_reader(window: Window, words: str) -> None:
    assert Translator("en", BEIJING).window(window) == words


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x", "http:", "http://[", ""]
)
def test_only_web_addresses_may_be_followed(url: str) -> None:
    assert web_link(url) is None


@pytest.mark.parametrize(
    ("printed", "escaped"),
    [
        ("1. 一", "1\\. 一"),
        ("# 标题", "\\# 标题"),
        ("<script>", "&lt;script&gt;"),
        ("a|b`c`", "a\\|b\\`c\\`"),
        ("https://x", "https\\://x"),
    ],
)
def test_markdown_of_a_letter_is_only_text(printed: str, escaped: str) -> None:
    assert plain(printed) == escaped
