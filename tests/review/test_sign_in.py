"""Who reads and decides: by a token, in whose name; by a proxy's header; and who is kept out."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from review.people import People
from review.settings import ReviewSettings
from review.wrong_tokens import OF_ADDRESS, OF_ALL, PERIOD, WrongTokens

Visitor = Callable[..., TestClient]
TOKEN = "牡丹-7"  # noqa: S105 - the lock of a test
PEOPLE = {"李雷": "peony 7", "Han": "lotus+8%"}


def sign_in(browser: TestClient, token: str, **fields: str) -> Any:
    form = {"token": token, "next": "/changes", **fields}
    return browser.post("/login", data=form, follow_redirects=False)


@pytest.mark.parametrize(
    "token", [TOKEN, "with space", "semi;colon", 'quote"', "plus+%2B", "a=b&c"]
)
def test_a_right_token_is_remembered_by_the_browser_alone(visitor: Visitor, token: str) -> None:
    browser = visitor(token=token)
    answer = sign_in(browser, token)
    assert (answer.status_code, answer.headers["location"]) == (303, "/changes")
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {*re.split("; ?", cookie)}
    assert token not in browser.get("/changes").text


def test_a_wrong_token_is_asked_for_again(visitor: Visitor) -> None:
    answer = sign_in(visitor(token=TOKEN), "other")
    assert answer.status_code == 401
    assert "口令不对" in answer.text
    assert "set-cookie" not in answer.headers
    assert 'name="next" value="/changes"' in answer.text


def test_a_cookie_is_for_https_alone_where_that_is_used(visitor: Visitor) -> None:
    browser = visitor(token=TOKEN)
    browser.base_url = "https://127.0.0.1:8321"
    assert "Secure" in sign_in(browser, TOKEN).headers["set-cookie"]


@pytest.mark.parametrize(
    "link",
    [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "/\n/evil",
        "https://evil.example", "javascript:alert(1)", "evil.example", "", " //evil.example",
        "/ /evil.example", "/复函", "/\r\nSet-Cookie: a=b", "///evil.example", "@evil.example",
    ],
)  # fmt: skip
def test_nobody_is_led_to_another_site(visitor: Visitor, link: str) -> None:
    assert sign_in(visitor(token=TOKEN), TOKEN, next=link).headers["location"] == "/"


@pytest.mark.parametrize(
    "link", ["/%2f%2fevil.example", "/%5cevil.example", "/letters?search=%E5"]
)
def test_an_own_link_is_followed_as_it_is(visitor: Visitor, link: str) -> None:
    assert sign_in(visitor(token=TOKEN), TOKEN, next=link).headers["location"] == link


def test_an_own_link_is_one_under_the_path_of_the_pages(visitor: Visitor) -> None:
    browser = visitor(token=TOKEN, base="/fuhan")
    for link, leads_to in (("/other/", "/fuhan/"), ("/fuhan/letters", "/fuhan/letters")):
        answer = browser.post(
            "/fuhan/login", data={"token": TOKEN, "next": link}, follow_redirects=False
        )
        assert answer.headers["location"] == leads_to


def test_another_site_can_sign_nobody_in(visitor: Visitor) -> None:
    browser = visitor(token=TOKEN)
    browser.headers["Sec-Fetch-Site"] = "cross-site"
    answer = sign_in(browser, TOKEN)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_token_leaves_the_link_of_a_page(visitor: Visitor) -> None:
    browser = visitor(token=TOKEN)
    given = {"token": TOKEN, "source": "demo"}
    answer = browser.get("/changes", params=given, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/changes?source=demo")
    assert browser.get("/changes").status_code == 200
    assert visitor(token=TOKEN).get("/changes?token=wrong").status_code == 401


@pytest.mark.parametrize("path", ["/feed.atom", "/api/letters", "/metrics"])
def test_programs_may_send_a_token_in_the_link(visitor: Visitor, path: str) -> None:
    answer = visitor(token=TOKEN).get(path, params={"token": TOKEN}, follow_redirects=False)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("settings", "token", "name"),
    [
        pytest.param({"people": PEOPLE}, "peony 7", "李雷", id="one of the people"),
        pytest.param({"people": PEOPLE}, "lotus+8%", "Han", id="another one"),
        pytest.param({"people": PEOPLE}, "lotus 8", None, id="nobody's token"),
        pytest.param({"token": TOKEN}, TOKEN, "reviewer", id="the one token"),
        pytest.param({"token": TOKEN, "people": PEOPLE}, TOKEN, "reviewer", id="beside people"),
        pytest.param({"token": "x", "people": {"Han": "x"}}, "x", "Han", id="one token twice"),
        pytest.param({}, "", None, id="no token at all"),
    ],
)
def test_a_token_names_its_person(settings: dict[str, Any], token: str, name: str | None) -> None:
    assert People(ReviewSettings(**settings)).name_of(token.encode()) == name


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        pytest.param([b"han"], "han", id="a name"),
        pytest.param(["李雷".encode()], "李雷", id="in UTF-8"),
        pytest.param([b"Ren\xe9"], "René", id="in Latin-1"),
        pytest.param([b" "], None, id="blank"),
        pytest.param([b"a" * 101], None, id="too long"),
        pytest.param([b"a\x07"], None, id="not to be printed"),
        pytest.param([b"admin", b"han"], None, id="one of the client beside the proxy's"),
        pytest.param([], None, id="none"),
    ],
)
def test_a_proxy_names_one_person(sent: list[bytes], name: str | None) -> None:
    scope = {"type": "http", "headers": [(b"x-forwarded-user", each) for each in sent]}
    people = People(ReviewSettings(trusted_header="X-Forwarded-User"))
    assert people.named_by_proxy(Request(scope).scope) == name
    assert People(ReviewSettings()).named_by_proxy(scope) is None


def test_whom_the_proxy_names_needs_no_token(visitor: Visitor) -> None:
    browser = visitor(token=TOKEN, trusted_header="X-Forwarded-User")
    assert browser.get("/review").status_code == 401
    page = browser.get("/review", headers={"X-Forwarded-User": "han"})
    assert page.status_code == 200
    assert "审阅人：han" in page.text


def test_signing_out_takes_the_form_of_the_page(visitor: Visitor) -> None:
    browser = visitor(people=PEOPLE)
    sign_in(browser, "peony 7")
    assert browser.post("/logout", data={"form": "x"}).status_code == 403
    form = re.search('name="form" value="(.+?)"', browser.get("/review").text)
    assert form
    browser.post("/logout", data={"form": form[1]})
    assert browser.get("/review").status_code == 401


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_wrong_tokens_of_an_address_are_limited_for_a_while() -> None:
    clock = Clock()
    tokens = WrongTokens(clock)
    for guess in range(OF_ADDRESS):
        assert tokens.seconds_to_wait("a") == 0
        tokens.add_wrong("a", b"%d" % guess)
        clock.now += 1
    assert tokens.seconds_to_wait("a") == PERIOD - OF_ADDRESS
    assert tokens.seconds_to_wait("b") == 0
    clock.now += PERIOD - OF_ADDRESS
    assert tokens.seconds_to_wait("a") == 0


def test_the_same_wrong_token_is_one_guess() -> None:
    tokens = WrongTokens(Clock())
    for _ in range(10 * OF_ADDRESS):
        tokens.add_wrong("a", b"an old cookie")
    assert tokens.seconds_to_wait("a") == 0


def test_wrong_tokens_of_all_are_limited_but_for_who_had_a_right_one() -> None:
    clock = Clock()
    tokens = WrongTokens(clock)
    tokens.add_right("known")
    for guess in range(OF_ALL):
        tokens.add_wrong(f"192.0.2.{guess}", b"guess")
    assert tokens.seconds_to_wait("stranger") == PERIOD
    assert tokens.seconds_to_wait("known") == 0
    clock.now += PERIOD
    assert tokens.seconds_to_wait("stranger") == 0


def test_what_is_remembered_of_wrong_tokens_does_not_grow() -> None:
    tokens = WrongTokens(Clock())
    for address in range(5000):
        tokens.add_wrong(str(address), b"guess")
        tokens.add_right(str(address))
    assert max(map(len, (tokens._of_address, tokens._of_all, tokens._known))) <= 1000  # noqa: SLF001 - memory


@pytest.mark.parametrize("path", ["/changes", "/api/changes"])
def test_who_tries_too_many_tokens_waits(visitor: Visitor, path: str) -> None:
    browser = visitor(token=TOKEN)
    for guess in range(OF_ADDRESS):
        wrong = browser.get(path, headers={"Authorization": f"Bearer {guess}"})
        assert wrong.status_code == 401
    answer = browser.get(path, headers={"Authorization": f"Bearer {TOKEN}".encode()})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= PERIOD
    assert sign_in(browser, TOKEN).status_code == 429
    assert browser.get("/healthz").status_code == 200
