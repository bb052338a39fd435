"""No request leaves the source's own site, and what would is told by what led there."""

import pytest
from scrapy import Request

from crawler.http.same_site import OtherSiteError, SameSite

LISTING = "http://gov.example/tagk/"


@pytest.mark.parametrize(
    ("url", "meta", "reason"),
    [
        pytest.param(
            "http://x.example/1.html",
            {"redirect_times": 1},
            "redirected to another site: x.example",
            id="a redirect",
        ),
        pytest.param(
            "http://old.example/1.html",
            {},
            "of another site than the directory: old.example",
            id="a letter known from where the directory was before",
        ),
        pytest.param(
            "ftp://gov.example/1.html",
            {"redirect_times": 1},
            "not an HTTP address of a page: ftp://gov.example/1.html",
            id="no web address",
        ),
    ],
)
def test_a_request_to_another_site_is_refused(url: str, meta: dict[str, int], reason: str) -> None:
    with pytest.raises(OtherSiteError) as refused:
        SameSite(LISTING).process_request(Request(url, meta=meta))
    assert str(refused.value) == reason


def test_a_request_to_the_site_itself_passes() -> None:
    for url in ("http://gov.example/1.html", "http://www.gov.example/1.html"):
        SameSite(LISTING).process_request(Request(url))
