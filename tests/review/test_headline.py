"""What a line says of a change: the weightiest words, and how long after it was listed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from letters.change import (
    Category,
    Change,
    ChangeKind,
    Edit,
    LetterRef,
    Op,
    Significance,
    Window,
)
from review.headline import headline
from review.languages import Language
from review.translator import Translator

AT = datetime(2026, 11, 24, 1, tzinfo=UTC)  # 09:00 in Beijing


def edit(old: str | None, new: str | None, category: Category, context: str = "") -> Edit:
    op = Op.INSERT if old is None else Op.DELETE if new is None else Op.REPLACE
    return Edit(op, "body", category, old, new, context=context)


FIGURE = edit("39.2", "59.2", Category.FIGURE, "总投资59.2亿元，年内开工")
PROMISE = edit("确保", "力争", Category.COMMITMENT, "力争年内开工")
WORDING = edit("大力", "积极", Category.WORDING)
PHONE = Edit(Op.REPLACE, "phone", Category.CONTACT, "67575783", "67575784")


def line(
    *edits: Edit,
    kind: ChangeKind = ChangeKind.EDITED,
    listed_on: date | None = None,
    language: Language = "en",
    hours: int | None = 6,  # of the window
) -> str:
    after = None if hours is None else AT - timedelta(hours=hours)
    letter = LetterRef(1, "http://gov.example/1.html", "复函", None, "demo", listed_on=listed_on)
    change = Change(
        1, letter, kind, Significance.MINOR, held=False, from_version=1, to_version=2,
        detected_at=AT, window=Window(after, AT), edits=edits,
    )  # fmt: skip
    return str(headline(change, Translator(language, ZoneInfo("Asia/Shanghai"))))


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param([FIGURE], "39.2 → 59.2 亿元", id="a figure with what it counts"),
        pytest.param([PROMISE], "确保 → 力争", id="a promise"),
        pytest.param([WORDING, PROMISE, FIGURE], "39.2 → 59.2 亿元 · 2 more", id="figures lead"),
        pytest.param([WORDING, PROMISE], "确保 → 力争 · 1 more", id="promises before wording"),
        pytest.param([PHONE], "phone 67575783 → 67575784", id="a field by its name"),
        pytest.param(
            [edit("30%", None, Category.FIGURE, "占30%左右")], "− 30%", id="words that went"
        ),
        pytest.param([edit(None, "拟", Category.COMMITMENT)], "+ 拟", id="words that came"),
        pytest.param(
            [edit("12", "15", Category.FIGURE, "15个和15个，共30个")],
            "12 → 15",
            id="a figure that stands there twice counts nothing known",
        ),
        pytest.param(
            [edit("5", "8", Category.FIGURE, "上半年8亿元，下半年8亿元，共15公里")],
            "5 → 8",
            id="a figure that another one contains counts nothing of that one",
        ),
        pytest.param(
            [edit("300", "500", Category.FIGURE, "面积500m2，已建成")],
            "300 → 500",
            id="a unit that goes on is not cut off",
        ),
        pytest.param(
            [edit("300", "500", Category.FIGURE, "容量500MW机组")],
            "300 → 500 MW",
            id="a Latin unit before Chinese words",
        ),
        pytest.param(
            [edit("甲" * 40 + "乙", "甲" * 40 + "丙丁", Category.WORDING)],
            f"…{'甲' * 8}乙 → …{'甲' * 8}丙丁",
            id="long words that begin alike are shown from where they differ",
        ),
        pytest.param(
            [edit("甲" * 40, "乙", Category.WORDING)],
            f"{'甲' * 28}… → 乙",
            id="long words are cut",
        ),
        pytest.param(
            [edit("甲" * 150, None, Category.WORDING), edit("乙" * 90, None, Category.WORDING)],
            "240 characters removed",
            id="of much that went, how much",
        ),
        pytest.param([], "", id="no edits"),
    ],
)
def test_the_weightiest_edit_is_what_happened(edits: list[Edit], expected: str) -> None:
    assert line(*edits) == expected


@pytest.mark.parametrize(
    ("listed_on", "english", "chinese"),
    [
        (date(2026, 11, 24), "on the day of listing", "列入目录当日"),
        (date(2026, 11, 23), "1 day after listing", "列入目录 1 天后"),
        (date(2026, 11, 11), "13 days after listing", "列入目录 13 天后"),
        (date(2026, 11, 10), "2 weeks after listing", "列入目录 2 周后"),
        (date(2026, 9, 1), "2 months after listing", "列入目录 2 个月后"),
        (date(2022, 6, 17), "4 years after listing", "列入目录 4 年后"),
        (date(2026, 11, 25), None, None),  # dated ahead: that says nothing
        (None, None, None),
    ],
)
def test_the_age_of_a_letter_is_counted_in_the_zone_of_its_readers(
    listed_on: date | None, english: str | None, chinese: str | None
) -> None:
    gone: dict[str, Any] = {"kind": ChangeKind.WITHDRAWN, "listed_on": listed_on}
    assert line(**gone) == " · ".join(filter(None, ("withdrawn", english)))
    assert line(**gone, language="zh") == " · ".join(filter(None, ("撤下", chinese)))


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (6, "withdrawn · 2 months after listing"),
        (24 * 20, "withdrawn · 2 months after listing"),
        (24 * 60, "withdrawn"),
        (None, "withdrawn"),
    ],
)
def test_an_age_that_the_window_leaves_open_is_not_given(hours: int | None, expected: str) -> None:
    listed_on = date(2026, 9, 1)
    assert line(kind=ChangeKind.WITHDRAWN, listed_on=listed_on, hours=hours) == expected


def test_words_that_moved_are_not_called_replaced() -> None:
    move = Edit(Op.MOVE, "body", Category.WORDING, "甲乙", "甲乙")
    assert line(move) == "moved 甲乙"
    assert line(move, WORDING) == "大力 → 积极 · 1 more"


def test_a_new_letter_is_no_days_after_its_publication() -> None:
    assert line(kind=ChangeKind.PUBLISHED, listed_on=date(2026, 11, 1)) == ""
