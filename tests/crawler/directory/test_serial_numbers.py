"""Numbers before rows (序号): a list that begins at 9, or ends at 13, is not all there is."""

import pytest

from tests.crawler.directory.composed import walked_pages

LINK = "<a href='/view/{n:04}.html'>关于第{n}号提案的复函</a>"
FORMS = {
    "a table with 序号": (
        "<table><tr><th>序号</th><th>标题</th></tr>{}</table>",
        "<tr><td>{at}</td><td>" + LINK + "</td></tr>",
    ),
    "a table without a head": ("<table>{}</table>", "<tr><td>{at}</td><td>" + LINK + "</td></tr>"),
    "a head of cells": (
        "<table><tbody><tr><td>序 号</td><td>案由</td></tr>{}<tr><td colspan=2>说明</td></tr></table>",
        "<tr><td>{at}.</td><td>" + LINK + "</td></tr>",
    ),
    "items": ("<ul>{}</ul>", "<li>{at}、" + LINK + "</li>"),
    "lines": ("<div>{}</div>", "<p>{at}．" + LINK + "</p>"),
    "elements that are called so": ("<ul>{}</ul>", "<li><i class='num'>{at}</i>" + LINK + "</li>"),
}
NAMES = [pytest.param(*form, id=name) for name, form in FORMS.items()]


def listed(box: str, form: str, *numbers: int) -> str:
    return box.format("".join(form.format(at=at, n=100 + 7 * at % 97) for at in numbers))


@pytest.mark.parametrize(("box", "form"), NAMES)
def test_a_list_that_is_numbered_from_9_is_read_in_part(box: str, form: str) -> None:
    (error,) = walked_pages({"": listed(box, form, *range(9, 20))}).errors
    assert error.reason == "its rows are numbered from 9, not from 1"


@pytest.mark.parametrize(("box", "form"), NAMES)
def test_a_list_that_is_numbered_down_to_13_is_read_in_part(box: str, form: str) -> None:
    (error,) = walked_pages({"": listed(box, form, *range(24, 12, -1))}).errors
    assert error.reason == "its rows are numbered down to 13, not to 1"


@pytest.mark.parametrize(("box", "form"), NAMES)
@pytest.mark.parametrize("numbers", [range(1, 13), range(12, 0, -1), (9, 10, 12, 14, 15, 18)])
def test_numbers_from_1_or_with_gaps_say_nothing(box: str, form: str, numbers: range) -> None:
    assert walked_pages({"": listed(box, form, *numbers)}).errors == ()


def test_a_list_that_begins_elsewhere_by_its_element_is_read_in_part() -> None:
    rows = "".join(f"<li>{LINK.format(n=n)}</li>" for n in range(9, 20))
    assert walked_pages({"": f"<ol start='9'>{rows}</ol>"}).errors
    assert walked_pages({"": f"<ol start='1'>{rows}</ol>"}).errors == ()


@pytest.mark.parametrize("column", ["案号", "提案编号", "年份"])
def test_other_numbers_of_a_column_are_no_rows(column: str) -> None:
    box, form = FORMS["a table with 序号"]
    html = listed(box.replace("序号", column), form, *range(101, 113))
    assert walked_pages({"": html}).errors == ()


@pytest.mark.parametrize(
    "pages",
    [
        (range(1, 11), range(11, 21)),
        (range(1, 11), range(1, 11)),
        (range(20, 10, -1), range(10, 0, -1)),
        (range(12, 2, -1), range(2, 0, -1)),
        (range(10, 0, -1), range(10, 0, -1)),
    ],
)
def test_numbers_go_on_from_page_to_page(pages: tuple[range, range]) -> None:
    box, form = FORMS["a table with 序号"]
    first, second = (listed(box, form, *numbers) for numbers in pages)
    second = second.replace("/view/", "/view/b")
    answers = {"": f"{first}<a href='index_1.html'>下一页</a>", "index_1.html": second}
    assert walked_pages(answers).errors == ()


def test_the_last_page_that_ends_above_1_is_not_the_end() -> None:
    box, form = FORMS["a table with 序号"]
    first, second = (listed(box, form, *range(at, at - 8, -1)) for at in (24, 16))
    answers = {"": f"{first}<a href='index_1.html'>下一页</a>", "index_1.html": second}
    (error,) = walked_pages(answers).errors
    assert error.reason == "its rows are numbered down to 9, not to 1"


def test_a_first_row_that_is_a_file_counts() -> None:
    box, form = FORMS["a table with 序号"]
    file = "<tr><td>1</td><td><a href='/f/1.pdf'>关于第1号提案的复函</a></td></tr>"
    assert walked_pages({"": box.format(file + listed("{}", form, *range(2, 12)))}).errors == ()


def test_a_directory_that_counts_its_rows_is_believed() -> None:
    box, form = FORMS["a table with 序号"]
    html = listed(box, form, *range(9, 20)) + "<div class='page'>共11条</div>"
    assert walked_pages({"": html}).errors == ()
