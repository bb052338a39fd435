"""A page's interface is recognised, or named as far as the page shows it."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.interfaces.recognition import INTERFACES, unknown_script, uses_of
from tests.crawler.interfaces.saved import PAGE_URL, URLS, page


@pytest.mark.parametrize("name", INTERFACES)
def test_a_page_is_recognised_by_itself_and_by_a_name_that_is_given(name: str) -> None:
    url = URLS.get(name, PAGE_URL)
    for said in ("auto", name, "trs"):
        (use,) = uses_of(page(name), url, said)
        assert use.interface.name == name
        assert use.parameters.sign


@pytest.mark.parametrize("name", INTERFACES)
def test_another_interface_that_is_given_by_name_is_not_seen_in_the_page(name: str) -> None:
    other = next(each for each in INTERFACES if each != name and not each.startswith("jcms"))
    assert uses_of(page(name), URLS.get(name, PAGE_URL), other) == ()


def script(text: str) -> str:
    return f"<html><body><ul id='list'></ul><script>{text}</script></body></html>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('$.post("/portal/list.do", {id: 7}, fill)', "POST /portal/list.do; not known"),
        ("$.getJSON('/api/news?id=7', fill)", "GET /api/news; not known"),
        ('$.ajax({url: "/foo/getArticles", type: "POST"})', "POST /foo/getArticles; not known"),
        ('$.ajax({method: "post", url: "/foo/pageData"})', "POST /foo/pageData; not known"),
        ('fetch("/v1/documents").then(fill)', "GET /v1/documents; not known"),
        ('x.open("POST", "/Query.aspx/List")', "POST /Query.aspx/List; not known"),
        ("loadPageData(params, '380055');", "loadPageData(params, '380055'); not known"),
        ('$.get("/count/visit.do"); $.get("/a/list")', "GET /a/list; not known"),
        ("// $.get('/old/list')\n$('#list').hide()", None),
        ("function loadPageData(params) {}", None),
        (
            "x = '/gkmlpt/'",
            "gkmlpt (gkmlpt), without all that it is asked with",
        ),
        (
            f"$.get('https://search.example/common/search/{'a' * 32}?_isJson=true')",
            "ucap-search (/common/search/), of another site, which is not asked: search.example",
        ),
    ],
)
def test_an_unknown_script_is_named_as_far_as_the_page_shows_it(
    text: str, shown: str | None
) -> None:
    assert unknown_script(script(text), PAGE_URL) == shown


PIECES = st.sampled_from(
    [page(name)[start : start + 400] for name in INTERFACES for start in range(0, 1200, 150)]
)


@settings(max_examples=150)
@given(pieces=st.lists(PIECES | st.text(max_size=60), max_size=6))
def test_no_page_is_too_odd_to_be_asked_whether_it_uses_an_interface(pieces: list[str]) -> None:
    html = "".join(pieces)
    for name, url in ((each, URLS.get(each, PAGE_URL)) for each in INTERFACES):
        for candidate in INTERFACES[name].candidates(html, url):
            assert candidate.url.startswith("http://water.example/")
            assert INTERFACES[name].request(candidate, 3).url.startswith(candidate.url)
    unknown_script(html, PAGE_URL)


@pytest.mark.parametrize(
    "piece",
    ["<!--", "loaddata", "'", '"/a/search/', "jpage({", "{a:", "/*", "a.b(", "queryData={", "\\"],
)
def test_a_hostile_page_is_asked_in_time_that_grows_with_its_size(piece: str) -> None:
    marks = " ".join(mark for each in INTERFACES.values() for mark in each.marks)
    html = f"<script>{marks} publicInfoList {piece * (200_000 // len(piece))}</script>"
    began = process_time()
    for interface in INTERFACES.values():
        interface.candidates(html, PAGE_URL)
    unknown_script(f"<script>{piece * (200_000 // len(piece))}</script>", PAGE_URL)
    assert process_time() - began < 5


CHANNEL = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"


@pytest.mark.parametrize(
    ("name", "text", "sign"),
    [
        (
            "truecms",
            "$.ajax({url: '/TrueCMS/messageController/getMessage.do', data: {'columnId': 'c0ffee-17'}});",
            "getMessage.do: c0ffee-17",
        ),
        (
            "truecms",
            'var columnId = "c0ffee-17"; $.get("/TrueCMS/messageController/getMessage.do?columnId=" + columnId);',
            "getMessage.do: c0ffee-17",
        ),
        (
            "ucap-search",
            f"let u = `/searchList/{CHANNEL}?_isAgg=true&amp;_isJson=true&amp;page=${{n}}`;",
            f"/searchList/{CHANNEL}",
        ),
        (
            "ucap-search",
            f"var board = '{CHANNEL}'; load('/common/search/' + board + '?_isJson=true');",
            f"/common/search/{CHANNEL}",
        ),
    ],
)
def test_a_call_in_other_words_is_recognised_by_what_it_names(
    name: str, text: str, sign: str
) -> None:
    (use,) = uses_of(script(text), PAGE_URL)
    assert (use.interface.name, use.parameters.sign) == (name, sign)


def test_each_list_that_label_8888_fills_is_one() -> None:
    call = "$.get('/site/label/8888?labelName=publicInfoList&siteId=6&organId=21&catId={}&isJson=true');"
    joined = call.format(12).replace("&organId", "&pageIndex=' + n + '&organId")
    uses = uses_of(script(call.format(11) + joined), PAGE_URL)
    assert [use.parameters.value("catId") for use in uses] == ["11", "12"]
