"""Another list in the place of a directory's rows is doubt, whatever it lists."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.directory.plausibility import (
    ANOTHER_LIST,
    BETWEEN_PAGES,
    NEWEST_ALONE,
    OTHER_ROWS,
    between_pages,
    newest_alone,
    replacement,
)
from crawler.directory.walk_result import WalkResult
from letters.addresses import DirectoryRow, KnownAddress, RowSelection
from letters.crawl_record import PageError
from letters.letter_record import Status
from letters.visit_span import VisitOutcome

BEFORE = RowSelection("ul.list li>a", "3 rows like ul.list li>a")
OTHER = RowSelection("div.hot>ul li>a", "3 rows like div.hot>ul li>a")


def known(number: int) -> KnownAddress:
    nothing = dict.fromkeys(KnownAddress.__dataclass_fields__)
    return replace(
        KnownAddress(**nothing),  # type: ignore[arg-type]  # what is asked for is set below
        id=number, key=f"gov.example/{number}", url=f"http://gov.example/{number}",
        first_listed_at=datetime(2024, 6, 3, tzinfo=UTC), listed_title=f"第{number}号提案的复函",
        letter_id=number, status=Status.PUBLISHED, outcome=VisitOutcome.LETTER,
    )  # fmt: skip


def walked(selection: RowSelection, *numbers: int) -> WalkResult:
    rows = {
        f"gov.example/{n}": DirectoryRow(
            f"gov.example/{n}", f"http://gov.example/{n}", f"第{n}号提案的复函", None
        )
        for n in numbers
    }
    return WalkResult(rows, selection=selection)


LETTERS = [known(1), known(2), known(3)]


def doubt(
    selection: RowSelection, *numbers: int, before: RowSelection | None = BEFORE
) -> str | None:
    replaced = replacement(walked(selection, *numbers), LETTERS, len(LETTERS), before)
    return replaced and replaced.reason


@pytest.mark.parametrize("numbers", [(7, 8, 9), (1, 8, 9), (8,)])
def test_another_list_without_most_of_the_letters_is_not_believed(
    numbers: tuple[int, ...],
) -> None:
    seen = walked(OTHER, *numbers)
    replaced = replacement(seen, LETTERS, len(LETTERS), BEFORE)
    assert replaced is not None
    doubted = replaced.doubted(seen, "http://gov.example/")
    assert doubted.failed
    assert doubted.errors == (PageError("http://gov.example/", ANOTHER_LIST),)


def test_another_list_that_lacks_a_letter_is_a_directory_read_in_part() -> None:
    said = doubt(OTHER, 1, 2, 9)
    assert said == f"{OTHER_ROWS}: like div.hot>ul li>a, before like ul.list li>a"


@pytest.mark.parametrize(
    ("selection", "numbers", "before"),
    [
        pytest.param(OTHER, (1, 2, 3, 4), BEFORE, id="a new template that lists every letter"),
        pytest.param(BEFORE, (1, 2), BEFORE, id="the same list without a letter"),
        pytest.param(OTHER, (1, 2), None, id="an archive that did not keep which rows they were"),
    ],
)
def test_what_is_no_other_list_is_no_doubt(
    selection: RowSelection, numbers: tuple[int, ...], before: RowSelection | None
) -> None:
    assert doubt(selection, *numbers, before=before) is None


def dated(*days: int | None) -> WalkResult:
    """Return a walk whose rows are numbered by their days of June."""
    rows = {
        f"gov.example/{day}": DirectoryRow(
            f"gov.example/{day}", f"http://gov.example/{day}", f"第{day}号提案的复函", day and date(2024, 6, day)
        )
        for day in days
    }  # fmt: skip
    return WalkResult(rows, selection=BEFORE)


def on_record(*days: int) -> list[KnownAddress]:
    return [replace(known(day), listed_on=date(2024, 6, day)) for day in days]


def test_a_list_whose_newest_rows_push_the_oldest_out_is_not_whole() -> None:
    said = newest_alone(dated(7, 6, 5, 4, 3), on_record(6, 5, 4, 3, 2), most=5)
    assert said == f"{NEWEST_ALONE}: 5 rows"
    assert newest_alone(dated(7, 6, 5, 4, 3, 1), on_record(1, 6, 5, 4, 3, 2), most=6), "1 on top"
    assert newest_alone(dated(8, 7, 6, 5, 4), on_record(*range(2, 8)), most=5), "a day later"


@pytest.mark.parametrize(
    ("walked", "most"),
    [
        pytest.param(dated(7, 6, 5, 4, 3), 6, id="a list that was longer"),
        pytest.param(dated(8, 7, 6, 5, 4, 3), 5, id="one that grew"),
        pytest.param(dated(7, 5, 4, 3, 2), 5, id="a letter missing amid the others"),
        pytest.param(dated(7, 6, 5, 4, 3, 2), 6, id="one without a missing letter"),
        pytest.param(
            replace(dated(7, 6, 5, 4, 3), total_rows=5), 5, id="one that counts its rows"
        ),
    ],
)
def test_other_missing_letters_are_believed(walked: WalkResult, most: int) -> None:
    assert newest_alone(walked, on_record(6, 5, 4, 3, 2), most) is None


def test_a_letter_that_moved_in_its_place_pushes_no_other_out() -> None:
    moved = replace(known(2), listed_on=date(2024, 6, 3), listed_title="第3号提案的复函")
    others = [replace(each, id=9) for each in on_record(6, 5, 4, 3)]
    assert newest_alone(dated(7, 6, 5, 4, 3), [*others, moved], most=5) is None


def paged(*days: int, edges: tuple[tuple[int, int], ...]) -> WalkResult:
    dates = tuple((date(2024, 6, one), date(2024, 6, other)) for one, other in edges)
    return replace(dated(*days), edges=dates)


def test_a_letter_that_is_on_neither_of_two_pages_may_be_on_its_way() -> None:
    said = between_pages(paged(7, 6, 4, 3, edges=((6, 4),)), on_record(6, 5, 4, 3), most=4)
    assert said == f"{BETWEEN_PAGES}: http://gov.example/5"


@pytest.mark.parametrize(
    ("seen", "most"),
    [
        pytest.param(paged(7, 6, 4, 3, edges=((4, 3),)), 4, id="elsewhere on its page"),
        pytest.param(paged(6, 4, 3, edges=((6, 4),)), 4, id="from a list that is shorter"),
        pytest.param(paged(7, 6, 4, 3, edges=()), 4, id="from a list of one page"),
        pytest.param(paged(7, 6, 4, 3, edges=((5, 5),)), 4, id="amid rows of one day"),
        pytest.param(replace(paged(7, 6, 4, 3, edges=((6, 4),)), total_rows=4), 4, id="from a list that counts its rows"),
    ],
)  # fmt: skip
def test_any_other_letter_that_is_missing_is_not_listed(seen: WalkResult, most: int) -> None:
    assert between_pages(seen, on_record(6, 5, 4, 3), most) is None


def test_a_letter_whose_page_is_gone_is_on_no_way() -> None:
    gone = [replace(each, outcome=VisitOutcome.GONE) for each in on_record(6, 5, 4, 3)]
    assert between_pages(paged(7, 6, 4, 3, edges=((6, 4),)), gone, most=4) is None
