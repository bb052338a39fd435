"""Composed pages in forms that the reader of bodies was not made by: it is measured by them.

A template says where a page prints title, day and text; `Day` is what changes around them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

NUMBER = "关于市政协八届二次会议第0318号提案的答复"
DATE = "2024-07-19"


@dataclass(frozen=True)
class Day:
    """What a site prints beside a letter on one day."""

    hits: int
    today: str
    ticker: tuple[str, ...]  # titles of news
    comments: tuple[str, ...] = ()

    @property
    def parts(self) -> dict[str, str]:
        news = "".join(
            f'<li><a href="/xw/{n}.html">{title}</a> <span>2024-08-1{n}</span></li>'
            for n, title in enumerate(self.ticker)
        )
        digests = "".join(
            f'<p><a href="/fh/{n}.html">关于市政协八届一次会议第0{n}号《关于优化城区公交线网的提案》的答复</a><br>'
            f"某委员：您提出的提案收悉，现答复如下：我市{title}，取得阶段性成效……</p>"
            for n, title in enumerate(self.ticker * 6)
        )
        said = "".join(
            f"<div><b>网友</b> <span>2024-08-1{n}</span><p>{words}</p></div>"
            for n, words in enumerate(self.comments)
        )
        return {
            "hits": str(self.hits),
            "nav": f'<div><a href="/">首页</a> <a href="/xw/">新闻</a> <a href="/gk/">政务公开</a> <a href="/hd/">互动</a>'
            f"<span>今天是{self.today} 多云 21℃</span> <marquee>{'　'.join(self.ticker)}</marquee></div>"
            '<div>当前位置：<a href="/">首页</a> &gt; <a href="./">建议提案</a></div>',
            "foot": "<div>主办：某市人民政府办公室　地址：某市人民路1号　电话：010-66112233　ICP备05000001号"
            f"<p>您是第{self.hits}位访客</p></div>",
            "news": f"<ul>{news}</ul>",
            "dense": f'<div class="zuo"><h4>相关复函</h4>{digests}</div>',
            "comments": f"<div><h4>网友评论（{len(self.comments)}条）</h4>{said}<form><textarea></textarea></form></div>",
            "votes": f"<div>您对本答复是否满意？ <label>满意（{self.hits}票）</label> <label>不满意（2票）</label></div>",
        }


@dataclass(frozen=True)
class Template:
    """A page's form: {title}, {day}, {text} and the parts of a Day stand in `main`."""

    main: str
    line: str = "<p>{}</p>"
    between: str = "\n"
    has_day: bool = True  # a reader can say when the page was published

    def page(self, lines: Sequence[str], day: Day) -> str:
        """Return a whole page; {opening}, {middle} and {close} are the text in three pieces."""
        printed = [each if each.startswith("<table") else self.line.format(each) for each in lines]
        pieces = {"text": printed, "opening": printed[:1], "middle": printed[1:-2]}
        pieces |= {"most": printed[:-2], "rest": printed[1:], "close": printed[-2:]}
        text = {name: self.between.join(part) for name, part in pieces.items()}
        main = self.main.format(title=NUMBER, day=DATE, **text, **day.parts)
        return (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{NUMBER}-某市政务公开网</title></head>'
            f"<body>{main}</body></html>"
        )


TEMPLATES = {
    "tables around the text, links beside": Template(
        "{nav}<table><tr><td width=200>{news}</td><td><table><tr><td align=center><font size=5><b>{title}</b></font></td></tr>"
        "<tr><td>发布时间：{day}　点击数：{hits}</td></tr><tr><td>{text}</td></tr>"
        "<tr><td>【<a href='javascript:window.print()'>打印</a>】【<a href='#'>关闭</a>】</td></tr></table></td></tr></table>{foot}"
    ),
    "boxes without a name": Template(
        "{nav}<div><div><div><div>{title}</div><div><div>日期：{day}</div><div>浏览：{hits}次</div></div><div><div>{text}</div></div>"
        "</div></div></div><div><div>相关信息</div>{news}</div>{foot}",
        "<div><div>{}</div></div>",
    ),
    "a cell with everything, parted by breaks": Template(
        "<table><tr><td><span>{title}</span><br><span>时间：{day}</span><br>{text}</td></tr></table>{nav}{foot}",
        "　　{}", "<br>",
    ),
    "a span for each line, and breaks": Template(
        '{nav}<div class="m"><h1>{title}</h1><p class="i">日期：{day}</p><div class="x"><p>{text}</p></div></div>{foot}',
        "<span>　　{}</span>", "<br/><br/>",
    ),
    "indented with blanks, empty paragraphs between": Template(
        '{nav}<div id="zw"><h1>{title}</h1><h5>{day}</h5>{text}</div>{foot}',
        "<p>&nbsp;&nbsp;&nbsp;&nbsp;{}&nbsp;</p><p>&nbsp;</p>",
    ),
    "fonts in fonts, nothing closed": Template(
        "{nav}<CENTER><FONT size=6>{title}</FONT><BR><FONT size=2>[{day}]</FONT></CENTER><TABLE><TR><TD>{text}</TABLE>{foot}",
        "<P><FONT face=宋体><FONT size=3><FONT color=#000000>{}</FONT></FONT></FONT>",
    ),
    "preformatted": Template(
        '{nav}<div class="box"><h3>{title}</h3><span>{day}</span><pre>\n{text}\n</pre></div>{foot}', "　　{}"
    ),
    "typed lines by a style": Template(
        '{nav}<div class="box"><h3>{title}</h3><div>{day}</div><div style="white-space: pre-line">{text}</div></div>{foot}',
        "　　{}",
    ),
    "in a field that can't be written in": Template(
        '{nav}<div class="box"><h3>{title}</h3><span>回复时间：{day}</span><textarea readonly rows=30>\n{text}</textarea></div>{foot}',
        "{}", has_day=False,
    ),
    "a column of letters that is denser than the letter": Template(
        '{nav}<div class="wrap">{dense}<div class="rt"><h1>{title}</h1><div>发布时间：{day}</div><div class="c">{text}</div></div></div>{foot}'
    ),
    "letters in the next cell": Template(
        "{nav}<table><tr><td><h1>{title}</h1><div>发布时间：{day}</div>{text}</td><td>{dense}</td></tr></table>{foot}"
    ),
    "votes and comments under it": Template(
        '{nav}<div class="art"><h1>{title}</h1><p>时间：{day}　阅读：{hits}　分享到：微信 微博</p><div class="ct">{text}</div>{votes}{comments}</div>{foot}'
    ),
    "neighbours and a disclaimer": Template(
        '{nav}<div class="art"><div class="bt">{title}</div><div class="sj">来源：办公室　发布时间：{day}</div><div class="nr">{text}</div>'
        '<div class="pn"><p>上一篇：<a href="/1.html">{hits}</a></p><p>下一篇：<a href="/2.html">另一件</a></p></div>'
        '<div>免责声明：本网站所载内容以正式文件为准，电话：010-66112233。</div></div>{foot}'
    ),
    "two halves round a picture": Template(
        '{nav}<div class="art"><h1>{title}</h1><div>{day}</div><div class="part1">{most}</div><div class="ad"><a href="/ad"><img src="/ad.gif?{hits}"></a></div>'
        '<div class="part2">{close}</div></div>{foot}'
    ),
    "salutation and signature in boxes of their own": Template(
        '{nav}<div class="m"><h1>{title}</h1><div class="info">发布时间：{day}　浏览次数：{hits}</div><div class="call">{opening}</div>'
        '<div class="txt">{middle}</div><div class="luokuan">{close}</div></div>{foot}'
    ),
    "a salutation before the box of the rest": Template(
        '{nav}<div class="m"><h1>{title}</h1><div class="info">发布时间：{day}</div><div class="t">{opening}<div class="inner">{rest}</div></div></div>{foot}'
    ),
    "an article with a footer of its own": Template(
        "{nav}<main><article><header><h1>{title}</h1><time>{day}</time></header><section>{text}</section>"
        "<footer><p>联系电话：010-12345678</p><p>{today}</p></footer></article><aside>{news}</aside></main>{foot}".replace("{today}", "{hits}")
    ),
    "items of a list": Template(
        "{nav}<dl><dt>{title}</dt><dd>时间：{day}</dd><dd><ul>{text}</ul></dd></dl>{foot}", "<li>{}</li>"
    ),
    "tools, editor and shares within the text": Template(
        '{nav}<div class="con"><p align=center><strong>{title}</strong></p><p align=center>{day}　字号：[ 大 中 小 ]　[ 打印 ]</p>{text}'
        "<p align=right>（责任编辑：{hits}号）</p><p>扫一扫在手机打开当前页</p><p>【打印本页】【返回顶部】</p><p>分享到： 新浪微博</p></div>{foot}"
    ),
    "an index table above": Template(
        '{nav}<table class="xx"><tr><td>索引号：</td><td>0112345/2024-00318</td><td>发布日期：</td><td>{day}</td></tr><tr><td>名　称：</td><td colspan=3>{title}</td></tr></table>'
        '<div class="xxgk"><h2>{title}</h2><div class="tools">字体：【大 中 小】</div><div class="text">{text}</div></div>{foot}'
    ),
    "a hidden tab with the proposal": Template(
        '{nav}<h1>{title}</h1><div>发布时间：{day}</div><div class="tab">{text}</div>'
        '<div class="tab" style="display:none"><p>案由：据统计2023年投诉量达4521件，建议投入资金8000万元，切实解决群众反映强烈的问题。</p></div>{foot}'
    ),
    "the day under the text": Template(
        '{nav}<div class="k"><div class="k1">{news}</div><div class="k2"><h3>{title}</h3>{text}<p>发布日期：{day}</p><p>访问次数：{hits}</p></div></div>{foot}'
    ),
    "a copy for small screens": Template(
        '{nav}<div class="pc"><h1>{title}</h1><p>{day}</p><div>{text}</div></div><div class="mobile" style="display:none"><h1>{title}</h1><div>{text}</div></div>{foot}'
    ),
    "what a word processor writes": Template(
        '{nav}<div class="content"><p class="title">{title}</p><p class="date">发文时间:{day} 阅读人次:{hits}</p><blockquote><div class="WordSection1">{text}</div></blockquote></div>{foot}',
        '<p class="MsoNormal"><span lang="EN-US"><o:p></o:p></span><!--[if !supportLists]-->{}<!--[endif]--><o:p>&nbsp;</o:p></p>',
    ),
    "a title in two lines": Template(
        '{nav}<div class="m"><h1>关于市政协八届二次会议<br>第0318号提案的答复</h1><div class="i"><span>{day}</span> <span>{hits}次浏览</span></div><div class="txt">{text}</div></div>{foot}'
    ),
    "elements that the site made up": Template(
        "<gov-header>{nav}</gov-header><gov-article><gov-title>{title}</gov-title><gov-meta>发布时间：{day}</gov-meta><gov-body>{text}</gov-body></gov-article>{foot}"
    ),
    "folded open": Template(
        "{nav}<details open><summary>{title}</summary><p>发布时间：{day}</p>{text}</details>{foot}"
    ),
    "a row for each paragraph": Template(
        '{nav}<table class="o"><tr><th>{title}</th></tr><tr><td>发布日期：{day} 人气：{hits}</td></tr>{text}</table>{foot}',
        "<tr><td>{}</td></tr>",
    ),
    "no title but the window's": Template('{nav}<div class="m"><div class="t">{text}</div></div>{foot}', has_day=False),
}  # fmt: skip
