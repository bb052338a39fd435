"""Links are read as a browser reads them."""

import pytest

from crawler.web_url import resolve

BASE = "http://gov.example/zwgk/tagk/index.html"
PAGE = "http://gov.example/zwgk/tagk/202206/t20220617_1.html"


@pytest.mark.parametrize(
    "href",
    [
        pytest.param("202206/t20220617_1.html", id="relative"),
        pytest.param(".\\202206\\t20220617_1.html", id="backslashes"),
        pytest.param("\\zwgk\\tagk\\202206/t20220617_1.html", id="backslashes from the root"),
        pytest.param("  ./202206/t20220617_1.html\n", id="blanks around"),
        pytest.param("./202206/\n\tt20220617_1.html", id="line breaks within"),
        pytest.param("./202206/t20220617_1.html\u200b", id="a zero width space"),
        pytest.param("\ufeff./202206/t20220617_1.html", id="a byte order mark"),
        pytest.param("./202206/t20220617_1.html;jsessionid=7F03.n1", id="a session"),
        pytest.param("./202206/t20220617_1.html#zoom", id="a fragment"),
        pytest.param("//www.gov.example/zwgk/tagk/202206/t20220617_1.html", id="www."),
        pytest.param("HTTP://GOV.example:80/zwgk/./tagk/x/../202206/t20220617_1.html", id="dots"),
        pytest.param("http:/zwgk/tagk/202206/t20220617_1.html", id="a scheme without a host"),
        pytest.param("http://web@gov.example/zwgk/tagk/202206/t20220617_1.html", id="a user"),
        pytest.param("http:202206/t20220617_1.html", id="a scheme without slashes"),
    ],
)
def test_a_link_leads_where_a_browser_goes(href: str) -> None:
    assert resolve(href, BASE) == PAGE


@pytest.mark.parametrize(
    "href",
    ["javascript:void(0)", "mailto:a@gov.example", "http://[", "http://a:b/", "tel:12345", "data:,x"],
)  # fmt: skip
def test_what_leads_to_no_page_is_none(href: str) -> None:
    assert resolve(href, BASE) is None


def test_another_host_stays_as_it_is() -> None:
    assert resolve("https://www.other.example/a", BASE) == "https://www.other.example/a"
