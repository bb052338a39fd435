"""Directories of many forms, composed: addresses, layouts, and what else is on their pages."""

from collections.abc import Sequence

URL = "http://gov.example/zwgk/tagk/"
ADDRESSES = {
    "plain": "/letters/0{n}.html",
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
LAYOUTS = {
    "list": '<ul class="list">{}</ul>|<li><a href="{href}" title="{title}">{title}</a><span>2022-06-17</span></li>',
    "table": '<table class="t"><tbody>{}</tbody></table>|<tr><td>1</td><td><a href="{href}">{title}</a></td><td>2022-06-17</td></tr>',
    "divisions": '<div class="list">{}</div>|<div class="item"><div class="tit"><h3><a href="{href}">{title}</a></h3></div><div class="time">2022-06-17</div></div>',
    "paragraphs": '<div class="list">{}</div>|<p><a href="{href}">{title}</a> <span>2022-06-17</span></p>',
    "terms": '<dl>{}</dl>|<dt><a href="{href}">{title}</a></dt><dd>2022-06-17</dd>',
    "links alone": '<div class="list">{}</div>|<a href="{href}"><p>{title}</p><span>2022-06-17</span></a>',
    "two links": '<ul>{}</ul>|<li><a href="{href}">{title}</a><span>2022-06-17</span><a href="{href}">详情</a></li>',
    "the channel before the title": '<ul>{}</ul>|<li><a href="/zwgk/tagk/all/">[提案]</a><a href="{href}">{title}</a><span>2022-06-17</span></li>',
    "a mark in some rows": '<ul>{}</ul>|<li class="odd"><a class="new" href="{href}">{title}</a><span>2022-06-17</span></li>',
    "ids of their own": '<ul>{}</ul>|<li id="line_u8_0"><a href="{href}">{title}</a><span>2022-06-17</span></li>',
}  # fmt: skip
_ITEMS = "".join
CHROME = {
    "navigation": "<ul class='nav'>" + _ITEMS(f"<li><a href='/c{n}/'>政务公开栏目{n}</a></li>" for n in range(40)) + "</ul>",
    "navigation without a name": "<div><ul>" + _ITEMS(f"<li><a href='/c{n}.html'>公开指南{n}</a></li>" for n in range(40)) + "</ul></div>",
    "channels of proposals": "<ul>" + _ITEMS(f"<li><a href='/c{n}.html'>20{n}年提案答复</a></li>" for n in range(10, 30)) + "</ul>",
    "channels in folders": "<ul>" + _ITEMS(f"<li><a href='/zwgk/{n}/'>建议提案办理结果公开第{n}类</a></li>" for n in range(25)) + "</ul>",
    "years": "<ul>" + _ITEMS(f"<li><a href='/zwgk/{n}.html'>{n}年</a></li>" for n in range(2001, 2023)) + "</ul>",
    "breadcrumbs": "<div class='position'>当前位置：<a href='/'>首页</a> &gt; <a href='/zwgk/'>政务公开</a> &gt; <a href='/x.html'>建议提案</a></div>",
    "news in a list": "<div class='news'><ul>" + _ITEMS(f"<li><a href='/news/{n}.html'>全市召开第{n}次专题会议</a></li>" for n in range(12)) + "</ul></div>",
    "more news than rows": "<div class='news'><h3>工作动态</h3><ul>" + _ITEMS(f"<li><a href='/news/{n}.html'>全市召开第{n}次专题会议部署任务</a></li>" for n in range(20)) + "</ul></div>",
    "hot papers": "<div class='hot'><ul>" + _ITEMS(f"<li><a href='/rd/{n}.html'>关于第{n}号提案的答复</a></li>" for n in range(8)) + "</ul></div>",
    "hot papers by their heading": "<div class='box'><h3>热点推荐</h3><ul>" + _ITEMS(f"<li><a href='/rd/{n}.html'>关于第{n}号提案的答复</a></li>" for n in range(8)) + "</ul></div>",
    "a neighbour channel": "<div class='box'><h3>建议公开</h3><ul>" + _ITEMS(f"<li><a href='/jygk/{n}.html'>关于第{n}号建议的答复</a></li>" for n in range(8)) + "</ul></div>",
    "links to friends": "<div class='links'><h3>友情链接</h3><ul>" + _ITEMS(f"<li><a href='http://s{n}.example/'>某市人民政府门户网站{n}</a></li>" for n in range(60)) + "</ul></div>",
    "a pager": "<div class='page'>" + _ITEMS(f"<a href='index_{n}.html'>{n + 1}</a>" for n in range(1, 20)) + "</div>",
    "an index of files": "<ul>" + _ITEMS(f"<li><a href='/f/{n}.pdf'>关于第{n}号提案的答复附件</a></li>" for n in range(30)) + "</ul>",
}  # fmt: skip


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
