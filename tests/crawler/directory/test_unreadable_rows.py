"""A row of a known letter that can't be followed is doubt, never absence."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.directory.page import read_directory
from crawler.directory.plausibility import unreadable_row_of
from crawler.directory.walk_result import WalkResult
from letters.addresses import KnownAddress
from letters.letter_record import Status
from letters.urls import url_key
from letters.visit_span import VisitOutcome

URL = "http://gov.example/zwgk/tagk/"
AT = datetime(2024, 6, 3, tzinfo=UTC)


def title(number: int) -> str:
    return f"某委关于市政协五届五次会议第05{number:02}号提案的复函"


def href(number: int) -> str:
    return f"./202206/t20220617_{number}.html"


def row(number: int, link: str | None = None) -> str:
    link = href(number) if link is None else link
    return f'<li><a href="{link}">{title(number)}</a><span>2022-06-{number:02}</span></li>'


def known(number: int) -> KnownAddress:
    url = f"{URL}{href(number)[2:]}"
    told = dict.fromkeys(KnownAddress.__dataclass_fields__)
    return replace(
        KnownAddress(**told),  # type: ignore[arg-type]  # what is asked for is set below
        id=number, key=url_key(url), url=url, first_listed_at=AT, listed_title=title(number),
        listed_on=date(2022, 6, number), letter_id=number, status=Status.PUBLISHED,
        outcome=VisitOutcome.LETTER,
    )  # fmt: skip


def doubt(shown: str, more: str = "") -> str | None:
    """Return the doubt over a directory that listed four letters and shows the fourth as given."""
    rows = "".join(map(row, (1, 2, 3)))
    page = read_directory(f"<body><ul>{rows}{shown}</ul>{more}</body>", URL)
    rows = {each.key: each for each in page.rows}
    walked = WalkResult(rows, page.names_in_scripts, page.unreadable)
    return unreadable_row_of(walked, [known(number) for number in (1, 2, 3, 4)])


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(row(4, "http://other.example/a/t20220617_4.html"), id="another site"),
        pytest.param(row(4, "http://["), id="no URL"),
        pytest.param(row(4, "javascript:open4()"), id="a script"),
        pytest.param(row(4, ""), id="an empty link"),
        pytest.param(row(4, "/info/1004.htm"), id="an address of an unknown form"),
        pytest.param(row(4, "?id=4"), id="a query"),
        pytest.param(f"<li onclick='go(4)'>{title(4)}<span>2022-06-04</span></li>", id="no link"),
        pytest.param(f"<li>{title(4)}</li>", id="only words"),
        pytest.param(row(4, "#").replace(title(4), f"{title(4)[:14]}……"), id="a cut title"),
        pytest.param(
            row(4, "#").replace(title(4), "第0504号提案答复（新）"), id="only its number"
        ),
        pytest.param(row(4, "#").replace(title(4), "答复函（更正后）"), id="only its date"),
    ],
)
def test_a_row_that_cant_be_followed_is_doubt(shown: str) -> None:
    said = doubt(shown)
    assert said is not None
    assert "a row of a known letter leads to" in said


@pytest.mark.parametrize(
    ("shown", "more"),
    [
        pytest.param("", "", id="no row at all"),
        pytest.param("<li class='empty'></li>", "", id="an empty item"),
        pytest.param("<li class='date'>2022-06-04</li>", "", id="a heading of a day"),
        pytest.param("<li>第9902号提案（不予公开）2022-06-04</li>", "", id="another number of that day"),
        pytest.param(row(9, "http://other.example/a.html"), "", id="another letter elsewhere"),
        pytest.param("", "<div><a href='/news/'>要闻动态</a> <a href='#'>返回顶部</a></div>", id="chrome"),
        pytest.param("<li>第0507号提案的复函</li>", "", id="another number"),
        pytest.param("", f"<a href='http://other.example/'>{title(4)[:14]}</a>", id="a link to the agency"),
    ],
)  # fmt: skip
def test_a_row_that_is_gone_is_gone(shown: str, more: str) -> None:
    assert doubt(shown, more) is None


def test_a_letter_whose_row_is_read_is_in_no_doubt_by_another_link_to_it() -> None:
    assert doubt(row(4), f"<a href='http://other.example/'>{title(4)}</a>") is None


@pytest.mark.parametrize(
    "script",
    [
        "if(a)document.write('<li><a href=\"./202206/t20220617_4.html\">x</a></li>')",
        'var rows = [{"url":".\\/202206\\/t20220617_4.html","t":"x"}]',
    ],
)
def test_a_row_that_a_script_writes_is_doubt(script: str) -> None:
    said = doubt("", f"<script>{script}</script>")
    assert said == "the page of a known letter stands in a script: t20220617_4.html"


def test_a_row_for_who_has_no_script_is_a_row() -> None:
    assert doubt(f"<noscript>{row(4)}</noscript>") is None
