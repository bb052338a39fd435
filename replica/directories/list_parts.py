"""What lists are composed of: addresses of letters, layouts of rows, what else is on a page."""

from collections.abc import Sequence

URL = "http://gov.example/zwgk/tagk/"
# Of a letter by its number, relative to its directory; `id` and `uuid` are of the same number.
ADDRESSES = {
    "plain": "/letters/0{n}.html",
    "TRS": "./202206/t20220617_{n}.html",
    "jcms": "/art/2022/6/17/art_1050_{n}.html",
    "UCAP": "/zwgk/tagk/c100/{n}/content.shtml",
    "VSB": "../info/1050/{n}.htm",
    "VSB by query": "/content.jsp?urltype=news.NewsContentUrl&wbtreeid=1050&wbnewsid={n}",
    "jhtml": "/zwgk/tagk/{n}.jhtml",
    "a day between": "/c/2022-06-17/{n}.shtml",
    "year and day": "/2022/06-17/{n}.html",
    "content without an extension": "/zwgk/content_{n}",
    "content and hyphen": "/zwgk/tagk/content-{n}.html",
    "Content in capitals": "/zwgk/Content-{n}.html",
    "article": "/article/12/{n}.html",
    "view": "/view/jyta/{n}.html",
    "DocHtml": "/DocHtml/1/{n}.html",
    "public": "/public/column/77/{n}.html",
    "nineteen digits at the top": "/1234567890123456{n}.html",
    "uuid below a day": "/20220617/{uuid}.html",
    "uuid": "/content/{uuid}.html",
    "32 hex below a month": "/202206/{id}.shtml",
    "art and hex": "/art_{id}.html",
    "doc and hex": "/doc_{id}.html",
    "TRS without a date": "./t18176{n}.shtml",
    "gkmlpt": "/gkmlpt/content/3/1234/post_{n}.html",
    "a query": "/show.do?id={n}",
    "a query on the same page": "?id={n}",
    "a static page with a query": "/detail.html?id={n}",
    "a folder": "/letters/{n}/",
    "words": "/letters/reply-of-{id}",
}
_LINK = '<a href="{href}">{title}</a>'
_DAY = "<span>2022-06-17</span>"
# What is around all rows, and one row.
LAYOUTS = {
    "list": (
        '<ul class="list">{}</ul>|'
        f'<li><a href="{{href}}" title="{{title}}">{{title}}</a>{_DAY}</li>'
    ),
    "cut titles": (
        '<ul class="list">{}</ul>|'
        f'<li><a href="{{href}}" title="{{title}}">{{title:.18}}…</a>{_DAY}</li>'
    ),
    "table": (
        '<table class="t"><tbody>{}</tbody></table>|'
        f"<tr><td>1</td><td>{_LINK}</td><td>2022-06-17</td></tr>"
    ),
    "divisions": (
        '<div class="list">{}</div>|<div class="item"><div class="tit">'
        f'<h3>{_LINK}</h3></div><div class="time">2022-06-17</div></div>'
    ),
    "paragraphs": f'<div class="list">{{}}</div>|<p>{_LINK} {_DAY}</p>',
    "terms": f"<dl>{{}}</dl>|<dt>{_LINK}</dt><dd>2022-06-17</dd>",
    "links alone": (f'<div class="list">{{}}</div>|<a href="{{href}}"><p>{{title}}</p>{_DAY}</a>'),
    "two links": f'<ul>{{}}</ul>|<li>{_LINK}{_DAY}<a href="{{href}}">详情</a></li>',
    "the channel before the title": (
        f'<ul>{{}}</ul>|<li><a href="/zwgk/tagk/all/">[提案]</a>{_LINK}{_DAY}</li>'
    ),
    "a mark in some rows": (
        f'<ul>{{}}</ul>|<li class="odd"><a class="new" href="{{href}}">{{title}}</a>{_DAY}</li>'
    ),
    "ids of their own": f'<ul>{{}}</ul>|<li id="line_u8_0">{_LINK}{_DAY}</li>',
}
_PAPERS = [f"<li><a href='/rd/{n}.html'>关于第{n}号提案的答复</a></li>" for n in range(8)]
_NEIGHBOURS = [f"<li><a href='/jygk/{n}.html'>关于第{n}号建议的答复</a></li>" for n in range(8)]


def _items(form: str, numbers: Sequence[int]) -> str:
    return "".join(f"<li>{form.format(n=n)}</li>" for n in numbers)


CHROME = {
    "navigation": (
        "<ul class='nav'>" + _items("<a href='/c{n}/'>政务公开栏目{n}</a>", range(40)) + "</ul>"
    ),
    "navigation without a name": (
        "<div><ul>" + _items("<a href='/c{n}.html'>公开指南{n}</a>", range(40)) + "</ul></div>"
    ),
    "channels of proposals": (
        "<ul>" + _items("<a href='/c{n}.html'>20{n}年提案答复</a>", range(10, 30)) + "</ul>"
    ),
    "channels in folders": (
        "<ul>"
        + _items("<a href='/zwgk/{n}/'>建议提案办理结果公开第{n}类</a>", range(25))
        + "</ul>"
    ),
    "years": ("<ul>" + _items("<a href='/zwgk/{n}.html'>{n}年</a>", range(2001, 2023)) + "</ul>"),
    "breadcrumbs": (
        "<div class='position'>当前位置：<a href='/'>首页</a> &gt; <a href='/zwgk/'>政务公开</a>"
        " &gt; <a href='/x.html'>建议提案</a></div>"
    ),
    "news in a list": (
        "<div class='news'><ul>"
        + _items("<a href='/news/{n}.html'>全市召开第{n}次专题会议</a>", range(12))
        + "</ul></div>"
    ),
    "more news than rows": (
        "<div class='news'><h3>工作动态</h3><ul>"
        + _items("<a href='/news/{n}.html'>全市召开第{n}次专题会议部署任务</a>", range(20))
        + "</ul></div>"
    ),
    "hot papers": f"<div class='hot'><ul>{''.join(_PAPERS)}</ul></div>",
    "hot papers by their heading": (
        f"<div class='box'><h3>热点推荐</h3><ul>{''.join(_PAPERS)}</ul></div>"
    ),
    "a neighbour channel": (
        f"<div class='box'><h3>建议公开</h3><ul>{''.join(_NEIGHBOURS)}</ul></div>"
    ),
    "links to friends": (
        "<div class='links'><h3>友情链接</h3><ul>"
        + _items("<a href='http://s{n}.example/'>某市人民政府门户网站{n}</a>", range(60))
        + "</ul></div>"
    ),
    "a pager": (
        "<div class='page'>"
        + "".join(f"<a href='index_{n}.html'>{n + 1}</a>" for n in range(1, 20))
        + "</div>"
    ),
    "lists of older letters": (
        "<div class='tabs'><a href='/zwgk/wn/'>往年提案办理</a>"
        " <a href='/zwgk/ls/'>2019年以前</a></div>"
    ),
    # What counts, or leads on, and is no pager.
    "a picture show": ("<ul class='dots'>" + _items("<a href='#'>{n}</a>", range(1, 5)) + "</ul>"),
    "a calendar": (
        "<table><tr>" + "".join(f"<td>{day}</td>" for day in range(1, 32)) + "</tr></table>"
    ),
    "steps": ("<dl><dt>1</dt><dd>提出</dd><dt>2</dt><dd>交办</dd><dt>3</dt><dd>答复</dd></dl>"),
    "a pager switched off": (
        "<div class='fy'><a href='#' class='disabled'>上一页</a><b>1</b>"
        "<a href='#' class='disabled'>下一页</a></div>"
    ),
    "a pager of one page": "<p>1/1 <a href='#'>上一页</a> <a href='#'>下一页</a></p>",
    "an index of files": (
        "<ul>" + _items("<a href='/f/{n}.pdf'>关于第{n}号提案的答复附件</a>", range(30)) + "</ul>"
    ),
}


def address_of(form: str, number: int) -> str:
    """Return the address of a letter in one of ADDRESSES, relative to its directory."""
    uuid = f"{number:08x}-1a2b-4c3d-8e4f-0123456789ab"
    return ADDRESSES[form].format(n=number, id=f"{number:032x}", uuid=uuid)


def titles(kind: str, count: int) -> list[str]:
    """Return titles of papers: with number and 复函, or the subject alone."""
    form = (
        "某市交通局关于市政协五届五次会议第{:04}号提案的复函"
        if kind == "numbered"
        else "关于加强第{}片区停车管理的建议"
    )
    return [form.format(n + 1) for n in range(count)]


def page_of(
    hrefs: Sequence[str],
    said: Sequence[str],
    layout: str = LAYOUTS["list"],
    before: str = "",
    after: str = "",
) -> str:
    """Return a page that lists letters at `hrefs` by their titles."""
    around, _, row = layout.partition("|")
    rows = "".join(
        row.format(href=href, title=title) for href, title in zip(hrefs, said, strict=True)
    )
    return (
        f"<html><body>{before}<div class='main'>{around.format(rows)}</div>{after}</body></html>"
    )
