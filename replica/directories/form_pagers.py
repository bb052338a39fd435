"""Pagers of a directory that post a form, and what their server makes of what is posted."""

from collections.abc import Callable, Mapping
from hashlib import sha256

from replica.directories.pagers import DirectoryPager, Place

REFUSED, BROKEN = 0, -1  # what a server answers to a form in place of a page
_Asked = Callable[[Mapping[str, str]], int]  # the number of the page that a form asks for

_HIDDEN = (
    '<input type="hidden" name="channel" value="7"><input type="hidden" name="lm" value="提案">'
)
_SEARCH = '<input name="title" value=""><input type="checkbox" name="all" value="1" checked>'


def _elsewhere(_number: int, _pages: int, _size: int) -> str:
    """Return no name of a page: a form alone asks for the others."""
    return "./"


def _posting(html: Callable[[Place], str], asked: _Asked) -> DirectoryPager:
    return DirectoryPager(_elsewhere, html, posted=asked)


def _form(inner: Callable[[Place], str], action: str = "./") -> Callable[[Place], str]:
    """Return a form whose hidden fields must come back, around the parts of a pager."""

    def html(place: Place) -> str:
        parts = inner(place)
        return f'<form name="pageForm" method="post" action="{action}">{_HIDDEN}{parts}</form>'

    return html


def _page(form: Mapping[str, str]) -> int:
    """Return the page that a form asks for; without its other fields it asks for none."""
    is_whole = form.get("channel") == "7" and form.get("lm") == "提案"
    return int(form.get("pageNo") or 1) if is_whole else REFUSED


def _searched(form: Mapping[str, str]) -> int:
    is_whole = form.get("title") == "" and form.get("all") == "1" and "do" not in form
    return _page(form) if is_whole else REFUSED


def _field(place: Place, shift: int = 0) -> str:
    return f'<input type="hidden" name="pageNo" id="pageNo" value="{place.number - shift}">'


def _onward(place: Place, form: str) -> str:
    """Return the numbers, 下一页 and 尾页 by a form of links that takes a number and its words."""
    links = [form.format(number, number) for number in range(1, place.pages + 1)]
    if place.number < place.pages:
        links += [form.format(place.number + 1, "下一页"), form.format(place.pages, "尾页")]
    return " ".join(links)


_GOTO = (
    "<script>function gotoPage(n){{var f=document.pageForm;f.pageNo.value=n{};f.submit();}}"
    "</script>"
)


def _called(place: Place) -> str:
    links = _onward(place, '<a href="#" onclick="gotoPage({0})">{1}</a>')
    return f"{_field(place)}{links}{_GOTO.format('')}"


def _called_from_nought(place: Place) -> str:
    links = _onward(place, '<a href="javascript:gotoPage({0})">{1}</a>')
    return f"{_field(place, 1)}{links}{_GOTO.format('-1')}"


def _in_link(place: Place) -> str:
    script = "javascript:document.pageForm.pageNo.value={0};document.pageForm.submit()"
    return f"{_field(place)}{_onward(place, f'<a href={chr(34)}{script}{chr(34)}>{{1}}</a>')}"


def _box(place: Place) -> str:
    return (
        f'共{place.rows}条 第{place.number}/{place.pages}页 <input name="pageNo" size="3"'
        f' value="{place.number}"><input type="submit" value="跳转">'
    )


def _choice(place: Place) -> str:
    chosen = {place.number: " selected"}
    options = "".join(
        f'<option value="{number}"{chosen.get(number, "")}>{number}</option>'
        for number in range(1, place.pages + 1)
    )
    return f'<select name="pageNo" onchange="this.form.submit()">{options}</select>'


def _buttons(place: Place) -> str:
    return _onward(place, '<button name="pageNo" value="{0}">{1}</button>')


def _next_alone(place: Place) -> str:
    is_on = place.number < place.pages
    button = '<input type="submit" value="下一页">'
    return f"{_field(place, -1)}{button}" if is_on else ""


def _always_on(place: Place) -> str:
    link = f'<a href="javascript:gotoPage({place.number + 1})">下一页</a>'
    return f"{_field(place)}<p>共{place.rows}条</p>{link}{_GOTO.format('')}"


def _by_address(place: Place) -> str:
    """Return a form that is not posted: its fields become a query."""
    hidden = '<input type="hidden" name="channel" value="7">'
    return f'<form name="pageForm">{hidden}{_called(place)}</form>'


def _with_search(place: Place) -> str:
    return f'{_SEARCH}<input type="submit" name="do" value="查询">{_called(place)}'


def _state(number: int) -> str:
    """Return the state that the server gives page `number`, and takes back from no other."""
    return sha256(f"state of {number}".encode()).hexdigest()


def _web_form(parts: Callable[[Place], str]) -> Callable[[Place], str]:
    """Return the form of ASP.NET around the parts of a pager, with the state of its page."""

    def html(place: Place) -> str:
        hidden = {
            "__EVENTTARGET": "",
            "__EVENTARGUMENT": "",
            "__VIEWSTATE": f"{place.number}+{_state(place.number)}/=",
            "__VIEWSTATEGENERATOR": "CA0B0334",
            "__EVENTVALIDATION": _state(place.number),
        }
        fields = "".join(
            f'<input type="hidden" name="{name}" id="{name}" value="{value}">'
            for name, value in hidden.items()
        )
        return f'<form method="post" action="./" id="form1">{fields}{parts(place)}</form>'

    return html


def _grid(place: Place) -> str:
    links = "".join(
        f"<td><a href=\"javascript:__doPostBack('GridView1','Page${number}')\">{number}</a></td>"
        for number in range(1, place.pages + 1)
        if number != place.number
    )
    return f"<table><tr>{links}</tr></table>"


def _asp_net_pager(place: Place) -> str:
    link = "<a href=\"javascript:__doPostBack('AspNetPager1','{0}')\">{1}</a>"
    return f'<div id="AspNetPager1">{_onward(place, link)}</div>'


def _link_button(place: Place) -> str:
    call = "javascript:__doPostBack('lbNext','')"
    link = f'<a id="lbNext" href="{call}">下一页</a>'
    return link if place.number < place.pages else '<a id="lbNext" disabled="disabled">下一页</a>'


def _posted_back(form: Mapping[str, str]) -> int:
    """Return the page that a form of ASP.NET asks for, by the page whose state it has."""
    number, _, state = form.get("__VIEWSTATE", "").partition("+")
    is_own = number.isdecimal() and state == f"{_state(int(number))}/="
    if not is_own or form.get("__EVENTVALIDATION") != _state(int(number)):
        return BROKEN
    argument = form.get("__EVENTARGUMENT", "").removeprefix("Page$")
    return int(argument) if argument else int(number) + 1


def _foreign(place: Place) -> str:
    return _form(_called, "http://elsewhere.example/list.do")(place)


def _with_captcha(place: Place) -> str:
    return f'<input name="captcha"><img src="/captcha.jpg">{_called(place)}'


def _with_password(place: Place) -> str:
    return f'<input name="user"><input type="password" name="word">{_asp_net_pager(place)}'


FORM_PAGERS = {
    "a form and gotoPage": _posting(_form(_called), _page),
    "a form that counts from nought": _posting(
        _form(_called_from_nought), lambda form: _page(form) + 1
    ),
    "a form in the script of a link": _posting(_form(_in_link, "list.do"), _page),
    "a form and a box to jump from": _posting(_form(_box), _page),
    "a form and a choice": _posting(_form(_choice), _page),
    "buttons with numbers": _posting(_form(_buttons), _page),
    "a form that leads to the next page": _posting(_form(_next_alone), _page),
    "a form that searches too": _posting(_form(_with_search), _searched),
    "a form that always leads on": _posting(_form(_always_on), _page),
    "a form by its address": DirectoryPager(
        lambda number, _pages, _size: f"?channel=7&pageNo={number}", _by_address
    ),
    "GridView": _posting(_web_form(_grid), _posted_back),
    "AspNetPager": _posting(_web_form(_asp_net_pager), _posted_back),
    "a link button": _posting(_web_form(_link_button), _posted_back),
    # What a form does not lead to.
    "a form that is ignored": _posting(_form(_called), lambda _: 1),
    "a form that breaks": _posting(_form(_called), lambda _: BROKEN),
    "a form that is refused": _posting(_form(_called), lambda _: REFUSED),
    "a form that counts too many": _posting(
        lambda place: f"{_form(_called)(place)}<div>共{place.pages + 2}页</div>", _page
    ),
    "a form of another site": _posting(_foreign, _page),
    "a form with a captcha": _posting(_form(_with_captcha), _page),
    "a form with a password": _posting(_web_form(_with_password), _posted_back),
    "a state that is rejected": _posting(_web_form(_grid), lambda _: BROKEN),
}
