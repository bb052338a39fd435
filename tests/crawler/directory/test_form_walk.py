"""A directory whose pages are asked for by a form is walked to its end, or the walk says why not."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest

from crawler.directory.interface_walk import walk_directory
from crawler.directory.walk_result import WalkResult
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from tests.crawler.directory.composed import URL, directory

Answer = str | int  # a page, or a status
PAGES = {1: (1, 2, 3), 2: (4, 5, 6), 3: (7, 8)}  # letters


@dataclass
class Site:
    """Answers GET with page 1, and a form with what `posted` makes of its fields."""

    first: str
    posted: Callable[[dict[str, str]], Answer]
    charset: str = "utf-8"
    bodies: list[str] = field(default_factory=list)

    async def ask(self, request: InterfaceRequest) -> Snapshot:
        answer: Answer = self.first
        if request.method == "POST":
            self.bodies.append(request.body)
            answer = self.posted(dict(parse_qsl(request.body, True, encoding=self.charset)))
        status, page = (answer, "") if isinstance(answer, int) else (200, answer)
        body, kind = (
            page.encode(self.charset),
            {"content-type": f"text/html; charset={self.charset}"},
        )
        return Snapshot(request.url, request.url, status, kind, body, datetime.now(UTC))

    def walk(self, most: int | None = None) -> WalkResult:
        return asyncio.run(walk_directory(self.ask, URL, "auto", lambda _: None, most))


def post_back(number: int, target: str, argument: str, words: str) -> str:
    state = f"<input type='hidden' name='__VIEWSTATE' value='state of {number}'>"
    link = (
        f"<a href=\"javascript:__doPostBack('{target}','{argument}')\">{words}</a>"
        if words
        else ""
    )
    return f"<form method='post' action='./'>{state}{link}</form>"


def next_alone(number: int) -> str:
    """Return a page of ASP.NET that leads to the next one alone."""
    words = "下一页" if number < len(PAGES) else ""
    return directory(*PAGES[number], more=post_back(number, "lbNext", "", words))


def chained(form: dict[str, str]) -> Answer:
    number = int(form["__VIEWSTATE"].removeprefix("state of "))
    return next_alone(number + 1) if form["__EVENTTARGET"] == "lbNext" else 500


def numbered(number: int, more: str = "", pages: int = 3, rows: tuple[int, ...] = ()) -> str:
    """Return a page with a form, whose links ask for pages by their numbers."""
    links = "".join(
        f"<a href='javascript:gotoPage({each})'>{each}</a>" for each in range(1, pages + 1)
    )
    form = (
        f"<form name='f' method='post'><input type='hidden' name='page' value='{number}'></form>"
    )
    script = "function gotoPage(n){document.f.page.value=n;document.f.submit()}"
    return directory(*(rows or PAGES[number]), more=form + links + more, script=script)


def test_each_page_is_asked_for_with_the_state_of_the_page_before() -> None:
    site = Site(next_alone(1), chained)
    walked = site.walk()
    assert (walked.errors, len(walked.rows), walked.pages) == ((), 8, 3)
    assert site.bodies == [
        f"__VIEWSTATE=state+of+{number}&__EVENTTARGET=lbNext&__EVENTARGUMENT=" for number in (1, 2)
    ]


def test_what_was_asked_is_evidence_with_the_page_that_led_to_it() -> None:
    walked = Site(next_alone(1), chained).walk()
    assert [each.request.method for each in walked.asked] == ["GET", "POST", "POST"]
    assert walked.asked[2].answer.body == next_alone(3).encode()


def test_nothing_is_kept_of_a_directory_of_one_page() -> None:
    walked = Site(directory(1, 2, more=post_back(1, "", "", "")), lambda _: 500).walk()
    assert (walked.is_whole, walked.asked) == (True, ())


def test_a_form_is_posted_in_the_charset_of_its_page() -> None:
    first = numbered(1).replace("</form>", "<input type='hidden' name='lm' value='提案'></form>")
    site = Site(
        first, lambda form: numbered(int(form["page"])) if form["lm"] == "提案" else 500, "gbk"
    )
    walked = site.walk(2)
    assert site.bodies == ["page=2&lm=%CC%E1%B0%B8"]
    assert (walked.errors, walked.is_bounded) == ((), True)


Posted = Callable[[dict[str, str]], Answer]
WHOLE: dict[str, tuple[str, Posted]] = {
    "numbers": (numbered(1), lambda form: numbered(int(form["page"]))),
    "numbers behind a window of two": (
        numbered(1, pages=2),
        lambda form: numbered(int(form["page"]), pages=3),
    ),
    "a 下一页 that always leads on, and all rows are read": (
        numbered(1, "<a href='javascript:gotoPage(f.page.value+1)'>下一页</a><div>共8条</div>"),
        lambda form: numbered(
            min(int(form["page"]), 3),
            "<a href='javascript:gotoPage(f.page.value+1)'>下一页</a><div>共8条</div>",
        ),
    ),
    "a pager that a script draws, with its count": (
        directory(
            *PAGES[1],
            more="<form id='f' method='post'><input type='hidden' id='pageNo' name='pageNo' value='1'></form>",
            script="laypage({cont:'page',pages:3,curr:1,jump:function(o){$('#pageNo').val(o.curr);$('#f').submit()}})",
        ),
        lambda form: directory(
            *PAGES[int(form["pageNo"])],
            more=f"<form id='f' method='post'><input type='hidden' id='pageNo' name='pageNo' value='{form['pageNo']}'></form>",
            script=f"laypage({{cont:'page',pages:3,curr:{form['pageNo']},jump:function(o){{$('#pageNo').val(o.curr);$('#f').submit()}}}})",
        ),
    ),
    "a box to jump from, and a count of rows alone": (
        directory(
            *PAGES[1],
            more="<form method='post'><input name='page'><input type='submit' value='GO'></form><div>共8条</div>",
        ),
        lambda form: directory(
            *PAGES[int(form["page"])],
            more="<form method='post'><input name='page'><input type='submit' value='GO'></form><div>共8条</div>",
        ),
    ),
}


@pytest.mark.parametrize(("first", "posted"), WHOLE.values(), ids=WHOLE)
def test_a_directory_is_read_to_its_end(first: str, posted: Posted) -> None:
    walked = Site(first, posted).walk()
    assert (walked.errors, len(walked.rows)) == ((), 8)


@dataclass
class AlwaysOn:
    """A pager of three pages that leads on from the last one too; behind it is `behind`."""

    counted: str
    behind: Answer

    def page(self, number: int) -> str:
        more = "<a href='javascript:gotoPage(f.page.value+1)'>下一页</a>" + self.counted
        return numbered(number, more, pages=1)

    def posted(self, form: dict[str, str]) -> Answer:
        return self.page(int(form["page"])) if int(form["page"]) in PAGES else self.behind


@pytest.mark.parametrize("behind", [numbered(1), numbered(3), "<p>暂无数据</p>"], ids=len)
@pytest.mark.parametrize("counted", ["<div>共3页</div>", "<div>共8条</div>"])
def test_what_is_behind_the_end_says_nothing_where_all_that_is_counted_was_read(
    counted: str, behind: Answer
) -> None:
    pager = AlwaysOn(counted, behind)
    walked = Site(pager.page(1), pager.posted).walk()
    assert (walked.errors, len(walked.rows)) == ((), 8)


@pytest.mark.parametrize(
    "counted", ["", "<div>共7条</div>", "<div>共9条</div>", "<div>共4页</div>"]
)
def test_what_is_behind_the_end_is_doubt_where_less_or_more_is_counted(counted: str) -> None:
    pager = AlwaysOn(counted, numbered(3))
    assert not Site(pager.page(1), pager.posted).walk().is_whole


def test_a_count_that_is_too_small_ends_no_pager_that_leads_on() -> None:
    pager = AlwaysOn("<div>共2页</div>", 500)
    walked = Site(pager.page(1), pager.posted).walk()
    assert len(walked.rows) == 8


@pytest.mark.parametrize("counted", ["<div>共1页</div>", "<div>共3条</div>"])
def test_a_directory_of_one_page_that_counts_so_is_whole(counted: str) -> None:
    pager = AlwaysOn(counted, 500)
    walked = Site(pager.page(1), lambda _: 500).walk()
    assert (walked.errors, walked.asked) == ((), ())


IN_PART: dict[str, tuple[str, Posted, str]] = {
    "page 1 for ever": (numbered(1), lambda _: numbered(1), "nothing new"),
    "page 1 with a letter that came since": (
        numbered(1),
        lambda _: numbered(1, rows=(9, 1, 2)),
        "page 2, which a form asks for: its rows are those of the first page",
    ),
    "the same further page for ever": (numbered(1), lambda _: numbered(2), "nothing new"),
    "an error": (numbered(1), lambda _: 500, "page 2, which a form asks for: HTTP 500"),
    "an error in the middle": (
        numbered(1),
        lambda form: numbered(3) if form["page"] == "3" else 500,
        "page 2, which a form asks for: HTTP 500",
    ),
    "a sorry page": (numbered(1), lambda _: "<p>系统错误</p>", "nothing new"),
    "a count of rows that is not met": (
        numbered(1, "<div>共9条</div>"),
        lambda form: numbered(min(int(form["page"]), 3)),
        "9 rows, 8 were seen",
    ),
    "a count of pages that is not met": (
        numbered(1, "<div>共4页</div>"),
        lambda form: numbered(min(int(form["page"]), 3), "<div>共4页</div>"),
        "nothing new",
    ),
    "further pages without a pager": (
        numbered(1),
        lambda form: directory(*PAGES[int(form["page"])]),
        "its pager says 3 pages, 2 were read",
    ),
    "a 下一页 that always leads on, and nothing is counted": (
        numbered(1, "<a href='javascript:gotoPage(f.page.value+1)'>下一页</a>"),
        lambda form: numbered(
            min(int(form["page"]), 3), "<a href='javascript:gotoPage(f.page.value+1)'>下一页</a>"
        ),
        "nothing new",
    ),
    "a chain that breaks": (
        next_alone(1),
        lambda _: 500,
        "page 2, which a form asks for: HTTP 500",
    ),
    "a box to jump from, and no count": (
        directory(
            1,
            more="<form method='post'><input name='page'><input type='submit' value='GO'></form>",
        ),
        lambda _: 500,
        "a form lets a reader jump to a page, by its field page",
    ),
    "rows of another channel": (
        numbered(1),
        lambda _: numbered(2).replace("./2022", "/zwxx/gzdt/2022"),
        "another channel",
    ),
}


@pytest.mark.parametrize(("first", "posted", "reason"), IN_PART.values(), ids=IN_PART)
def test_a_directory_that_is_not_read_to_its_end_says_why(
    first: str, posted: Posted, reason: str
) -> None:
    walked = Site(first, posted).walk()
    assert not walked.is_whole
    assert not walked.failed
    assert any(reason in error.reason for error in walked.errors), walked.errors


def test_a_page_that_fails_does_not_keep_the_one_behind_it_from_being_read() -> None:
    walked = Site(numbered(1), lambda form: numbered(3) if form["page"] == "3" else 500).walk()
    assert len(walked.rows) == 5


def test_no_request_is_made_twice() -> None:
    site = Site(next_alone(1), lambda _: 500)
    site.walk()
    assert len(site.bodies) == 1


NEVER = {
    "a captcha": "<input name='yzm'>",
    "a password": "<input type='password' name='p'>",
    "a file": "<input type='file' name='f'>",
}


@pytest.mark.parametrize("inner", NEVER.values(), ids=NEVER)
def test_a_form_that_may_not_be_posted_is_not_and_its_sign_is_quoted(inner: str) -> None:
    site = Site(numbered(1).replace("</form>", f"{inner}</form>"), lambda _: numbered(2))
    walked = site.walk()
    assert site.bodies == []
    assert any("gotoPage" in error.reason for error in walked.errors)
