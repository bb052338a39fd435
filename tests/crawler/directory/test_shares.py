"""Lists of one page that share a directory: 主办 beside 协办, and rows that lead elsewhere."""

import pytest

from tests.crawler.directory.composed import walked_pages, walked_with_rows

TITLE = "关于第{}号提案的复函"
ROW = "<li><a href='{host}/l/{n:04}.html'>" + TITLE.format("{n}") + "</a> 2022-06-17</li>"
CELLS = (
    "<tr><td>{n}</td><td><a href='{host}/l/{n:04}.html'>" + TITLE.format("{n}") + "</a></td></tr>"
)
LINE = "<p><a href='{host}/l/{n:04}.html'>" + TITLE.format("{n}") + "</a></p>"
LISTS = {
    "list": ("<ul>{}</ul>", ROW),
    "table": ("<table>{}</table>", CELLS),
    "lines": ("<div>{}</div>", LINE),
}


def listed(kind: str, *numbers: int, host: str = "") -> str:
    box, form = LISTS[kind]
    return box.format("".join(form.format(n=n, host=host) for n in numbers))


@pytest.mark.parametrize(
    "names",
    [
        ("主办", "协办"),
        ("主办件", "会办件"),
        ("一、我局主办提案答复", "二、我局协办提案答复"),
        ("第一批", "第二批"),
        ("A类", "B类"),
    ],
)
@pytest.mark.parametrize(
    ("one", "other"), [("list", "table"), ("table", "list"), ("lines", "list")]
)
def test_lists_that_are_headed_as_shares_are_one_directory(
    names: tuple[str, str], one: str, other: str
) -> None:
    first, second = listed(one, *range(8)), listed(other, *range(8, 13))
    seen = walked_pages({"": f"<h3>{names[0]}</h3>{first}<h3>{names[1]}</h3>{second}"})
    assert (len(seen.rows), seen.errors) == (13, ())


@pytest.mark.parametrize(
    "names", [("提案答复", "建议答复"), ("主办", "相关阅读"), ("主办", "A类"), ("主办", "主办")]
)
def test_a_list_that_is_headed_otherwise_stays_another_one(names: tuple[str, str]) -> None:
    first, second = listed("list", *range(8)), listed("table", *range(8, 13))
    seen = walked_pages({"": f"<h3>{names[0]}</h3>{first}<h3>{names[1]}</h3>{second}"})
    assert len(seen.rows) == 8


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("every", [2, 3, 4])
def test_a_list_of_which_a_part_leads_to_another_site_is_not_whole(kind: str, every: int) -> None:
    box, form = LISTS[kind]
    rows = (form.format(n=n, host="" if n % every else "https://b.example") for n in range(12))
    (error,) = walked_pages({"": box.format("".join(rows))}).errors
    assert error.reason.startswith(
        f"{12 // every} of its 12 rows lead to other sites, as b.example"
    )


def test_a_row_or_two_that_lead_to_other_sites_are_counted_alone() -> None:
    rows = "".join(ROW.format(n=n, host="https://b.example" if n == 1 else "") for n in range(12))
    assert walked_with_rows("<p>共12条</p>", rows).errors == ()


@pytest.mark.parametrize("further", [2, 5, 8])
def test_shares_of_one_make_up_are_one_directory_however_few_are_in_one(further: int) -> None:
    first, second = listed("list", *range(8)), listed("list", *range(8, 8 + further))
    seen = walked_pages({"": f"<h2>第一批</h2>{first}<h2>第二批</h2>{second}"})
    assert (len(seen.rows), seen.errors) == (8 + further, ())


@pytest.mark.parametrize(
    "names",
    [("1月", "2月", "3月"), ("三月", "十二月", "四月"), ("第一季度", "第二季度", "下半年")],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_of_the_months_of_a_year_are_one_directory(
    names: tuple[str, ...], rows: int
) -> None:
    months = (
        f"<h3>{name}</h3>{listed('list', *range(at * rows, (at + 1) * rows))}"
        for at, name in enumerate(names)
    )
    seen = walked_pages({"": "<title>提案公开</title>" + "".join(months)})
    assert (len(seen.rows), seen.errors) == (3 * rows, ())


SHARES = [
    ("主办", "协办"),
    ("第一批", "查看第二批"),
    ("主办件", "会办件"),
    ("第一批", "第二批"),
    ("A类", "B类"),
]


@pytest.mark.parametrize("names", SHARES)
@pytest.mark.parametrize("where", ["xb.html", "xb/", "?lx=2"])
def test_a_share_that_a_link_leads_to_makes_a_directory_partial(
    names: tuple[str, str], where: str
) -> None:
    tabs = f"<a href='./'>{names[0]}</a> <a href='{where}'>{names[1]}</a>"
    seen = walked_pages(
        {"": tabs + listed("list", *range(8)), where: tabs + listed("list", *range(8, 13))}
    )
    (error,) = seen.errors
    assert names[1] in error.reason


@pytest.mark.parametrize("names", SHARES)
def test_a_share_whose_letters_are_listed_is_no_doubt(names: tuple[str, str]) -> None:
    tabs = f"<a href='./'>{names[0]}</a> <a href='xb.html'>{names[1]}</a>"
    seen = walked_pages(
        {"": tabs + listed("list", *range(8)), "xb.html": tabs + listed("list", *range(3))}
    )
    assert (len(seen.rows), seen.errors) == (8, ())


@pytest.mark.parametrize("words", ["查看第二批", "点击查看第2批提案答复"])
def test_a_button_to_the_next_batch_is_a_sign_of_more(words: str) -> None:
    assert walked_with_rows(
        f"<p><a href='javascript:void(0)' onclick='load(2)'>{words}</a></p>"
    ).errors
