"""A site that asks a browser to prove itself is said to do so."""

from datetime import UTC, datetime

import pytest

from crawler.http.challenge import is_bare_challenge, status_reason
from crawler.http.snapshot import Snapshot

URL = "http://gov.example/tagk/"
RIVER = "<html><head><meta content='qw' r='m'><script r='m' src='/a.js'></script><script r='m'>$_ts=window['$_ts']</script></head><body></body></html>"
JSL = (
    "<script>document.cookie=('_')+('_')+('j')+('s')+'=1';location.href=location.pathname</script>"
)
ASKED = "the site asks for a browser challenge (HTTP {})"


@pytest.mark.parametrize(
    ("status", "body", "is_asked"),
    [
        pytest.param(412, RIVER, True, id="412 with a script alone"),
        pytest.param(521, JSL, True, id="521 with a cookie that a script sets"),
        pytest.param(521, "<script>eval(function(p,a,c){})</script>", True, id="521 with a script that hides what it does"),
        pytest.param(403, JSL, True, id="403 with such a cookie"),
        pytest.param(403, "<script>var a='acw_sc__v2'</script>", True, id="403 of a cloud"),
        pytest.param(503, "<script src='/cdn-cgi/challenge-platform/x.js'></script>", True, id="503 of another"),
        pytest.param(403, "<html><script src='/count.js'></script>Forbidden</html>", False, id="403 without one"),
        pytest.param(412, "Precondition Failed", False, id="412 without a script"),
        pytest.param(500, "", False, id="500"),
        pytest.param(404, "<script>var a=1</script><a href='/'>首页</a>", False, id="404"),
    ],
)  # fmt: skip
def test_a_status_says_whether_a_challenge_comes_with_it(
    status: int, body: str, *, is_asked: bool
) -> None:
    answer = Snapshot(URL, URL, status, {}, body.encode(), datetime.now(UTC))
    assert status_reason(answer) == (ASKED.format(status) if is_asked else f"HTTP {status}")


@pytest.mark.parametrize(
    ("html", "is_one"),
    [
        pytest.param(JSL, True, id="a cookie and on"),
        pytest.param(RIVER, True, id="a script of 瑞数"),
        pytest.param(f"{JSL}<ul><li><a href='1.html'>复函</a></li></ul>", False, id="a page that sets a cookie"),
        pytest.param("<div id=app></div><script>load()</script>", False, id="an application"),
    ],
)  # fmt: skip
def test_a_page_that_is_nothing_but_a_challenge_is_one(html: str, *, is_one: bool) -> None:
    assert is_bare_challenge(html) is is_one
