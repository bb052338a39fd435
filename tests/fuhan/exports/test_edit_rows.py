"""One row an edit, for a workbook and for Parquet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from fuhan.exports.edit_rows import COLUMNS, edit_rows
from fuhan.exports.parquet import write_parquet
from fuhan.exports.workbook import write_workbook
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
from letters.review import Review, ReviewState

BEIJING = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 23, 18, 30, 7, 250, tzinfo=UTC)
LETTER = LetterRef(
    7, "http://gov.example/7.html", "复函", "0007", "city", "修桥", ("王一", "李二")
)
FIGURE = Edit(
    Op.REPLACE, "body", Category.FIGURE, "39.2", "59.2", section=("一、投资", "（二）桥")
)
GONE = Edit(Op.DELETE, "body", Category.WORDING, "=HYPERLINK(1)", None)
EDITED = Change(
    id=3,
    letter=LETTER,
    kind=ChangeKind.EDITED,
    significance=Significance.SUBSTANTIVE,
    held=False,
    from_version=1,
    to_version=2,
    detected_at=AT,
    window=Window(AT - timedelta(hours=6), AT),
    edits=(FIGURE, GONE),
)
WITHDRAWN = replace(
    EDITED,
    id=4,
    kind=ChangeKind.WITHDRAWN,
    to_version=None,
    edits=(),
    review=Review(1, 4, ReviewState.ACCEPTED, "问过", "甲", AT, ("桥", "路")),
)


def test_each_edit_is_a_row_and_so_is_a_change_without_edits() -> None:
    rows = list(edit_rows([EDITED, WITHDRAWN]))
    assert [(row["change"], row["category"], row["old"], row["new"]) for row in rows] == [
        (3, "figure", "39.2", "59.2"),
        (3, "wording", "=HYPERLINK(1)", None),
        (4, None, None, None),
    ]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("subject", "修桥"),
        ("number", "0007"),
        ("addressees", "王一、李二"),
        ("section", "一、投资 › （二）桥"),
        ("state", "open"),
        ("after", AT - timedelta(hours=6)),
        ("before", AT),
        ("reviewed_by", None),
    ],
)
def test_a_row_says_of_which_letter_it_is_and_when_it_happened(column: str, cell: object) -> None:
    assert next(edit_rows([EDITED]))[column] == cell


def test_a_row_has_the_decision_in_force() -> None:
    row = next(edit_rows([WITHDRAWN]))
    names = ("state", "reviewed_by", "reviewed_at", "note", "tags")
    assert [row[name] for name in names] == ["accepted", "甲", AT, "问过", "桥, 路"]


def sheets(tmp_path: Path, *changes: Change) -> list[list[tuple[Any, ...]]]:
    file = tmp_path / "edits.xlsx"
    write_workbook(edit_rows(changes), file, BEIJING)
    return [list(sheet.rows) for sheet in load_workbook(file)]


def column(rows: list[tuple[Any, ...]], name: str) -> list[Any]:
    return [row[list(COLUMNS).index(name)] for row in rows[1:]]


def test_a_workbook_has_moments_on_the_clock_of_the_configuration(tmp_path: Path) -> None:
    (rows,) = sheets(tmp_path, EDITED)
    assert "before (Asia/Shanghai)" in [cell.value for cell in rows[0]]
    assert column(rows, "before")[0].value == datetime(2026, 11, 24, 2, 30, 7)  # noqa: DTZ001
    assert column(rows, "before")[0].is_date


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_what_a_publisher_wrote_is_no_formula_in_a_workbook(tmp_path: Path, text: str) -> None:
    changed = replace(EDITED, edits=(replace(GONE, old=text),))
    (rows,) = sheets(tmp_path, changed)
    (cell,) = column(rows, "old")
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        pytest.param("一\x00二", "一\ufffd二", id="a character that XML forbids"),
        pytest.param("一\ud800二", "一?二", id="half a character"),
        pytest.param("长" * 40_000, "长" * 32_767, id="more than a cell can hold"),
    ],
)
def test_what_no_cell_can_hold_ends_no_export(tmp_path: Path, text: str, stored: str) -> None:
    (rows,) = sheets(tmp_path, replace(EDITED, edits=(replace(GONE, old=text),)))
    assert column(rows, "old")[0].value == stored


def test_more_rows_than_a_sheet_can_hold_go_on_in_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fuhan.exports.workbook._SHEET_ROWS", 2)
    assert [len(rows) for rows in sheets(tmp_path, EDITED, WITHDRAWN)] == [3, 2]


def test_parquet_has_the_same_rows_with_types(tmp_path: Path) -> None:
    rows = list(edit_rows([EDITED, WITHDRAWN]))
    write_parquet(tmp_path / "edits.parquet", iter(rows))
    table = parquet.read_table(tmp_path / "edits.parquet")
    assert table.to_pylist() == rows
    types = {name: str(table.schema.field(name).type) for name in ("change", "held", "before")}
    assert types == {"change": "int64", "held": "bool", "before": "timestamp[us, tz=UTC]"}


def test_parquet_has_lists_as_json(tmp_path: Path) -> None:
    write_parquet(tmp_path / "changes.parquet", [EDITED.as_json(), WITHDRAWN.as_json()])
    table = parquet.read_table(tmp_path / "changes.parquet")
    assert table["tags"].to_pylist() == ["[]", '["桥", "路"]']
    assert table["detected_at"].to_pylist() == [AT, AT]
