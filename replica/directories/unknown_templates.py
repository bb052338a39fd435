"""Letters' pages whose body's element no family knows: what stands around one letter varies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

TITLE = "关于市政协五届五次会议第0501号提案的复函"
SITE = "某市人民政府"
CRUMB = (
    '<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/tagk/">提案公开</a>'
)
LETTER = (
    "赵小华委员：",
    "您提出的《关于建设停车场的建议》（第0501号）收悉，现答复如下：",
    "一、加快停车设施建设",
    "2022年新增停车位800个，改造老旧小区12个，投入资金3.5亿元。",
    "二、下一步工作",
    "我委将会同有关部门加强规划，推进共享停车，完善收费政策。",
    "感谢您的关心和支持！",
    "某市发展和改革委员会",
    "2022年6月7日",
)


@dataclass(frozen=True)
class Chrome:
    """What a template prints around a letter: much of it changes from day to day."""

    hits: int = 12
    related: int = 0
    sidebar: int = 3
    stamp: str = "2026-11-24 10:23:36"
    weather: str = "晴 12～21℃"
    title: str = TITLE
    published_on: str = "2022-06-17"

    @property
    def details(self) -> str:
        """The line under the title."""
        parts = ("来源：本委", f"浏览次数：{self.hits}", "【字体：大 中 小】", "打印")
        return " ".join((f"发布时间：{self.published_on}", *parts))

    @property
    def links(self) -> str:
        """Links to what is related; empty where there are none."""
        rows = "".join(
            f'<li><a href="/xw/{n}.html">相关文章第{n}篇</a></li>' for n in range(self.related)
        )
        return f'<div class="xgwz"><h4>相关文章</h4><ul>{rows}</ul></div>' if rows else ""

    @property
    def aside(self) -> str:
        """The news beside the letter."""
        rows = "".join(
            f'<li><a href="/xw/s{n}.html">本委动态{n}：召开工作会议，部署任务</a></li>'
            for n in range(self.sidebar)
        )
        return f"<h3>热点</h3><ul>{rows}</ul>"

    @property
    def foot(self) -> str:
        """Links to the letters before and after, and to what is related."""
        before, after = (
            f'<p>{word}一篇：<a href="/{number}.html">{word}一件</a></p>'
            for number, word in enumerate("上下", start=1)
        )
        return f"{before}{after}{self.links}"


def paragraphs(lines: Sequence[str], tag: str = "p", attributes: str = "") -> str:
    """Return each line in an element of its own."""
    return "".join(f"<{tag}{attributes}>{line}</{tag}>" for line in lines)


def _box(inside: str, chrome: Chrome) -> str:
    return f'<div class="content-body">{inside}</div>{chrome.foot}'


def heading_and_box(lines: Sequence[str], chrome: Chrome) -> str:
    """div.content-body, as csrc has it."""
    return (
        f'<div class="main"><h1>{chrome.title}</h1><div class="info">{chrome.details}</div>'
        f"{_box(paragraphs(lines), chrome)}</div>"
    )


def two_columns(lines: Sequence[str], chrome: Chrome) -> str:
    """Title, date and text to the left, as sasac has it."""
    return (
        f'<div class="wrap"><div class="left"><div class="zsy_cotitle">{chrome.title}</div>'
        f'<div class="date">{chrome.details}</div>'
        f'<div class="zsy_comain">{paragraphs(lines)}</div></div>'
        f'<div class="col_r">{chrome.aside}</div></div>{chrome.foot}'
    )


def by_id(lines: Sequence[str], chrome: Chrome) -> str:
    """Text by an id that says nothing, in a form of ASP.NET."""
    return (
        f'<form id="form1"><div class="box"><h2>{chrome.title}</h2>'
        f'<p class="time">{chrome.details}</p><div id="Content">{paragraphs(lines)}</div>'
        '<div class="share">分享到：<a href="#">微信</a></div></div></form>'
    )


def title_far_above(lines: Sequence[str], chrome: Chrome) -> str:
    """Title and text in parts of their own, as bjjs has them."""
    return (
        f'<div class="bt"><h1>{chrome.title}</h1></div><div class="con"><div class="inner">'
        f'<div id="nr_box">{paragraphs(lines)}</div>'
        f'</div><div class="fr">{chrome.aside}</div></div>'
    )


def breaks(lines: Sequence[str], chrome: Chrome) -> str:
    """Lines between breaks."""
    return (
        f'<div class="page"><h1>{chrome.title}</h1><div class="info">{chrome.details}</div>'
        f'<div class="txt">{"<br>".join(lines)}</div>{chrome.foot}</div>'
    )


def bare_breaks(lines: Sequence[str], chrome: Chrome) -> str:
    """Lines between breaks, in the element of title and date."""
    return (
        f'<div class="page"><h1>{chrome.title}</h1><div class="info">{chrome.details}</div>'
        f"{'<br>'.join(lines)}</div>{chrome.links}"
    )


def layout_tables(lines: Sequence[str], chrome: Chrome) -> str:
    """Tables within tables."""
    return (
        f"<table width=980><tr><td>{chrome.aside}</td><td><table>"
        f"<tr><td align=center><b>{chrome.title}</b></td></tr>"
        f"<tr><td>{chrome.details}</td></tr><tr><td>{paragraphs(lines)}</td></tr></table></td>"
        "</tr></table>"
    )


def divs_in_a_row(lines: Sequence[str], chrome: Chrome) -> str:
    """Each paragraph a div with a class, beside the title, as NDRC has them."""
    return (
        f'<div class="article_ri"><h1>{chrome.title}</h1><div class="info">{chrome.details}</div>'
        f'{paragraphs(lines, "div", " class=para")}<div class="share">分享到：</div></div>'
        f"{chrome.links}"
    )


def plain_divs_in_a_row(lines: Sequence[str], chrome: Chrome) -> str:
    """Each paragraph a div, beside the title."""
    return (
        f'<div class="article_ri"><h1>{chrome.title}</h1><div class="info">{chrome.details}</div>'
        f'{paragraphs(lines, "div")}</div><div class="recommend">{chrome.aside}</div>'
    )


def paragraphs_beside_the_title(lines: Sequence[str], chrome: Chrome) -> str:
    """Each paragraph in the element of title and date."""
    return (
        f'<div class="detail"><h1>{chrome.title}</h1><p class="info">{chrome.details}</p>'
        f"{paragraphs(lines)}{chrome.links}</div>"
    )


def nested_boxes(lines: Sequence[str], chrome: Chrome) -> str:
    """Half of the text in one more element than the other half."""
    half = len(lines) // 2
    inside = f"<div>{paragraphs(lines[:half])}</div>{paragraphs(lines[half:])}"
    return (
        f'<div class="main"><h1>{chrome.title}</h1><div class="wz"><div>'
        f'<div class="nr">{inside}</div></div></div></div><div class="r">{chrome.aside}</div>'
    )


def article_element(lines: Sequence[str], chrome: Chrome) -> str:
    """Title, date and text in the elements of HTML 5."""
    return (
        f"<main><article><header><h1>{chrome.title}</h1><time>{chrome.details}</time></header>"
        f"<section>{paragraphs(lines)}</section><footer>责任编辑：办公室</footer></article>"
        f"<aside>{chrome.aside}</aside></main>"
    )


def centred_title_in_the_text(lines: Sequence[str], chrome: Chrome) -> str:
    """Title as the first paragraph of the text."""
    return (
        f'<div class="detail"><div class="time">{chrome.details}</div><div class="zw">'
        f'<p align="center"><strong>{chrome.title}</strong></p>{paragraphs(lines)}</div>'
        f"{chrome.foot}</div>"
    )


TEMPLATES: dict[str, Callable[[Sequence[str], Chrome], str]] = {
    each.__name__: each
    for each in (
        heading_and_box, two_columns, by_id, title_far_above, breaks, bare_breaks, layout_tables,
        divs_in_a_row, plain_divs_in_a_row, paragraphs_beside_the_title, nested_boxes,
        article_element, centred_title_in_the_text,
    )
}  # fmt: skip


def around(main: str, chrome: Chrome = Chrome(), *, head: str | None = None) -> str:
    """Return a whole page around the part of it that differs from template to template.

    `head` is its <title>; None for that of the letter and the site.
    """
    named = f"{chrome.title}_{SITE}" if head is None else head
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{named}</title>'
        "<style>.c{color:red}</style></head><body>"
        f'<div class="header"><h1>{SITE}</h1>{chrome.weather}</div>'
        '<ul class="menu"><li><a href="/">首页</a></li>'
        '<li><a href="/zwgk/">政务公开</a></li></ul>'
        f'<div class="crumb">您当前的位置：{CRUMB}</div>{main}'
        '<div class="footer"><p>主办：某市人民政府办公室，地址：某市某路1号。</p>'
        f"<p>备案号：ICP备05003300号 生成于{chrome.stamp}</p></div>"
        "<script>var t='系统维护中，请稍后访问';</script></body></html>"
    )


def page_of(template: str, lines: Sequence[str] = LETTER, chrome: Chrome = Chrome()) -> str:
    """Return a page of a letter, whole."""
    return around(TEMPLATES[template](lines, chrome), chrome)
