"""Rows that a page holds as data of its script are read; where they can't be, the reason says so."""

import asyncio
import json
from datetime import UTC, date, datetime

import pytest

from crawler.directory.interface_walk import walk_directory
from crawler.directory.walk_result import WalkResult
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest

URL = "http://water.example/tagk/"


def walked(*scripts: str, around: str = "", before: WalkResult | None = None) -> WalkResult:
    async def ask(request: InterfaceRequest) -> Snapshot:
        assert (request.method, request.url) == ("GET", URL), "nothing but the page is asked for"
        html = f"<html><body><div id=app></div>{''.join(scripts)}{around}</body></html>"
        headers = {"content-type": "text/html; charset=utf-8"}
        return Snapshot(URL, URL, 200, headers, html.encode(), datetime.now(UTC))

    selection = before.selection if before else None
    return asyncio.run(walk_directory(ask, URL, "auto", lambda _: None, None, selection))


def title(number: int) -> str:
    return f"关于市政协五届五次会议第{number:04}号提案的复函"


ROWS = [
    {"title": title(n), "url": f"/tagk/{n}.html", "pubDate": f"2022-06-{n:02}"} for n in (1, 2, 3)
]
DATA = json.dumps(ROWS, ensure_ascii=False)
LITERAL = (
    "[{"
    + "},{".join(
        f"title:'{row['title']}',url:'{row['url']}',pubDate:\"{row['pubDate']}\"" for row in ROWS
    )
    + "},]"
)
KEYS = {f"water.example/tagk/{n}.html": date(2022, 6, n) for n in (1, 2, 3)}


def script(text: str, attributes: str = "") -> str:
    return f"<script {attributes}>{text}</script>"


def reasons(result: WalkResult) -> str:
    return "; ".join(each.reason for each in result.errors)


NEXT = {"props": {"pageProps": {"list": ROWS, "total": 3, "nav": [{"name": "首页", "url": "/"}]}}}


@pytest.mark.parametrize(
    ("held", "form"),
    [
        pytest.param(script(f"var list = {DATA};"), "script-data: list", id="JSON of a variable"),
        pytest.param(script(f"var list={LITERAL};render(list)"), "script-data: list", id="a literal of JavaScript"),
        pytest.param(script(DATA, "type=application/json id=rows"), "script-data: rows", id="a script of JSON"),
        pytest.param(
            script(json.dumps(NEXT), "type='application/json' id=__NEXT_DATA__"),
            "script-data: __NEXT_DATA__.props.pageProps.list", id="__NEXT_DATA__",
        ),
        pytest.param(
            script(f"window.__INITIAL_STATE__={{a:{{docs:{LITERAL},total:'3'}}}};(function(){{}}())"),
            "script-data: window.__INITIAL_STATE__.a.docs", id="__INITIAL_STATE__",
        ),
        pytest.param(
            script(f"window.__DATA__ = JSON.parse({json.dumps(json.dumps({'rows': ROWS}))})"),
            "script-data: window.__DATA__.rows", id="a text of JSON",
        ),
        pytest.param(
            script("var f = function(){}, slides = [{title:'图片新闻',url:'/a.html'}];") + script(f"var list={DATA}"),
            "script-data: list", id="beside other lists",
        ),
    ],
)  # fmt: skip
def test_rows_in_plain_data_are_the_directory(held: str, form: str) -> None:
    result = walked(held)
    assert result.is_whole, reasons(result)
    assert {key: row.listed_on for key, row in result.rows.items()} == KEYS
    assert [row.title for row in result.rows.values()] == [row["title"] for row in ROWS]
    assert result.selection is not None
    assert (result.selection.form, result.interface) == (form, "script-data")
    assert [each.answer.url for each in result.asked] == [URL]
    assert walked(held, before=result).rows == result.rows


@pytest.mark.parametrize(
    ("held", "around", "reason"),
    [
        pytest.param({"list": ROWS, "total": 40}, "", "says it holds 40 rows, 3 were seen", id="a total"),
        pytest.param({"list": ROWS, "totalPage": 7}, "", "does not say where it ends", id="a number of pages"),
        pytest.param({"list": ROWS, "total": 2}, "", "says it holds 2 rows, it lists 3", id="a total that is less"),
        pytest.param({"list": ROWS}, "<a href='?page=2'>下一页</a>", "its pager leads to", id="a link to more"),
        pytest.param({"list": ROWS}, "<div>共40条记录</div>", "40", id="a total in the page"),
        pytest.param({"a": ROWS, "b": [{"title": title(9), "url": "/tagk/9.html"}]}, "", "more lists of letters", id="another list"),
    ],
)  # fmt: skip
def test_data_that_is_not_all_makes_no_whole_directory(
    held: dict[str, object], around: str, reason: str
) -> None:
    result = walked(script(f"var data={json.dumps(held)}"), around=around)
    assert not result.is_whole
    assert reason in reasons(result)


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        pytest.param(f"var list=[{{title:'{title(1)}',url:base+'/1.html'}}]", "rows are in a script's data: list, which is computed", id="a computed URL"),
        pytest.param(f"var list=[{{title:'{title(1)}',id:7}}]", "rows are in a script's data: list, which names no pages", id="no URL"),
        pytest.param("document.cookie='k=1';location.reload()", "the site asks for a browser challenge", id="a challenge"),
        pytest.param("var list=[{title:'图片新闻',url:'/a.html'}]", "no rows", id="no letters"),
        pytest.param("var list=[{title:'" + title(1), "no rows", id="cut off"),
        pytest.param("var list=" + "[" * 5000, "no rows", id="too deep"),
    ],
)  # fmt: skip
def test_data_that_is_not_plain_is_named(held: str, reason: str) -> None:
    result = walked(script(held))
    assert result.failed
    assert reason in reasons(result)


def test_a_page_that_shows_rows_is_read_by_them() -> None:
    shown = "".join(f"<li><a href='/tagk/{n}.html'>{title(n)}</a></li>" for n in (7, 8, 9))
    result = walked(script(f"var list={DATA}"), around=f"<ul>{shown}</ul>")
    assert result.interface is None
    assert len(result.rows) == 3


def store(*rows: str, counted: str) -> str:
    records = "".join(f"<record><![CDATA[{row}]]></record>" for row in rows)
    held = (
        f"<datastore><nextgroup></nextgroup><recordset>{records}</recordset>{counted}</datastore>"
    )
    return script(held, "type=text/xml") + script("var u='/module/web/jpage/dataproxy.jsp'")


STORED = [
    f'<li><a href="/tagk/{n}.html">{title(n)}</a><b>2022-06-{n:02}</b></li>' for n in (1, 2, 3)
]


@pytest.mark.parametrize("counted", ["<totalrecord>3</totalrecord><totalpage>1</totalpage>", ""])
def test_a_data_store_that_nothing_follows_is_the_directory(counted: str) -> None:
    result = walked(store(*STORED, counted=counted))
    assert {row.key: row.listed_on for row in result.rows.values()} == KEYS
    assert (reasons(result), result.interface) == ("", "page-store")


def test_a_data_store_that_counts_more_than_it_holds_is_read_in_part() -> None:
    result = walked(store(*STORED, counted="<totalrecord>80</totalrecord>"))
    assert len(result.rows) == 3
    assert "80" in reasons(result)


def test_a_data_store_whose_pager_counts_what_it_holds_is_the_directory() -> None:
    call = script("$('#5').jpage({totalRecord:3,perPage:2,groupSize:3,barPosition:'bottom'})")
    result = walked(store(*STORED, counted="") + call)
    assert (len(result.rows), reasons(result)) == (3, "")
    more = walked(store(*STORED, counted="") + call.replace("totalRecord:3", "totalRecord:9"))
    assert reasons(more) == "it says it holds 9 rows, 3 were seen"
