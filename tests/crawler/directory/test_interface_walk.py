"""A directory whose rows a script asks for is read to its end by that interface, or says why not."""

import asyncio
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from crawler.directory.interface_walk import walk_directory
from crawler.directory.walk_result import WalkResult
from crawler.http.fetch import UnreachedError
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from crawler.interfaces.recognition import INTERFACES
from replica.scripted_lists import LISTS
from replica.scripted_server import ScriptedSite
from replica.scripted_values import Asked

NAMES = list(LISTS)
HOST = "http://water.example"


def walked(
    site: ScriptedSite, name: str, said: str = "auto", most: int | None = None
) -> WalkResult:
    async def ask(request: InterfaceRequest) -> Snapshot:
        parts = urlsplit(request.url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        answer = site.answer(request.method, path, request.body)
        if answer.status == 0:
            raise UnreachedError("timed out")
        url = request.url.partition("#")[0]
        headers = {"content-type": answer.content_type}
        return Snapshot(url, url, answer.status, headers, answer.body, datetime.now(UTC))

    listing = f"{HOST}{LISTS[name].listing}"
    return asyncio.run(walk_directory(ask, listing, said, lambda _: None, most))


def is_by_interface(result: WalkResult) -> bool:
    return result.selection is not None and result.selection.form.partition(":")[0] in INTERFACES


def reasons(result: WalkResult) -> str:
    return "; ".join(error.reason for error in result.errors)


def test_there_is_a_composed_directory_for_each_interface() -> None:
    assert set(NAMES) == set(INTERFACES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("letters", [1, 15, 150])
def test_every_row_is_listed_once_with_its_title_and_date(name: str, letters: int) -> None:
    site = ScriptedSite(letters)
    result = walked(site, name)
    assert result.is_whole, reasons(result)
    expected = [(f"{HOST}{row.path}", row.title, row.listed_on) for row in site.rows(name)]
    listed = [(row.url, row.title, str(row.listed_on)) for row in result.rows.values()]
    assert listed == expected
    if letters > 15:  # else some pages hold them all
        assert result.selection is not None
        assert result.selection.form.startswith(f"{name}: ")


@pytest.mark.parametrize("name", NAMES)
def test_each_request_and_answer_is_kept_the_directory_s_page_first(name: str) -> None:
    site = ScriptedSite(40)
    result = walked(site, name)
    asked = [(each.request.method, each.request.body) for each in result.asked]
    assert asked == [(method, body) for method, _, body in site.log]
    assert asked[0] == ("GET", "")
    assert all(each.answer.body for each in result.asked)


@pytest.mark.parametrize("name", NAMES)
def test_a_directory_that_its_interface_says_is_empty_is_whole_or_failed_but_never_partly_read(
    name: str,
) -> None:
    result = walked(ScriptedSite(0), name)
    assert result.rows == {}
    says_zero = {"jpaas", "jcms-dataproxy", "ucap-search", "gkmlpt", "zhangzhou"}
    assert result.is_whole == (name in says_zero), reasons(result)
    assert result.failed == (name not in says_zero)


def once(name: str, change: Callable[[str], str], on: int = 1) -> ScriptedSite:
    """Return a site one of whose interfaces alters its answers from the `on`-th on."""
    site = ScriptedSite(150)
    count = iter(range(1, 10_000))
    site.altered[name] = lambda _, answer: change(answer) if next(count) >= on else answer
    return site


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(lambda _: "<html>系统维护</html>", "expected", id="answers HTML"),
        pytest.param(
            lambda _: '{"success": false, "message": "参数错误"}', "expected", id="an error"
        ),
        pytest.param(lambda answer: answer[: len(answer) // 2], "expected", id="cut off"),
    ],
)
def test_an_answer_that_can_t_be_read_makes_the_directory_partial(
    name: str, change: Callable[[str], str], reason: str
) -> None:
    result = walked(once(name, change, on=2), name)
    assert not result.is_whole
    if name == "zhangzhou" and reason == "expected":
        assert reasons(result)
    assert result.failed or reasons(result)


@pytest.mark.parametrize("name", NAMES)
def test_an_interface_that_never_answers_fails_the_directory_or_leaves_its_page(name: str) -> None:
    result = walked(once(name, lambda _: "<html>系统维护</html>"), name)
    assert not result.is_whole
    assert len(result.rows) <= 15  # those of the page itself
    assert f"the interface {name}" in reasons(result)


def test_the_same_page_for_ever_is_bounded_and_never_complete() -> None:
    for name in NAMES:
        first: dict[str, str] = {}
        site = ScriptedSite(150)

        def alter(_: Asked, answer: str, first: dict[str, str] = first) -> str:
            return first.setdefault("answer", answer)

        site.altered[name] = alter
        result = walked(site, name)
        if name == "gkmlpt":  # the second page repeats the first, and both are counted
            assert len(result.rows) == 100
        assert not result.is_whole, name
        assert len(site.log) < 8, name


TOTALS = [
    pytest.param("jpaas", r'count=\\"\d+', 'count=\\\\"{0}', id="jpaas"),
    pytest.param("jcms-dataproxy", r"<totalrecord>\d+", "<totalrecord>{0}", id="jcms"),
    pytest.param("ucap-search", r'"total": \d+', '"total": {0}', id="ucap"),
    pytest.param("gkmlpt", r'"total": \d+', '"total": {0}', id="gkmlpt"),
    pytest.param("truecms", r"<totalrecord>\d+", "<totalrecord>{0}", id="truecms"),
    pytest.param("zhangzhou", r"共\d+条", "共{0}条", id="zhangzhou"),
]


@pytest.mark.parametrize(("name", "form", "lie"), TOTALS)
@pytest.mark.parametrize("total", [3, 100_000, 999_999_999])
def test_a_total_that_lies_is_quoted_and_the_work_is_bounded(
    name: str, form: str, lie: str, total: int
) -> None:
    site = ScriptedSite(150)
    said = lie.format(total)
    site.altered[name] = lambda _, answer: re.sub(form, said, answer)
    result = walked(site, name)
    assert not result.is_whole
    assert f"says it holds {total} rows" in reasons(result)
    assert len(site.log) < 25


def test_a_total_that_is_that_of_one_full_page_is_not_believed() -> None:
    site = ScriptedSite(150)
    site.altered["ucap-search"] = lambda _, answer: re.sub(r'"total": \d+', '"total": 20', answer)
    result, rows = walked(site, "ucap-search"), len(site.rows("ucap-search"))
    assert f"says it holds 20 rows, it lists {rows}" in reasons(result)


@pytest.mark.parametrize(
    "behind", ['{"success": false}', '{"data": {"total": 20, "results": []}}', "<html>404</html>"]
)
def test_what_is_answered_behind_a_full_page_that_is_all_is_no_error(behind: str) -> None:
    site = ScriptedSite(25)  # of which 20 are letters
    answers = iter(["", behind])
    site.altered["ucap-search"] = lambda _, answer: next(answers) or answer
    result = walked(site, "ucap-search")
    assert result.is_whole, reasons(result)
    assert len(result.rows) == 20
    assert next(answers, None) is None  # it was asked


def test_a_column_that_once_had_more_articles_is_whole_where_nothing_follows() -> None:
    site = ScriptedSite(150)
    result = walked(site, "gkmlpt")
    assert result.is_whole, reasons(result)
    pages = re.findall(r"page=(\d+)", " ".join(path for _, path, _ in site.log))
    assert pages == ["1", "2", "3"]  # 150 rows; post_count is larger, and the third page is empty


def test_a_column_that_lists_more_than_its_total_is_partial_with_both_numbers() -> None:
    site = ScriptedSite(150)
    site.altered["gkmlpt"] = lambda _, answer: answer.replace(
        f'"total": {len(site.rows("gkmlpt"))}', '"total": 90'
    )
    result = walked(site, "gkmlpt")
    assert "says it holds 90 rows, it lists" in reasons(result)


def test_rows_that_lead_elsewhere_are_counted_and_named_not_listed() -> None:
    site = ScriptedSite(20)

    def alter(_: Asked, answer: str) -> str:
        told = json.loads(answer)
        for article in told["articles"][:1]:
            article["type"] = "url"
        for article in told["articles"][1:2]:
            article["url"] = "https://gov.example/a.htm"
        return json.dumps(told)

    site.altered["gkmlpt"] = alter
    result = walked(site, "gkmlpt")
    assert result.is_whole, reasons(result)
    assert len(result.rows) == len(site.rows("gkmlpt")) - 2
    leads_to = [row.leads_to for row in result.unreadable]
    assert "https://gov.example/a.htm" in leads_to


def test_a_page_whose_pager_is_read_is_not_asked_by_its_interface() -> None:
    site = ScriptedSite(15)
    script = "<script>createPage(1, 0, 'index', 'html');</script></body>"
    own = LISTS["fujian"].page(site.rows("fujian")).replace("</body>", script)
    own = re.sub(r"/fujian/letters/(\d+)\.html", r"./202206/t20220617_\1.html", own)

    async def ask(request: InterfaceRequest) -> Snapshot:
        assert request.method == "GET"
        return Snapshot(request.url, request.url, 200, {}, own.encode(), datetime.now(UTC))

    result = asyncio.run(walk_directory(ask, f"{HOST}/fujian/", "auto", lambda _: None))
    assert result.is_whole, reasons(result)
    assert not is_by_interface(result)


def test_a_list_of_news_beside_a_static_directory_is_not_taken_for_it() -> None:
    site = ScriptedSite(15)
    own = LISTS["hefei"].page([])
    rows = "".join(
        f'<li><a href="./202206/t20220617_{n}.html">关于第{n:04d}号提案的复函</a></li>'
        for n in range(5)
    )
    own = own.replace("<script>", f"<ul>{rows}</ul><script>", 1)
    site.altered["hefei"] = lambda _, answer: re.sub(
        r'"title": "[^"]*"', '"title": "本市召开工作会议部署"', answer
    )

    async def ask(request: InterfaceRequest) -> Snapshot:
        path = request.url.removeprefix(HOST)
        body = own.encode() if path == "/hefei/" else site.answer("GET", path).body
        return Snapshot(request.url, request.url, 200, {}, body, datetime.now(UTC))

    result = asyncio.run(walk_directory(ask, f"{HOST}/hefei/", "auto", lambda _: None))
    assert len(result.rows) == 5
    assert not is_by_interface(result)


def test_a_script_that_is_not_known_is_named_where_it_keeps_the_rows() -> None:
    page = "<html><body><ul></ul><script>$.post('/foo/pageList', {id: 1}, fill)</script></body></html>"

    async def ask(request: InterfaceRequest) -> Snapshot:
        return Snapshot(request.url, request.url, 200, {}, page.encode(), datetime.now(UTC))

    result = asyncio.run(walk_directory(ask, f"{HOST}/x/", "auto", lambda _: None))
    assert result.failed
    assert "the page fills its list by a script: POST /foo/pageList; not known" in reasons(result)


def test_no_more_answers_are_asked_for_than_a_probe_wants() -> None:
    site = ScriptedSite(150)
    result = walked(site, "jpaas", most=2)
    assert (len(result.rows), result.total_rows) == (30, len(site.rows("jpaas")))
    assert (result.is_bounded, result.errors, result.is_whole) == (True, (), False)


def test_an_interface_that_fails_where_a_probe_would_end_is_an_error_not_the_bound() -> None:
    site = once("jpaas", lambda _: "<html>系统维护</html>", on=2)
    result = walked(site, "jpaas", most=2)
    assert not result.is_bounded
    assert "expected" in reasons(result)


def test_an_interface_that_the_configuration_names_and_the_page_does_not_use_is_doubt() -> None:
    result = walked(ScriptedSite(5), "hefei", "jpaas")
    assert not result.is_whole
    assert "does not use the interface jpaas, which the configuration names" in reasons(result)


def test_an_interface_that_the_configuration_names_is_used_beside_a_pager_that_is_read() -> None:
    site = ScriptedSite(20)
    assert is_by_interface(walked(site, "fujian", "fujian"))


def two_lists(second_titles: str) -> WalkResult:
    """Return what is read of a page that fills two lists by jpage, the second of other rows."""
    site = ScriptedSite(8)
    page = LISTS["jcms-dataproxy"].page(site.rows("jcms-dataproxy"))
    second = page.partition("<script>")[2].partition("</script>")[0].replace("5120", "77")
    page = page.replace("</body>", f"<script>{second}</script></body>")
    rows = "".join(
        f"<record><![CDATA[<li><a href='/b/{n}.html'>{second_titles}{n}</a></li>]]></record>"
        for n in range(40)
    )
    other = f"<datastore><totalrecord>40</totalrecord><recordset>{rows}</recordset></datastore>"

    async def ask(request: InterfaceRequest) -> Snapshot:
        path = request.url.removeprefix(HOST)
        body = page.encode() if path == "/posted/" else other.encode()
        if "unitid=5120" in request.body:
            body = site.answer(request.method, path, request.body).body
        return Snapshot(request.url, request.url, 200, {}, body, datetime.now(UTC))

    return asyncio.run(walk_directory(ask, f"{HOST}/posted/", "auto", lambda _: None))


def test_of_two_lists_that_a_page_fills_the_one_of_letters_is_the_directory() -> None:
    result = two_lists("本市召开水利工作会议部署第")
    assert result.is_whole, reasons(result)
    assert all("/letters/" in row.url for row in result.rows.values())


def test_a_page_that_fills_two_lists_of_letters_is_never_whole() -> None:
    result = two_lists("关于加强水利建设的建议答复第")
    assert not result.is_whole
    assert "its page fills more lists of letters than the one that was read" in reasons(result)


@pytest.mark.parametrize("name", ["jcms-dataproxy", "truecms"])
def test_an_interface_that_answers_fewer_records_than_asked_for_is_read_on(name: str) -> None:
    site = ScriptedSite(40)

    def alter(_: Asked, answer: str) -> str:
        told = re.findall(r"<record>.*?</record>", answer, re.DOTALL)
        for record in told[10:]:
            answer = answer.replace(record, "")
        return answer

    site.altered[name] = alter
    result = walked(site, name)
    assert result.is_whole, reasons(result)
    assert len(result.rows) == len(site.rows(name))


def without_total(site: ScriptedSite, *gaps: int) -> ScriptedSite:
    """Alter a site so that its answers count nothing; those of pages `gaps` have no rows."""

    def altered(asked: Asked, answer: str) -> str:
        read = json.loads(answer)
        read["data"].pop("total")
        if asked.number("page") in gaps:
            read["data"]["results"] = []
        return json.dumps(read, ensure_ascii=False)

    site.altered["ucap-search"] = altered
    return site


@pytest.mark.parametrize("letters", [20, 40, 45])
def test_an_interface_without_a_total_ends_at_an_answer_without_rows(letters: int) -> None:
    """Behind a full answer two must have none: the first may be a failure."""
    site = without_total(ScriptedSite(letters))
    result = walked(site, "ucap-search")
    assert result.is_whole, reasons(result)
    assert len(result.rows) == len(site.rows("ucap-search"))


def test_rows_behind_an_answer_without_any_make_a_directory_partial() -> None:
    result = walked(without_total(ScriptedSite(60), 2), "ucap-search")
    assert not result.is_whole
    assert "without rows" in reasons(result)
    assert len(result.rows) > 20
