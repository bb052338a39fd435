"""A letter is not listed any more only where the month, year or session it was in was read."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest

from crawler.directory.lost_parts import MISSING, lost_part
from crawler.directory.walk_result import WalkResult
from letters.addresses import DirectoryRow, KnownAddress
from letters.letter_record import Status
from letters.visit_span import VisitOutcome
from tests.crawler.directory.composed import walked_pages

DAYS = [date(2024, month, 9) for month in (6, 5, 4, 3)] + [date(2023, 11, 9)]
SESSIONS = {2024: "六届二次", 2023: "六届一次"}
By = Callable[[date], str]


def title(day: date) -> str:
    return f"对市政协{SESSIONS[day.year]}会议第{day:%m%d}号提案的复函"


def month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def year(day: date) -> str:
    return f"{day.year}年"


def session(day: date) -> str:
    return SESSIONS[day.year] + "会议"


def listed(days: Iterable[date], menu: Iterable[str]) -> str:
    rows = "".join(
        f"<li><a href='/l/{day:%Y%m}.html'>{title(day)}</a><i>{day}</i></li>" for day in days
    )
    links = "".join(f"<a href='?of={quote(each)}'>{each}</a>" for each in menu)
    return f"<html><p>{links}</p><ul>{rows}</ul></html>"


def directory(by: By, menu: Iterable[str], *, lacks: date | None = None) -> WalkResult:
    """Walk a directory that shows the newest part first, and leads to those of a menu."""
    parts = list(dict.fromkeys(map(by, DAYS)))
    menu = list(menu)
    of = {
        part: listed([day for day in DAYS if by(day) == part and day != lacks], menu)
        for part in parts
    }
    return walked_pages(
        {"": of[parts[0]], **{f"?of={quote(part)}": page for part, page in of.items()}}
    )


def on_record(outcome: VisitOutcome = VisitOutcome.LETTER) -> list[KnownAddress]:
    nothing = dict.fromkeys(KnownAddress.__dataclass_fields__)
    bare = KnownAddress(**nothing)  # type: ignore[arg-type]  # what is asked for is set below
    return [
        replace(
            bare,
            key=f"gov.example/l/{day:%Y%m}.html",
            url=f"http://gov.example/l/{day:%Y%m}.html",
            first_listed_at=datetime(2024, 6, 30, tzinfo=UTC),
            listed_title=title(day),
            listed_on=day,
            status=Status.PUBLISHED,
            outcome=outcome,
        )
        for day in DAYS
    ]


@pytest.mark.parametrize(
    ("by", "menu", "lost"),
    [
        pytest.param(
            month, ["2024年6月", "2024年5月", "2024年4月"], "2024-03", id="oldest months"
        ),
        pytest.param(
            month, ["2024年6月", "2024年5月", "2023年11月"], "2024-04", id="those between"
        ),
        pytest.param(month, ["2024年6月"], "2024-05", id="all months but the first"),
        pytest.param(year, ["2024年"], "2023", id="the year before"),
        pytest.param(session, ["六届二次会议"], "六届一次", id="the session before"),
    ],
)
def test_a_letter_of_a_part_that_has_no_list_any_more_may_be_listed_yet(
    by: By, menu: list[str], lost: str
) -> None:
    seen = directory(by, menu)
    assert len(seen.rows) == sum(by(day) in menu for day in DAYS), "each list is read"
    said = lost_part(seen, on_record())
    assert said is not None
    assert said.startswith(f"{MISSING}, and it leads to no list of {lost}: ")


@pytest.mark.parametrize("by", [month, year, session])
def test_a_letter_that_its_own_part_lacks_is_not_listed(by: By) -> None:
    menu = dict.fromkeys(map(by, DAYS))
    assert lost_part(directory(by, menu, lacks=DAYS[0]), on_record()) is None
    assert lost_part(directory(by, menu), on_record()) is None, "all are listed"


def test_a_letter_without_a_date_may_have_been_in_a_list_that_is_lost() -> None:
    undated = [replace(each, listed_on=None) for each in on_record()]
    seen = directory(month, ["2024年6月", "2024年5月"])
    assert "is not known" in (lost_part(seen, undated) or "")
    seen = directory(month, ["2024年6月", "2024年5月", "2024年4月"])
    assert lost_part(seen, undated) is None, "one or two may be gone from any of its lists"


def test_a_letter_that_is_gone_is_in_no_list() -> None:
    seen = directory(month, ["2024年6月", "2024年5月"])
    assert lost_part(seen, on_record(VisitOutcome.GONE)) is None


def test_a_menu_that_filters_a_list_of_all_letters_divides_nothing() -> None:
    months = dict.fromkeys(map(month, DAYS[:3]))
    seen = walked_pages({"": listed(DAYS[:4], months)})
    assert lost_part(seen, on_record()) is None
    row = DirectoryRow("k", "http://gov.example/k", title(DAYS[0]), DAYS[0])
    assert lost_part(WalkResult({"k": row}), on_record()) is None, "no menu at all"
