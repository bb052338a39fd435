"""Years and sessions among which a reader may choose, of which a directory's page lists no letter."""

import pytest

from tests.crawler.directory.composed import row, walked_with_rows

ROWS = "".join(map(row, range(12)))  # of 2022
YEARS = "<option>2022年</option><option>2021年</option>"
CHOICES = {
    "a list to choose from": f"<select name='y' onchange='this.form.submit()'>{YEARS}</select>",
    "one that begins with all": f"<select onchange='go()'><option>全部年份</option>{YEARS}</select>",
    "links of a script": "<a href='javascript:y(2022)'>2022年</a><a href='javascript:y(2021)'>2021年</a>",
    "a form that is sent to the page itself": f"<form><select name='y'>{YEARS}</select><input type='submit' value='查询'></form>",
    "tabs of a list": "<ul class='tab'><li class='on'>2022年</li><li>2021年</li></ul>",
    "tabs without any name": "<p><span>不限</span><span>2022</span><span>2021</span></p>",
    "links that lead nowhere": "<ul><li><a>2022年</a></li><li><a href='#'>2021年</a></li></ul>",
    "items with data": "<ul><li data-year='2022'>2022年</li><li data-year='2021'>2021年</li></ul>",
    "buttons of a form": "<form><input type='submit' value='2022年'><input type='submit' value='2021年'></form>",
    "boxes of a form": "<form><input type='radio' value='2022'><input type='radio' value='2021'><button>查看</button></form>",
    "boxes of no form": "<label><input type='radio' value='2022'>2022</label> <label><input type='radio' value='2021'>2021</label>。",
    "buttons": "<b onclick='y(2022)'>2022</b><b onclick='y(2021)'>2021</b>",
}
NO_CHOICES = {
    "years that are listed": "<select onchange='go()'><option>2022</option></select>",
    "a form of a search": f"<form action='/search.jsp'><select>{YEARS}</select><button>搜索</button></form>",
    "boxes of a search": "<form action='/search.jsp'><input type='radio' value='2022'><input type='radio' value='2021'><button>搜索</button></form>",
    "a list without a script": f"<select>{YEARS}</select>",
    "months": "<select onchange='go()'><option>2022年</option><option>2022年1月</option></select>",
    "other years than those of the rows": "<select onchange='go()'><option>2019</option><option>2018</option></select>",
    "years in the rows": "<ul><li><i>2022</i><i>第3号</i></li><li><i>2021</i><i>第4号</i></li></ul>",
    "years that are links elsewhere": "<p><a href='/bs/2022/'>2022</a><a href='/bs/2021/'>2021</a></p>",
    "years in words": "<p>2022年 2021年</p>",
}


@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
def test_a_year_that_can_be_chosen_and_is_not_listed_is_a_sign_of_more(choice: str) -> None:
    (error,) = walked_with_rows("", ROWS, before=choice).errors
    assert error.reason == "a reader may choose other parts: no row of 2021 is listed"


@pytest.mark.parametrize("shown", NO_CHOICES.values(), ids=NO_CHOICES)
def test_other_years_are_no_sign_of_more(shown: str) -> None:
    assert walked_with_rows("", ROWS, before=shown).errors == ()


MONTHS = {
    "months of a year": ("<p><b>2022年6月</b><b>2022年5月</b></p>", "2022-05"),
    "months with counts": ("<ul><li>2022-06(12)</li><li>2022-05(31)</li></ul>", "2022-05"),
    "months of any year": ("<ul class='tab'><li class='on'>6月</li><li>5月</li></ul>", "5月"),
    "a list of months": (
        "<select onchange='go()'><option>06月</option><option>05月</option></select>",
        "5月",
    ),
    "quarters": ("<p><b>第二季度</b><b>第一季度</b></p>", "1季度"),
}


@pytest.mark.parametrize(("choice", "missing"), MONTHS.values(), ids=MONTHS)
def test_other_months_may_have_rows_where_all_that_are_listed_are_of_one(
    choice: str, missing: str
) -> None:
    (error,) = walked_with_rows("", ROWS, before=choice).errors
    assert error.reason == f"a reader may choose other parts: no row of {missing} is listed"
    of_two = ROWS + row(20).replace("2022-06", "2022-03")
    assert walked_with_rows("", of_two, before=choice).errors == ()


SESSION_ROWS = "".join(
    f'<li><a href="202206/t20220617_{n}.html">关于市政协六届三次会议第{n}号提案的复函</a></li>'
    for n in range(5)
)


def test_a_session_that_can_be_chosen_and_is_not_listed_is_a_sign_of_more() -> None:
    tabs = "<b class='on'>六届三次会议</b><b data-id='62'>六届二次会议</b>"
    (error,) = walked_with_rows("", SESSION_ROWS, before=tabs).errors
    assert error.reason == "a reader may choose other parts: no row of 六届二次 is listed"
    assert walked_with_rows("", ROWS, before=tabs).errors == ()
