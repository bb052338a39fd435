"""Which form a pager posts for the second page, and with what: as a browser would."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.directory.form_pager import FormPager
from crawler.directory.page import read_directory
from crawler.interfaces.interface import InterfaceRequest
from tests.crawler.directory.composed import URL, directory

NAME = "<form name='f' id='f' method='post' action='list.do'>"
HIDDEN = "<input type='hidden' name='channel' value='7'>"
PAGE = "<input type='hidden' name='pageNo' id='pageNo' value='1'>"
NEXT = "<a href='#' onclick='{}'>下一页</a>"
STATE = (
    "<input type='hidden' name='__EVENTTARGET' value=''>"
    "<input type='hidden' name='__EVENTARGUMENT' value=''>"
    "<input type='hidden' name='__VIEWSTATE' value='dDw1'>"
    "<input type='hidden' name='__EVENTVALIDATION' value='wEW+'>"
)


def pager_of(more: str, script: str = "") -> FormPager | None:
    return read_directory(directory(1, 2, more=more, script=script), URL).form_pager


def second(more: str, script: str = "", number: int = 2) -> InterfaceRequest | None:
    """Return what asks for page 2 of a directory: what leads there, else a field for numbers."""
    pager = pager_of(more, script)
    if pager is None:
        return None
    changed = pager.onward(number, pager.shift, is_next=True)
    changed = pager.numbered(number, pager.shift) if changed is None else changed
    return None if changed is None else pager.form.request(changed, URL, "utf-8")


def sent(more: str, script: str = "", number: int = 2) -> dict[str, str]:
    request = second(more, script, number)
    assert request is not None
    pairs = parse_qsl(request.body, keep_blank_values=True)
    assert len(dict(pairs)) == len(pairs), "a name is sent twice"
    return dict(pairs)


def plain(inner: str) -> str:
    return f"{NAME}{HIDDEN}{PAGE}</form>{inner}"


SET = "function gotoPage(n){ document.f.pageNo.value = n; document.f.submit(); }"
PAGERS = {
    "a function of the page": (plain(NEXT.format("gotoPage(2)")), SET),
    "a function that is a variable": (
        plain(NEXT.format("go(2)")),
        "var go = function(p) { $('#pageNo').val(p); $('#f').submit(); };",
    ),
    "a function that calls another": (
        plain(NEXT.format("next(2)")),
        (
            "function next(n){ turn(n) } function turn(p){ document.getElementById('pageNo').value=p;"
            "document.getElementById('f').submit() }"
        ),
    ),
    "the second of several arguments": (
        plain(NEXT.format("turn(this, 2)")),
        "function turn(a,n){$('input[name=pageNo]').val(n);$('form').submit()}",
    ),
    "a variable for the field": (
        plain(NEXT.format("go(2)")),
        "function go(n){var box=document.getElementById('pageNo');box.value=n;document.f.submit()}",
    ),
    "one more than the value, as the script computes it": (
        plain(NEXT.format("nextPage()")),
        "function nextPage(){var f=document.forms[0];f.pageNo.value=parseInt(f.pageNo.value)+1;f.submit()}",
    ),
    "a script in the link": (
        plain("<a href='javascript:document.f.pageNo.value=2;document.f.submit();'>下一页</a>"),
        "",
    ),
    "a number in the link": (
        plain(
            "<a href=\"javascript:document.forms['f'].pageNo.value='2';document.f.submit()\">2</a>"
        ),
        "",
    ),
    "a function that names the form's own address": (
        plain(NEXT.format("page(2,'')")),
        (
            "function page(n,s){if(n)$('#pageNo').val(n);if(s)$('#channel').val(s);"
            "$('#f').attr('action','list.do');$('#f').submit();return false}"
        ),
    ),
    "a function that is elsewhere": (plain(NEXT.format("gotoPage(2)")), ""),
    "links that a script of the page listens to": (
        plain("<a href='javascript:;' data-page='2'>2</a>"),
        "$('a').click(function(){ $('#pageNo').val($(this).data('page')); $('#f').submit() })",
    ),
    "a box to jump from": (
        f"{NAME}{HIDDEN}<input name='pageNo' value='1'><input type='submit' value='跳转'></form>",
        "",
    ),
    "a box, and a button that is none of the form's": (
        f"{NAME}{HIDDEN}<input name='pageNo'></form><input type='button' value='GO' onclick='f.submit()'>",
        "",
    ),
    "a choice that submits": (
        (
            f"{NAME}{HIDDEN}<select name='pageNo' onchange='this.form.submit()'>"
            "<option selected>1</option><option>2</option><option>3</option></select></form>"
        ),
        "",
    ),
    "a choice of 第2页": (
        (
            f"{NAME}{HIDDEN}<select name='pageNo' onchange='submit()'>"
            "<option value='1'>第1页</option><option value='2'>第2页</option></select></form>"
        ),
        "",
    ),
    "a button with a value": (
        f"{NAME}{HIDDEN}<button name='pageNo' value='1'>1</button><button name='pageNo' value='2'>2</button></form>",
        "",
    ),
    "下一页 that sends what a hidden field has": (
        f"{NAME}{HIDDEN}<input type='hidden' name='pageNo' value='2'><input type='submit' value='下一页'></form>",
        "",
    ),
    "a form that begins within a table": (
        f"<table>{NAME}<tr><td>{HIDDEN}{PAGE}{NEXT.format('gotoPage(2)')}</td></tr></form></table>",
        SET,
    ),
    "a field outside, which names its form": (
        f"{NAME}{HIDDEN}</form><input type='hidden' form='f' name='pageNo' id='pageNo' value='1'>"
        + NEXT.format("gotoPage(2)"),
        SET,
    ),
}


@pytest.mark.parametrize(("more", "script"), PAGERS.values(), ids=PAGERS)
def test_the_form_is_sent_with_the_number_of_the_page_alone_changed(
    more: str, script: str
) -> None:
    assert sent(more, script) == {"channel": "7", "pageNo": "2"}
    request = second(more, script)
    assert request is not None
    assert (request.method, request.url) == ("POST", f"{URL}list.do")
    assert ("Content-Type", "application/x-www-form-urlencoded") in request.headers
    assert ("Referer", URL) in request.headers


@pytest.mark.parametrize("method", ["", "method='get'"])
def test_a_form_that_is_not_posted_asks_by_its_address(method: str) -> None:
    more = plain(NEXT.format("gotoPage(2)")).replace("method='post'", method)
    request = second(more.replace("list.do", "list.do?old=1"), SET)
    assert request is not None
    assert (request.method, request.url) == ("GET", f"{URL}list.do?channel=7&pageNo=2")


FROM_NOUGHT = {
    "the field has 0 on the first page": plain(NEXT.format("go()")).replace(
        "value='1'", "value='0'"
    ),
    "下一页 sends 1": plain(NEXT.format("go(1)")).replace("value='1'", "value=''"),
    "number 2 sends 1": plain("<a href='javascript:go(1)'>2</a><a href='javascript:go(2)'>3</a>"),
}


@pytest.mark.parametrize("more", FROM_NOUGHT.values(), ids=FROM_NOUGHT)
def test_pages_that_are_counted_from_nought_are_asked_so(more: str) -> None:
    assert sent(more)["pageNo"] == "1"


POST_BACKS = {
    "a GridView": ("javascript:__doPostBack('G1','Page$2')", ("G1", "Page$2")),
    "AspNetPager": ("javascript:__doPostBack('AspNetPager1','2')", ("AspNetPager1", "2")),
    "a link button": ("javascript:__doPostBack('c$lbNext','')", ("c$lbNext", "")),
    "with options": (
        'javascript:WebForm_DoPostBackWithOptions(new WebForm_PostBackOptions("lb", "", true, "", "", false, true))',
        ("lb", ""),
    ),
}


@pytest.mark.parametrize("words", ["2", "下一页"])
@pytest.mark.parametrize(("href", "event"), POST_BACKS.values(), ids=POST_BACKS)
def test_a_page_of_asp_net_is_posted_back_with_its_state(
    href: str, event: tuple[str, str], words: str
) -> None:
    link = f"<a href='{href}'>{words}</a>" if '"' in href else f'<a href="{href}">{words}</a>'
    assert sent(f"<form method='post' action='./'>{STATE}{link}</form>") == {
        "__EVENTTARGET": event[0],
        "__EVENTARGUMENT": event[1],
        "__VIEWSTATE": "dDw1",
        "__EVENTVALIDATION": "wEW+",
    }


def test_a_choice_of_pages_is_posted_back() -> None:
    choice = (
        "<select name='ddl' onchange=\"javascript:setTimeout('__doPostBack(\\'ddl\\',\\'\\')', 0)\">"
        "<option value='1' selected>1</option><option value='2'>2</option></select>"
    )
    body = sent(f"<form method='post' action='./'>{STATE}{choice}</form>")
    assert (body["ddl"], body["__EVENTTARGET"]) == ("2", "ddl")


def test_the_dots_behind_ten_pages_lead_to_the_eleventh() -> None:
    links = "".join(
        f"<a href=\"javascript:__doPostBack('G','Page${number}')\">{words}</a>"
        for number, words in [(2, "2"), (3, "3"), (11, "...")]
    )
    more = f"<form method='post' action='./'>{STATE}{links}</form>"
    assert sent(more, number=11)["__EVENTARGUMENT"] == "Page$11"


def test_dots_without_a_number_lead_on_behind_the_numbers_alone() -> None:
    dots = "<a href=\"javascript:__doPostBack('{0}','')\">{1}</a>"
    links = "".join(dots.format(*each) for each in [("back", "..."), ("n7", "7"), ("on", "...")])
    more = f"<form method='post' action='./'>{STATE}{links}</form>"
    assert sent(more, number=7)["__EVENTTARGET"] == "n7"
    assert sent(more, number=8)["__EVENTTARGET"] == "on"


def test_fields_are_sent_as_a_browser_sends_them() -> None:
    fields = (
        "<input name='title' value='提案'><input name='empty'><input type='checkbox' name='on' checked>"
        "<input type='checkbox' name='off'><input type='radio' name='kind' value='a'>"
        "<input type='radio' name='kind' value='b' checked><input name='gone' value='x' disabled>"
        "<fieldset disabled><input name='set' value='x'></fieldset>"
        "<select name='year'><option value=''>全部</option><option>2022</option></select>"
        "<select name='size'><option>10</option><option selected>20</option></select>"
        "<select name='many' multiple><option>1</option></select>"
        "<input type='submit' name='do' value='查询'><button name='other' value='1'>重置</button>"
        "<input type='image' name='picture'><input value='without a name'>"
    )
    assert sent(f"{NAME}{PAGE}{fields}</form>{NEXT.format('gotoPage(2)')}", SET) == {
        "pageNo": "2",
        "title": "提案",
        "empty": "",
        "on": "on",
        "kind": "b",
        "year": "",
        "size": "20",
    }


def test_the_lines_of_a_text_are_sent_as_a_browser_sends_them() -> None:
    text = "<textarea name='note'>a\nb</textarea>"
    link = "<a href=\"javascript:__doPostBack('p','2')\">2</a>"
    assert sent(f"<form method='post' action='./'>{STATE}{text}{link}</form>")["note"] == "a\r\nb"


def test_a_form_is_sent_in_the_charset_of_its_page() -> None:
    pager = pager_of(
        f"{NAME}{PAGE}<input name='lm' value='提案😀'></form>{NEXT.format('go(2)')}", ""
    )
    assert pager is not None
    changed = pager.onward(2, 0, is_next=True) or ()
    assert pager.form.request(changed, URL, "gbk").body.endswith("lm=%CC%E1%B0%B8%26%23128512%3B")
    assert "lm=%E6%8F%90" in pager.form.request(changed, URL, "utf-8").body


NEVER = {
    "another site's": plain(NEXT.format("gotoPage(2)")).replace(
        "list.do", "http://x.example/list.do"
    ),
    "a login's": f"{NAME}{PAGE}<input type='password' name='pw'></form>{NEXT.format('gotoPage(2)')}",
    "a login's by its address": plain(NEXT.format("gotoPage(2)")).replace("list.do", "/login.do"),
    "one that takes a file": f"{NAME}{PAGE}<input type='file' name='up'></form>{NEXT.format('gotoPage(2)')}",
    "one with a captcha": f"{NAME}{PAGE}<input name='captcha'></form>{NEXT.format('gotoPage(2)')}",
    "one with a picture to read": f"{NAME}{PAGE}<input name='c'><img src='/yzm.jsp'></form>{NEXT.format('gotoPage(2)')}",
    "a search form's": f"<form name='f' method='post' action='/search.do'>{PAGE}<input name='q'>"
    f"<input type='submit' value='搜索'></form>{NEXT.format('gotoPage(2)')}",
    "one that takes a message": f"{NAME}{PAGE}<textarea name='t'></textarea></form>{NEXT.format('gotoPage(2)')}",
    "one in parts": plain(NEXT.format("gotoPage(2)")).replace(
        "method='post'", "method='post' enctype='multipart/form-data'"
    ),
    "one whose script leads it elsewhere": f"{NAME}{PAGE}</form>{NEXT.format('go(2)')}",
    "a pager within a login": f"<form method='post' action='/login'><input name='page' value='1'>"
    f"<input type='password' name='x'>{NEXT.format('gotoPage(2)')}</form>{NAME}{PAGE}</form>",
}


@pytest.mark.parametrize("more", NEVER.values(), ids=NEVER)
def test_a_form_that_is_no_pager_s_is_never_sent(more: str) -> None:
    elsewhere = "function go(n){document.f.action='/other/'+n;document.f.pageNo.value=n;document.f.submit()}"
    assert second(more, elsewhere) is None


NO_PAGERS = {
    "a calendar": "<a href=\"javascript:__doPostBack('Calendar1','8215')\">2</a>",
    "a row that is chosen": "<a href=\"javascript:__doPostBack('G1','Select$2')\">2</a>",
    "a column that sorts": "<a href=\"javascript:__doPostBack('G1','Sort$Date')\">2</a>",
    "a link that leads nowhere": "<a href='#'>2</a>",
    "a button that is switched off": "<input type='submit' disabled value='下一页'>",
    "a script that asks otherwise": "<a href='javascript:ask(2)'>下一页</a>",
    "a size of pages": "<select name='pageNo' onchange='submit()'><option>10</option><option>20</option></select>",
}


@pytest.mark.parametrize("part", NO_PAGERS.values(), ids=NO_PAGERS)
def test_what_asks_for_no_page_by_the_form_is_no_part_of_its_pager(part: str) -> None:
    ask = "function ask(n){ $.post('/rows.do', {page: n}, fill) }"
    more = f"<form name='f' method='post' action='list.do'>{STATE}{part}</form>"
    pager = pager_of(more, ask)
    assert pager is None or pager.onward(2, 0, is_next=True) is None


@pytest.mark.parametrize("words", ["下一页", "2"])
def test_links_go_before_forms(words: str) -> None:
    assert second(plain(f"<a href='list_2.html'>{words}</a>")) is None


PIECES = [
    NAME,
    "<form method='post' action='http://x.example/'>",
    "<form action='//x.example/list.do' method='post'>",
    "<form method='post' action='/login'>",
    "</form>",
    "<table>",
    HIDDEN,
    PAGE,
    STATE,
    "<input name='page'>",
    "<input type='password' name='pw'>",
    "<select name='page' onchange='submit()'><option>1<option>2</select>",
    "<button name='page' value='2'>2</button>",
    "<input type='submit' value='下一页'>",
    "<input type='submit' value='GO'>",
    NEXT.format("gotoPage(2)"),
    "<a href=\"javascript:__doPostBack('p','Page$2')\">2</a>",
    "<a href=\"javascript:__doPostBack('p','')\">...</a>",
    '<a href="javascript:document.f.pageNo.value=((2;document.f.submit(">2</a>',
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=12),
    st.sampled_from(["", SET, "function gotoPage("]),
)
def test_no_form_of_another_site_or_of_a_login_is_ever_sent(
    pieces: list[str], script: str
) -> None:
    request = second("".join(pieces), script)
    assert request is None or request.url.startswith("http://gov.example/zwgk/tagk/")
    assert request is None or "pw=" not in request.body
