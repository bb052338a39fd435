"""What makes two URLs the same page, and two hosts the same site."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from letters.urls import is_same_site, url_dated_on, url_key

PAGE = "http://gov.example/zwgk/tagk/202206/t20220617_1.html"


@pytest.mark.parametrize(
    "spelt",
    [
        pytest.param(PAGE.replace("http:", "https:"), id="by https"),
        pytest.param(PAGE.replace("gov.", "www.gov."), id="with www."),
        pytest.param(PAGE.replace("gov.example", "GOV.example."), id="the host in capitals"),
        pytest.param(PAGE.replace("gov.example", "gov.example:80"), id="with its port"),
        pytest.param(PAGE + ";jsessionid=7F03.node1", id="with a session"),
        pytest.param(PAGE + ";JSESSIONID_X=7F03?a=b", id="with another session and a query"),
        pytest.param(PAGE + "?from=singlemessage&_=1654", id="with a query"),
        pytest.param(PAGE + "#top", id="with a fragment"),
        pytest.param(PAGE.replace("_1.", "_1_wap."), id="the mobile twin"),
        pytest.param(PAGE.replace("/tagk/", "//tagk/"), id="with a doubled slash"),
        pytest.param(PAGE + "\u200b", id="with a zero width space"),
        pytest.param(PAGE + "%E2%80%8B", id="with an escaped zero width space"),
        pytest.param(PAGE.replace("tagk", "%74agk"), id="with a needless escape"),
    ],
)
def test_a_page_is_the_same_however_its_url_is_spelt(spelt: str) -> None:
    assert url_key(spelt) == url_key(PAGE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("http://x.cn/提案/1.html", "http://x.cn/%E6%8F%90%E6%A1%88/1.html", id="UTF-8"),
        pytest.param("http://x.cn/%cc%e1/1.html", "http://x.cn/%CC%E1/1.html", id="GBK"),
        pytest.param("http://x.cn/a.jsp?b=2&a=1", "http://x.cn/a.jsp?a=1&b=2", id="pairs in order"),
        pytest.param("http://x.cn/a.do?id=1&_=9", "http://x.cn/a.do?id=1", id="against caches"),
        pytest.param("http://x.cn/a.do?id=1&_t=0.3571", "http://x.cn/a.do?id=1", id="a fraction"),
        pytest.param("http://x.cn/a.do?id=1&t=1764316800123", "http://x.cn/a.do?id=1", id="a moment"),
        pytest.param("http://x.cn/a/index.html", "http://x.cn/a/", id="index page"),
    ],
)  # fmt: skip
def test_what_names_no_document_is_forgotten(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(
    "other",
    [
        PAGE.replace("_1.", "_2."),
        PAGE.replace("gov.", "wap.gov."),
        PAGE.replace("gov.example", "gov.example:8080"),
        PAGE.replace("tagk", "TAGK"),
        PAGE.replace("/tagk/", "%2Ftagk/"),
    ],
)
def test_another_page_stays_another(other: str) -> None:
    assert url_key(other) != url_key(PAGE)


def test_a_page_made_on_demand_is_named_by_its_query() -> None:
    assert url_key("http://x.cn/show.jsp?id=1") != url_key("http://x.cn/show.jsp?id=2")
    assert url_key("http://x.cn/show.jsp?t=101") != url_key("http://x.cn/show.jsp?t=102")


@given(
    st.text(st.characters(codec="utf-8"), max_size=30)
    | st.text("%023F./;=\u200b\x1f_wapindex.html", max_size=20)
)
@example("%0\x1f0")
@example("%%30%30")
@example("%%E2%80%8B00")
@example("%CC%E2%80%8B%41")
def test_a_key_s_page_has_that_key(path: str) -> None:
    try:
        key = url_key(f"http://gov.example/{path}")
    except ValueError:
        return
    assert url_key(f"http://{key}") == key


def test_a_host_with_www_is_the_same_site() -> None:
    assert is_same_site("http://www.gov.example/a", "https://gov.example/b")
    assert not is_same_site("http://wap.gov.example/a", "http://gov.example/b")
    assert is_same_site("http://[::1]:8000/", "http://[::1]:8000/a")


def test_a_host_in_chinese_is_the_one_that_is_requested() -> None:
    assert is_same_site("http://发改委.中国/a", "http://xn--ooru3l93k.xn--fiqs8s/b")
    assert not is_same_site("http://发改委.中国/a", "http://财政局.中国/a")
    assert is_same_site(f"http://{'委' * 99}/a", f"http://{'委' * 99}/b")  # which no host can have


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/c/2022-06-17/7.shtml", date(2022, 6, 17)),
        ("/2022/06-17/7.html", date(2022, 6, 17)),
        ("/content/2022/06/17/7.html", date(2022, 6, 17)),
        ("/20220617/1b2c-7.html", date(2022, 6, 17)),
        ("/20221745/7.html", None),
        ("/202206/17/7.html", None),
        ("/12022/06/17/7.html", None),
        ("/20220617.html", None),
    ],
)
def test_a_folder_of_a_day_dates_the_page(path: str, day: date | None) -> None:
    assert url_dated_on(f"http://gov.example{path}") == day
