"""A page that holds nothing and leads on is followed as a redirect is, or said to be one."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from crawler.directory.interface_walk import walk_directory
from crawler.directory.walk_result import WalkResult
from crawler.http.fetch import UnreachedError
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest

SITE = "http://gov.example"
URL = f"{SITE}/tagk/"
ROWS = "".join(f"<li><a href='/p/{n}.html'>关于第{n:04}号提案的答复</a></li>" for n in (1, 2, 3))
LIST = f"<html><body><ul>{ROWS}</ul></body></html>"


def walked(pages: Mapping[str, str]) -> WalkResult:
    """Return what is read of a directory whose pages are given by their paths."""

    async def ask(request: InterfaceRequest) -> Snapshot:
        path = request.url.removeprefix(SITE)
        if path not in pages:
            raise UnreachedError("HTTP 404")
        body = pages[path].encode()
        return Snapshot(request.url, request.url, 200, {}, body, datetime.now(UTC))

    return asyncio.run(walk_directory(ask, URL, "auto", lambda _: None))


def refresh(target: str, seconds: float = 0, more: str = "") -> str:
    return f"<html><head><meta http-equiv='Refresh' content='{seconds};url={target}'></head><body>{more}</body></html>"


MENU = "".join(f"<li><a href='/c{n}/'>政务公开栏目</a></li>" for n in range(6))
FRAME = "<html><body><script>var a;</script>{}</body></html>"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(refresh("list.html"), id="a refresh"),
        pytest.param(refresh("/tagk/list.html", 3, "<a href='list.html'>点击跳转</a>"), id="a refresh after three seconds"),
        pytest.param(FRAME.format("<iframe src='list.html' width='100%'></iframe>"), id="a frame"),
        pytest.param(FRAME.format("<iframe src='http://ad.example/x' style='display:none'></iframe><iframe src='list.html'></iframe>"), id="a frame beside a hidden one"),
        pytest.param("<html><frameset rows='*'><frame src='list.html'></frameset></html>", id="a frameset of one"),
        pytest.param(refresh("next.html"), id="twice"),
        pytest.param("<script>window.location.href='/tagk/list.html';</script>", id="a script"),
        pytest.param("<html><head><script type='text/javascript'> location.replace( \"list.html\" ) </script></head></html>", id="a script that replaces"),
        pytest.param(FRAME.format(MENU + "<iframe src='list.html'></iframe>"), id="a frame amid a menu"),
        pytest.param(FRAME.format(MENU + "<iframe src='/top.html'></iframe><iframe src='/tagk/list.html' name='main'></iframe><iframe src='http://ad.example/x'></iframe>"), id="a frame beside others"),
    ],
)  # fmt: skip
def test_what_only_leads_on_within_its_site_is_followed(page: str) -> None:
    result = walked(
        {"/tagk/": page, "/tagk/list.html": LIST, "/tagk/next.html": refresh("list.html")}
    )
    assert result.is_whole, result.errors
    assert len(result.rows) == 3


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        pytest.param(refresh("/tagk/list.html", 10), "the page only refreshes to http://gov.example/tagk/list.html", id="after a while"),
        pytest.param(refresh("http://other.example/list.html"), "the page only refreshes to http://other.example/list.html", id="another site"),
        pytest.param(refresh("/"), "the page only refreshes to http://gov.example/", id="the home page"),
        pytest.param(refresh("/sso/login.html"), "the page only refreshes to http://gov.example/sso/login.html", id="a login"),
        pytest.param(refresh("/tagk/"), "the page only refreshes to http://gov.example/tagk/", id="itself"),
        pytest.param(
            "<frameset cols='20%,*'><frame src='left.html'><frame src='list.html'></frameset>",
            "the page only shows 2 frames: http://gov.example/tagk/left.html, http://gov.example/tagk/list.html", id="two frames",
        ),
        pytest.param(FRAME.format("<iframe src='http://other.example/list'></iframe>"), "the page only shows a frame: http://other.example/list", id="a frame of another site"),
        pytest.param(refresh("list.html", 0, "<script>var k='__jsl_clearance'</script>"), "the page only refreshes to", id="a challenge"),
        pytest.param(refresh("loop.html"), "the page only refreshes to", id="for ever"),
        pytest.param(refresh("gone.html"), "HTTP 404", id="to nothing"),
        pytest.param("<script>location='http://other.example/list.html'</script>", "the page's script only leads to http://other.example/list.html", id="a script to another site"),
        pytest.param("<script>location.href='/'</script>", "the page's script only leads to http://gov.example/", id="a script to the home page"),
        pytest.param("<script>if(isMobile)location.href='list.html'</script>", "no rows", id="a script with a condition"),
        pytest.param("<script>location.href='list.html'+location.hash</script>", "no rows", id="a script that computes"),
        pytest.param(FRAME.format(MENU + "<iframe src='list.html'></iframe><iframe src='b.html'></iframe>"), "a part of it stands in a frame", id="two frames amid a menu"),
        pytest.param(FRAME.format(MENU + "<a href='b.html' target='f'>2021年</a><iframe name='f' src='list.html'></iframe>"), "a part of it stands in a frame", id="a frame into which links lead"),
        pytest.param(FRAME.format(MENU + "<script>function to(y){f.src=y+'.html'}</script><iframe id='f' src='list.html'></iframe>"), "a part of it stands in a frame", id="a frame that a script sets"),
        pytest.param(FRAME.format(MENU + "<iframe src='http://other.example/list.html'></iframe>"), "no rows", id="a frame of another site amid a menu"),
    ],
)  # fmt: skip
def test_what_may_not_be_followed_is_named(page: str, reason: str) -> None:
    loop = {"/tagk/loop.html": refresh("loop2.html"), "/tagk/loop2.html": refresh("loop.html")}
    result = walked(
        {"/tagk/": page, "/": LIST, "/tagk/list.html": LIST, "/sso/login.html": LIST, **loop}
    )
    assert result.failed
    assert reason in result.errors[0].reason


def test_a_directory_that_makes_itself_anew_is_read() -> None:
    page = refresh("list.html", 0, f"<ul>{ROWS}</ul><iframe src='weather.html'></iframe>")
    result = walked({"/tagk/": page, "/tagk/list.html": "<p>暂无</p>"})
    assert len(result.rows) == 3
