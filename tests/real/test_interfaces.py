"""Real pages whose rows come by script: their interface is recognised, or named, or neither."""

from pathlib import Path

import pytest

from crawler.interfaces.recognition import unknown_script, uses_of

LISTS = {
    "pingtan/site/zwgk/zdlyxxgk/yata/zxta/index.htm": "https://www.pingtan.gov.cn/zwgk/zdlyxxgk/yata/zxta/",
    "pages/sthjt.jiangxi.gov.cn/list-without-rows.html": "https://sthjt.jiangxi.gov.cn/a/",
    "pages/jyt.gansu.gov.cn/list-without-rows.html": "https://jyt.gansu.gov.cn/a/",
}


def test_the_interface_of_a_real_page_is_asked_with_what_its_scripts_say(real: Path) -> None:
    path, url = next(iter(LISTS.items()))
    (use,) = uses_of((real / path).read_text(encoding="utf-8"), url)
    request = use.interface.request(use.parameters, 1)
    assert (use.interface.name, use.parameters.total) == ("fujian", 59)
    assert (request.method, request.url) == ("POST", "https://www.pingtan.gov.cn/fjdzapp/search")
    assert "channelid=200210" in request.body
    assert "classsql=chnlid%3D625" in request.body


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (
            "pages/sthjt.jiangxi.gov.cn/list-without-rows.html",
            "loadPageData(params, '380055'); not known",
        ),
        ("pages/jyt.gansu.gov.cn/list-without-rows.html", None),
    ],
)
def test_a_real_script_that_is_not_known_is_named_as_far_as_its_page_shows_it(
    real: Path, path: str, shown: str | None
) -> None:
    html = (real / path).read_text(encoding="utf-8")
    assert uses_of(html, LISTS[path]) == ()
    assert unknown_script(html, "http://gov.example/list/") == shown
