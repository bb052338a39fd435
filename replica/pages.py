"""The pages of the replica, in the form of *.cq.gov.cn: letters, lists, the home page."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from replica.document import CHANNELS, Document
from replica.noise import WEATHER, Noise, paragraph

PER_PAGE = 15
_SHOWN = 28  # characters of a title in a list
# What surrounds every page of a real site: menus, link lists, styles. Most of its bytes.
_MENU = "".join(
    f'<li class="nav-item nav-{place}"><a href="/zwgk/col{place}/" target="_blank" title="栏目{place}">'
    f"<i class='icon icon-{place % 9}'></i>政务公开栏目{place}</a></li>\n"
    for place in range(90)
)
_LINKS = "".join(
    f'<li>\n  <a href="http://www.site{place}.example/" target="_blank" title="友情链接{place}">友情链接{place}</a>\n</li>\n'
    for place in range(60)
)
_STYLE = "".join(
    f".zwxl-main .c{place} {{ margin: {place}px auto; color: #33{place:02d}33; font-size: 1.{place}rem; }}\n"
    for place in range(60)
)
NAMES = {"proposal": "提案公开", "suggestion": "建议公开"}
SITE = "重庆市发展和改革委员会"


@dataclass(frozen=True, slots=True)
class Design:
    """The template of letters' pages, which a site changes overnight."""

    outer: str = "zwxl-article"  # class of the element round a letter and its files
    container: str | None = None  # class of the editor's element; None: as the letter has it
    is_dated: bool = True  # the page tells its date


# How a letter of several pages leads to them: from page `here` of so many, from 0.
PAGERS: dict[str, Callable[[str, int, int], str]] = {
    "script": lambda name, pages, here: (
        f'<script>createPageHTML({pages}, {here}, "{name}", "html");</script>'
    ),
    "numbers": lambda name, pages, here: " ".join(
        f'<a href="./{name}{f"_{place}" if place else ""}.html">[{place + 1}]</a>'
        for place in range(pages)
        if place != here
    ),
    "next": lambda name, pages, here: (
        f'共{pages}页 <a href="./{name}_{min(here + 1, pages - 1)}.html">下一页</a>'
        f' <a href="./{name}_{pages - 1}.html">尾页</a>'
    ),
    "query": lambda name, pages, here: (
        f'<a href="./{name}.html">首页</a> <a href="./{name}.html?page={min(here + 2, pages)}">下一页</a>'
    ),
}


def letter_page(
    each: Document, noise: Noise, *, wap: bool = False, design: Design = Design(), number: int = 0
) -> str:
    """Return a page of a letter, desktop or mobile; `number` is from 0."""
    chance = noise.chance()
    published = each.fields["published_on"]
    told = f'<span class="tit">日期：</span><span class="con">{published}</span>'
    dated = told if design.is_dated else ""
    body = "".join(_block(kind, text, noise) for kind, text in each.part(number))
    name = each.path.rpartition("/")[2].removesuffix(".html")
    pager = f"<p>{PAGERS[each.pager](name, each.pages, number)}</p>" if each.pager else ""
    linked = [file for file in each.files if file.is_linked]
    files = "".join(_file_line(file.path, file.name) for file in linked if not file.scripted)
    scripted = "<BR/>".join(
        f'<a href="{file.path}">{file.name}</a>' for file in linked if file.scripted
    )
    related = "".join(
        f'<li><a href="../../../zwxx/tzgg/202611/t202611{day:02d}_{11800000 + day}.html">相关信息{day}</a></li>'
        for day in sorted(chance.sample(range(1, 28), 3))
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{each.declared}" />
<meta name="SiteName" content="{SITE}">
<META NAME="SiteDomain" CONTENT="fzggw.cq.gov.cn">
<meta name="ColumnName"content="{NAMES[each.kind]}">
<meta name="ColumnType" content="{NAMES[each.kind]}">
<meta name="ArticleTitle" content="{html.escape(each.title)}">
{dated and f"<meta content='{published} {chance.randint(8, 18):02d}:{chance.randint(0, 59):02d}' name='PubDate'>"}
<meta name="ContentSource" content="{SITE}">
<meta name="others" content="页面生成时间 {noise.stamp()}" />
<title>{NAMES[each.kind]}_{SITE}</title>
<link href="/css/main.css?t={chance.randint(10**9, 10**10)}" rel="stylesheet" />
<style>{_STYLE}</style>
<script>var SiteInfo = {{message: '系统正在升级，预计于晚上20时恢复，敬请谅解。', token: '{chance.getrandbits(64):x}'}};</script>
</head>
<body{' class="wap"' if wap else ""}>
<div class="header"><a href="/">首页</a><span id="riqi">{noise.stamp()[:10]}</span><span class="weather">{chance.choice(WEATHER)}</span></div>
<ul class="menu">{_MENU}</ul>
<div class="position">您当前的位置：<a href="/" title="首页">首页</a><span class="gt">></span><a href="../">建议提案办理</a><span class="gt">></span><span class="dq">{NAMES[each.kind]}</span></div>
<div class="zwxl-content">
<div class="zwxl-title"><p class="tit">{html.escape(each.title)}</p>
<div class="zwxl-bar">{dated}
<script>if("{SITE}"!=""){{document.write('<span class="tit">来源：</span>');}}</script>
<span>浏览次数：{chance.randint(10, 99999)}</span><div class="zwxl-font db"><span>大</span><span class="cur">中</span><span>小</span></div></div></div>
<div class="{design.outer}">
<div class="{design.container or each.container}">
{body}{files}{pager}</div>
<p>上一篇：<a href="./t20220101_1.html">关于上一件提案的复函</a> 下一篇：<a href="./t20220101_2.html">下一页</a></p>
<script type="text/javascript">var hasFJ='{scripted}';if(hasFJ!=''){{document.write('附件下载：');}}</script>
<div id="div_div" style="text-align: center"><div>扫一扫在手机打开当前页</div></div><canvas id="Canvas"></canvas>
</div>
<!-- 相关解读 {chance.randint(1, 9)} --><ul class="related">{related}</ul>
</div>
<div class="drop"><ul>{_LINKS}</ul></div>
<div class="footer"><a href="https://www-beian-gov-cnx45c{chance.getrandbits(48):x}xx.gateway.example/">备案号</a> {noise.stamp()[:4]} 返回顶部</div>
</body>
</html>
"""


def _block(kind: str, text: str, noise: Noise) -> str:
    if kind == "html":
        return text
    if kind == "table":
        rows = (row.split("\t") for row in text.split("\n"))
        cells = ("".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in row) for row in rows)
        return "<table border='1'>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>\n"
    if not noise.is_on:
        return f"<p>{html.escape(text)}</p>\n"
    count = sum(map(ord, text[:8])) + noise.count
    return paragraph(text, Noise(noise.seed, count).chance())


def _file_line(path: str, name: str) -> str:
    icon = '<img data-needdownload="false" src="/icons/icon_pdf.gif">'
    return f'<p class="insertfileTag">{icon}<a appendix="true" href="{path}">{name}</a></p>\n'


def list_page(
    kind: str, listed: Sequence[Document], page: int, noise: Noise, pages: int | None = None
) -> str | None:
    """Return page `page` of a channel's list, or None past its end; `pages` lets the pager lie."""
    total = max((len(listed) + PER_PAGE - 1) // PER_PAGE, 1)
    if page >= total:
        return None
    rows = "".join(_row(each, kind) for each in listed[page * PER_PAGE : (page + 1) * PER_PAGE])
    told = pages or total
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="ColumnName" content="{NAMES[kind]}">
<title>{NAMES[kind]}_{SITE}</title><link href="/css/main.css?t={noise.chance().randint(1, 10**9)}"></head>
<body><div class="header"><a href="/">首页</a> {noise.stamp()[:10]}</div>
<div class="gkm-cr glw-c"><div><ul class="list">
{rows}<li><a href="/zwgk/fdzdgknr/czyjs/">无详情链接的栏目导航</a></li><li class="empty"></li>
</ul></div></div>
<div class="side"><ul><li><a href="../../../zwxx/bmdt/202611/t20261101_11800001.html">本委动态……</a></li></ul></div>
<script>
//wcm分页，总记录：{len(listed)}
createPage({told}, {page}, "index", "html");
function createPage(_nPageCount, _nCurrIndex, _sPageName, _sPageExt) {{}}
</script></body></html>
"""


def _row(each: Document, kind: str) -> str:
    href = "./" + each.path.removeprefix(CHANNELS[kind])
    title = html.escape(each.title)
    shown = title if len(title) < _SHOWN else title[:_SHOWN] + "..."
    return f'<li class="clearfix"><a href="{href}" target="_blank" title="{title}">{shown}</a><span>{each.listed_on}</span></li>\n'


def home_page() -> str:
    """Return the home page."""
    links = "".join(
        f'<li><a href="{path}">{NAMES[kind]}</a></li>' for kind, path in CHANNELS.items()
    )
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{SITE}</title></head><body><ul>{links}</ul></body></html>"
