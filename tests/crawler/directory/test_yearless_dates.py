"""A date that is printed without its year has the year that its page or its address says."""

import pytest

from crawler.directory.page import read_directory

URL = "http://gov.example/tagk/"


def rows(href: str, date: str, start: int = 1) -> str:
    row = "<li><a href='{1}'>关于第{0:04}号提案的答复</a><span>{2}</span></li>"
    made = (row.format(n, href.format(n), date) for n in range(start, start + 5))
    return f"<ul>{''.join(made)}</ul>"


def dates(body: str) -> list[str]:
    return [str(each.listed_on) for each in read_directory(f"<body>{body}</body>", URL).rows]


@pytest.mark.parametrize(
    "heading",
    [
        "<h3>2024年</h3>",
        "<div><b>2024</b></div>",
        "<div><i>2024年度</i><a href='/m'>更多</a></div>",
    ],
)
@pytest.mark.parametrize("printed", ["05-07", "[05-07]", "5月7日", "05/07", "（05.07）"])
def test_the_year_is_that_of_the_heading_over_the_list(heading: str, printed: str) -> None:
    assert dates(heading + rows("/p/{0}.html", printed)) == ["2024-05-07"] * 5


def test_each_list_has_the_year_of_its_own_heading() -> None:
    lists = (
        f"<h3>{year}年</h3>{rows('/p/{0}.html', '05-07', start)}"
        for year, start in ((2024, 1), (2023, 6))
    )
    assert dates("".join(lists)) == ["2024-05-07"] * 5 + ["2023-05-07"] * 5


@pytest.mark.parametrize(
    ("href", "printed", "listed"),
    [
        pytest.param("/p/t20240506_{0}.html", "05-07", "2024-05-07", id="a day before it"),
        pytest.param("/p/t20231231_{0}.html", "01-02", "2024-01-02", id="the year before it"),
        pytest.param("/p/202405/{0}.html", "05-07", "2024-05-07", id="its month"),
        pytest.param("/p/2024/{0}.html", "05-07", "2024-05-07", id="its year"),
        pytest.param("/p/t20240901_{0}.html", "05-07", "None", id="a day long after it"),
        pytest.param("/p/202312/{0}.html", "05-07", "None", id="another month"),
        pytest.param("/p/{0}.html", "05-07", "None", id="no year"),
        pytest.param("/p/2024/{0}.html", "13-07", "None", id="no day"),
    ],
)
def test_the_year_is_that_of_the_address(href: str, printed: str, listed: str) -> None:
    assert dates(rows(href, printed)) == [listed] * 5


@pytest.mark.parametrize(
    ("before", "href"),
    [
        pytest.param("<h3>2023年</h3>", "/p/2024/{0}.html", id="heading and address"),
        pytest.param("<h3>2023年</h3><h3>2024年</h3>", "/p/{0}.html", id="two headings"),
    ],
)
def test_where_years_disagree_there_is_no_date(before: str, href: str) -> None:
    assert dates(before + rows(href, "05-07")) == ["None"] * 5


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("<a href='/2024/'>2024年</a>", id="a link"),
        pytest.param("<select><option>2024</option></select>", id="a choice"),
        pytest.param("<h3>2024年</h3><a href='/a'>一</a><a href='/b'>二</a><a href='/c'>三</a>", id="over other links"),
        pytest.param("<p>2024年第3期</p>", id="a number of an issue"),
    ],
)  # fmt: skip
def test_what_is_no_heading_says_no_year(before: str) -> None:
    assert dates(before + rows("/p/{0}.html", "05-07")) == ["None"] * 5


def test_a_row_with_two_such_dates_has_none() -> None:
    row = "<li><a href='/p/{0}.html'>关于第{0}号提案的答复</a><i>05-07</i><i>06-08</i></li>"
    body = f"<h3>2024年</h3><ul>{''.join(map(row.format, range(1, 6)))}</ul>"
    assert dates(body) == ["None"] * 5
