"""Pagers of a directory: how each page leads to the next, and those that no reader can follow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One page of a directory, and where all of them are."""

    number: int  # from 1
    names: tuple[str, ...]  # of all pages, as this page links to them
    rows: int  # of the whole directory
    size: int  # rows of a page

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.names)

    @property
    def next(self) -> str | None:
        """Return the name of the next page; None on the last."""
        return self.names[self.number] if self.number < self.pages else None

    @property
    def last(self) -> str:
        """Return the name of the last page."""
        return self.names[-1]


@dataclass(frozen=True, slots=True)
class DirectoryPager:
    """How a directory of several pages leads from one to the next."""

    # Of a page after the first, relative to the directory, by its number, of how many, rows each.
    name: Callable[[int, int, int], str]
    html: Callable[[Place], str]
    is_followed: bool = True  # else nothing on a page says where the next is
    # The number of the page that a posted form asks for; None: no form is answered.
    posted: Callable[[Mapping[str, str]], int] | None = None


def _linked(words: str, form: str = '<a href="{}">{}</a>') -> Callable[[Place], str]:
    """Return what links to the next page by `words`, where there is one."""

    def html(place: Place) -> str:
        return form.format(place.next, words) if place.next else f"<span>{words}</span>"

    return html


def _numbers(place: Place) -> str:
    return " ".join(
        f"<b>{number}</b>" if number == place.number else f'<a href="{name}">[{number}]</a>'
        for number, name in enumerate(place.names, start=1)
    )


def _next_and_last(place: Place) -> str:
    before = place.names[max(place.number - 2, 0)]
    return (
        f'<div class="page">共{place.pages}页 <a href="{place.names[0]}">首页</a>'
        f' <a href="{before}">上一页</a> <a href="{place.next or place.last}">下一页</a>'
        f' <a href="{place.last}">尾页</a></div>'
    )


def _options(place: Place) -> str:
    chosen = "".join(
        f'<option value="{name}">第{number}页</option>'
        for number, name in enumerate(place.names, start=1)
    )
    return f'<select onchange="location.href=this.value">{chosen}</select>'


def _trail(place: Place) -> str:
    links = "".join(f'<a href="./{name}"></a>' for name in place.names[1:])
    script = f"var maxPageNum = 0; maxPageNum = {place.pages};"
    return f'<div style="display:none">{links}</div><script>{script}</script>'


def _counting_down(place: Place) -> str:
    links = "".join(
        f'<a href="{name}">{number}</a>' for number, name in enumerate(place.names, start=1)
    )
    onward = f'<a href="{place.next}">下页</a>' if place.next else "<span>下页</span>"
    return f'<div class="pb_sys"><span>共{place.rows}条</span>{links}{onward}</div>'


def _laypage(place: Place) -> str:
    return (
        f"<script>laypage.render({{count:{place.rows},limit:{place.size},curr:{place.number},"
        "jump:function(o,first){if(!first)location.href='list_'+o.curr+'.html';}});</script>"
    )


def _made_by_script(place: Place) -> str:
    links = f'<a href="javascript:goPage({place.number + 1})">下一页</a>' if place.next else ""
    return (
        f"<div class='pages'>共{place.pages}页 {links}</div>"
        "<script>function goPage(n){location.href='list_'+(n)+'.html'}</script>"
    )


def _called(form: str) -> Callable[[Place], str]:
    """Return the call of a script: pages, place from 0, place from 1, rows are put in."""

    def html(place: Place) -> str:
        number = place.number
        call = form.format(pages=place.pages, at=number - 1, number=number, rows=place.rows)
        return f"<script>{call}</script>"

    return html


def _index(number: int, _pages: int, _size: int) -> str:
    return f"index_{number - 1}.html"


def _list(number: int, _pages: int, _size: int) -> str:
    return f"list_{number}.html"


def _elsewhere(number: int, _pages: int, _size: int) -> str:
    """Return a name that no page shows."""
    return f"part-of-{number}/rows.html"


def _in_words(form: str) -> DirectoryPager:
    """Return a pager of words on every page but the last, which lead nowhere."""

    def html(place: Place) -> str:
        said = form.format(pages=place.pages, number=place.number + 1, rows=place.rows)
        return said if place.next else ""

    return DirectoryPager(_elsewhere, html, is_followed=False)


PAGERS = {
    "none": DirectoryPager(_index, lambda _: ""),
    "createPageHTML": DirectoryPager(
        _index, _called('createPageHTML({pages}, {at}, "index", "html");')
    ),
    "createPage and a total": DirectoryPager(
        _index, _called('//wcm分页，总记录：{rows}\ncreatePage({pages}, {at}, "index", "html");')
    ),
    "createPageHTML of UCAP": DirectoryPager(
        lambda number, _pages, _size: f"list_{number}.shtml",
        _called("createPageHTML('page_div',{pages}, {number},'list','shtml',{rows});"),
    ),
    "numbers": DirectoryPager(_list, _numbers),
    "next and last": DirectoryPager(_list, _next_and_last),
    "next alone": DirectoryPager(_index, _linked("下一页")),
    "rel=next": DirectoryPager(
        lambda number, _pages, _size: f"?cursor={number * 7919:x}",
        lambda place: f'<link rel="next" href="{place.next}">' if place.next else "",
    ),
    "?page=": DirectoryPager(lambda number, _pages, _size: f"?page={number}", _next_and_last),
    "counting down": DirectoryPager(
        lambda number, pages, _size: f"{pages - number + 1}.htm", _counting_down
    ),
    "offsets": DirectoryPager(
        lambda number, _pages, size: f"?start={(number - 1) * size}", _linked("下一页&gt;")
    ),
    "folders": DirectoryPager(lambda number, _pages, _size: f"page/{number}/", _linked("下一页")),
    "options": DirectoryPager(_index, _options),
    "onclick": DirectoryPager(
        lambda number, _pages, _size: f"p_{number}.jhtml",
        _linked("下一页", "<span onclick=\"query(this,'{}')\">{}</span>"),
    ),
    "data-url": DirectoryPager(
        lambda number, _pages, _size: f"x{number}.html",
        _linked("下一页", "<button data-url='./{}'>{}</button>"),
    ),
    "a hidden trail": DirectoryPager(
        lambda number, _pages, _size: f"index_33_{number - 1}.html", _trail
    ),
    "location.href": DirectoryPager(_list, _made_by_script),
    "laypage": DirectoryPager(_list, _laypage),
    "next to nowhere on the last": DirectoryPager(
        _list, lambda place: f'<a href="{place.next or "#"}">下一页</a>'
    ),
    "written by a script": DirectoryPager(
        _list, _linked("下一页", "<script>document.write('<a href=\"{}\">{}</a>')</script>")
    ),
    # What no reader can follow: the address of the next page is nowhere.
    "goPage alone": _in_words('共{pages}页 <a href="javascript:goPage({number})">下一页</a>'),
    "postback": _in_words("<a href=\"javascript:__doPostBack('pager','{number}')\">下一页</a>"),
    "load more": _in_words('<div class="load-more" onclick="more()">加载更多</div>'),
    "scrolling": _in_words(
        "<script>$(window).scroll(function(){{$.get('rows.do?p='+p,function(h)"
        "{{$('.list').append(h)}})}})</script>"
    ),
    "maxPageNum": _in_words(
        "<script>var purl='./l'; var maxPageNum=0; maxPageNum = {pages}; writePaging();</script>"
    ),
    "a count of letters": _in_words('<div class="total">共{rows}条</div>'),
    "a count of pages": _in_words("<span>第1/{pages}页</span>"),
    # What a script elsewhere acts on, or says.
    "bare numbers": _in_words("<div><i>1</i><i>2</i><i>3</i><i>下一页</i></div>"),
    "numbers without words": _in_words(
        "<ul><li><a>1</a></li><li><a>2</a></li><li><a>3</a></li></ul>"
    ),
    "next to nowhere": _in_words("<p>第1页 <a href='javascript:;'>下一页</a></p>"),
    "more to nowhere": _in_words("<div><a href='#'>更多</a></div>"),
    "hx-get": _in_words("<div hx-get='/rows?p={number}' hx-trigger='revealed'></div>"),
    "data-next": _in_words("<div data-next='?part={number}'></div>"),
    "data-total": _in_words("<div data-total='{rows}'></div>"),
    "a count that is written": _in_words("<p>共<script>document.write({pages})</script>页</p>"),
    "a total in an answer": _in_words('<script>var d = {{"list": [], "total": {rows}}};</script>'),
    "bootstrap-table": _in_words(
        "<script>$('#t').bootstrapTable({{url: '/rows.json', pagination: true}})</script>"
    ),
    "datagrid": _in_words("<table class='easyui-datagrid' data-options='pagination:1'></table>"),
    "the rest in words": _in_words("<p>还有7条</p>"),
    "rows of all": _in_words("<div>1-5/{rows}</div>"),
    "a frame": _in_words("<iframe id='listFrame' src='/zwgk/rest/'></iframe>"),
}
