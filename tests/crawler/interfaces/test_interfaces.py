"""Each interface is recognised in its saved page, asked as its scripts ask, and its answer read."""

from datetime import date

import pytest

from crawler.interfaces.interface import InterfaceRow
from crawler.interfaces.names import INTERFACE_NAMES
from crawler.interfaces.recognition import INTERFACES
from tests.crawler.interfaces.saved import (
    PAGE_URL,
    PAGES,
    URLS,
    answer,
    interface,
    page,
    parameters,
)

FIRST = "市水利局关于市政协六届二次会议第0107号提案的复函"
SECOND = "市水利局关于市政协六届二次会议第0231号提案的答复"
SITE = "http://water.example"
CHANNEL = "3f0a5b6c7d8e9f00112233445566778a"
COLUMN = "0f9d1c52-33aa-4f0b-9d0e-7be1a0c4d215"
NAMES = list(INTERFACES)


def test_each_interface_has_a_saved_page_and_each_page_an_interface() -> None:
    assert {folder.name for folder in PAGES.iterdir()} == set(INTERFACES)
    assert tuple(INTERFACES) == INTERFACE_NAMES
    assert all(INTERFACES[name].name == name for name in INTERFACES)
    assert all(
        any(mark in page(name).lower() for mark in INTERFACES[name].marks) for name in INTERFACES
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_page_uses_its_own_interface_alone(name: str) -> None:
    url = URLS.get(name, PAGE_URL)
    users = [each for each in NAMES if INTERFACES[each].candidates(page(name), url)]
    assert users == [name]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_without_scripts_uses_none(name: str) -> None:
    plain = "<html><body><ul><li><a href='t20240605_1.html'>复函</a></li></ul></body></html>"
    assert INTERFACES[name].candidates(plain, PAGE_URL) == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_that_names_another_site_s_interface_uses_none(name: str) -> None:
    for known in ("/api-gateway", "/module", "/common", "/fjdzapp", "/TrueCMS", "/site/label"):
        elsewhere = page(name).replace(f"{known}/", f"http://other.example{known}/")
        if elsewhere != page(name):
            assert INTERFACES[name].candidates(elsewhere, PAGE_URL) == ()


REQUESTS = [
    pytest.param(
        "jpaas",
        "GET",
        f"{SITE}/api-gateway/jpaas-publish-server/front/page/build/unit?parseType=bulidstatic&webId=7d10"
        "&tplSetId=9a21&pageType=column&tagId=%E4%BF%A1%E6%81%AF%E5%88%97%E8%A1%A8&editType=null&pageId=c3f0"
        "&paramJson=%7B%22pageNo%22%3A2%2C%22pageSize%22%3A15%7D",
        "",
    ),
    pytest.param(
        "jcms-dataproxy",
        "POST",
        f"{SITE}/module/web/jpage/dataproxy.jsp?startrecord=46&endrecord=90&perpage=15",
        "col=1&appid=1&webid=7&path=%2F&columnid=812&sourceContentType=1&unitid=5120"
        "&webname=%E5%B8%82%E6%B0%B4%E5%88%A9%E5%B1%80&permissiontype=0",
    ),
    pytest.param(
        "jcms-nextgroup",
        "GET",
        f"{SITE}/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=7&path=%2F&columnid=812&unitid=5120"
        "&webname=%E6%B0%B4%E5%88%A9%E5%B1%80&permissiontype=0",
        "",
    ),
    pytest.param(
        "ucap-search",
        "GET",
        f"{SITE}/common/search/{CHANNEL}?_isAgg=true&_isJson=true&_pageSize=20&_template=index"
        "&_rangeTimeGte=&_channelName=&page=2",
        "",
    ),
    pytest.param("gkmlpt", "GET", f"{SITE}/gkmlpt/api/all/3021?page=2&sid=760015", ""),
    pytest.param(
        "fujian",
        "POST",
        f"{SITE}/fjdzapp/search",
        "channelid=229105&sortfield=-docorderpri%2C-docreltime&classsql=chnlid%3D4821&classcol=publishyear"
        "&classnum=100&classsort=0&cache=true&page=2&prepage=75",
    ),
    pytest.param(
        "truecms",
        "GET",
        f"{SITE}/TrueCMS/messageController/getMessage.do?startrecord=61&endrecord=120&perpage=20"
        f"&contentTemplate=&columnId={COLUMN}&callback=jpage",
        "",
    ),
    pytest.param(
        "hefei",
        "GET",
        f"{SITE}/site/label/8888?labelName=publicInfoList&siteId=6788031&organId=21691&pageSize=15"
        "&pageIndex=2&isDate=true&dateFormat=yyyy-MM-dd&type=4&action=list&isJson=true&catId=32710021",
        "",
    ),
    pytest.param(
        "zhangzhou",
        "GET",
        f"{SITE}/cms/sitemanage/index.shtml?siteId=830612491159&page=2",
        "",
    ),
]


@pytest.mark.parametrize(("name", "method", "url", "body"), REQUESTS)
def test_the_second_page_is_asked_for_as_the_page_s_own_script_asks(
    name: str, method: str, url: str, body: str
) -> None:
    request = interface(name).request(parameters(name), 2)
    assert (request.method, request.url, request.body) == (method, url, body)
    assert dict(request.headers)["Referer"] == URLS.get(name, PAGE_URL).partition("#")[0]


ANSWERS = [
    pytest.param("jpaas", "/jytabl/art/2024/art_5b0c1d2e3f405162738495a6b7c8d9e0.html", 17, 2),
    pytest.param("jcms-dataproxy", "/art/2024/6/5/art_812_40107.html", 146, None),
    pytest.param("jcms-nextgroup", "/art/2024/6/5/art_812_40107.html", None, None),
    pytest.param("ucap-search", "/c/202406/9b1c0d.shtml", 41, None),
    pytest.param("gkmlpt", "/gkmlpt/content/0/501/post_501.html", 3, None),
    pytest.param("fujian", "/jyta/202406/t20240605_40107.htm", None, 2),
    pytest.param("truecms", "/sslj/jyta/content/40107.html", 41, None),
    pytest.param("hefei", "/public/21691/40107.html", None, None),
    pytest.param("zhangzhou", "/cms/html/sslj/2024-06-05/40107.html", 3, 2),
]


@pytest.mark.parametrize(("name", "path", "total", "pages"), ANSWERS)
def test_an_answer_gives_titles_dates_and_absolute_addresses(
    name: str, path: str, total: int | None, pages: int | None
) -> None:
    read = interface(name).read(answer(name), parameters(name))
    assert read.rows[0] == InterfaceRow(FIRST, SITE + path, date(2024, 6, 5))
    assert (read.rows[1].title, read.rows[1].listed_on) == (SECOND, date(2024, 6, 3))
    assert (read.rows[1].url or "").startswith(f"{SITE}/")
    assert len(read.rows) == (3 if name == "gkmlpt" else 2)
    assert (read.total, read.pages) == (total, pages)


def test_an_article_of_another_kind_is_marked_as_one_that_leads_elsewhere() -> None:
    read = interface("gkmlpt").read(answer("gkmlpt"), parameters("gkmlpt"))
    assert [row.is_elsewhere for row in read.rows] == [False, False, True]
    assert read.other_total == 9


@pytest.mark.parametrize(
    ("name", "total"), [("jcms-dataproxy", 146), ("fujian", 92), ("truecms", 41)]
)
def test_the_total_that_a_page_itself_gives_is_kept(name: str, total: int) -> None:
    assert parameters(name).total == total


def test_the_first_rows_in_the_page_are_read_as_an_answer() -> None:
    used = parameters("jcms-nextgroup")
    assert used.first_batch is not None
    read = interface("jcms-nextgroup").read(used.first_batch, used)
    assert [row.listed_on for row in read.rows] == [date(2024, 6, 7)]
    assert interface("jcms-nextgroup").first_request == 2
    assert used.total == 3
