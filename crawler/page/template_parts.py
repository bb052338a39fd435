"""Parts of a template round a letter (模板): menus, lists of links, share bars, footers.

Each is told by itself, never by what is beside it: nothing that is added to a page makes a part of
another block.
"""

import re

from crawler.page.blocks import Block
from letters.late_pattern import late_pattern

_TAGS = {"nav", "footer", "aside", "header", "dialog", "menu"}
_LISTS = {"ul", "ol", "dl", "menu"}
# Whole words of a class or an id, parted by - and _.
_NAME = late_pattern(
    r"(?:^|[-_])(?:(?:right|left)?side(?:bar)?\d*|aside|foot(?:er)?\d*|bottom|copyright|nav(?:bar|igation)?|menus?"
    r"|head(?:er)?|top(?:bar|nav)?|crumbs?|breadcrumbs?|bread|position|dqwz|weizhi|relat(?:ed|ion)?"
    r"|xg(?:wj|yd|lj|jd|xx|wd|nr|zl|wz|zc)\w*|links?|friend\w*|yqlj|recommend\w*|hot|tools?(?:bar)?"
    r"|share\w*|bdshare\w*|fenxiang|jiathis\w*|qr\w*|ewm|erweima|wechat|weixin|weibo|comments?|pinglun"
    r"|counter|hits|login|search|banner|fontsize|zihao|disclaimer|mianze|shengming|keywords?|tags|(?:go|back)?_?(?:to)?top\w*|float\w*"
    r"|prev(?:next)?|next|sxp|sxy|shangxia\w*|pagers?|pagination|zhaiyao|abstract|print(?:er|btn)?|dayin)"
    r"(?:$|[-_])",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"ICP备\d|公网安备|版权所有(?![者人权])|网站标识码|网站地图|copyright\W", re.IGNORECASE
)
_BAR = late_pattern(
    r"^(?:(?:您|当前|现在|所在).{0,6}位置[：:]|分享(?:到|至|$)|[上下]一[篇条]|扫一扫|用?(?:手机|微信)扫|责任编辑[：:]"
    r"|[【\[]?(?:打印|关闭)(?:本页|本文|窗口|$|[】\]|])|【?字[号体](?:[：:（(【\[大]|$)"
    r"|相关(?:链接|解读|阅读|信息|文章|新闻|文档|稿件|报道)[：:]?$)"
)
# What comments, votes and notices of the site are headed by, whatever is said in them.
_HEADED = late_pattern(
    r"(?:免责|版权|网站|郑重)声明(?:[：:]|$)"
    r"|(?:网友|网民|最新|热门|精彩|全部|发表|用户|文章|我要)?(?:评论|留言|跟帖)(?:列表|区)?(?:[（(【\[]?(?:共|\d)|[：:]?$)"
    r"|您?(?:对|认为)?(?:本|该|此|这)(?:答复|文|篇|信息|回复|内容|页|稿件|条)[^。；]{0,12}(?:是否|满意吗|有帮助|评价|打分)"
    r"|(?:非常|很|基本|不)?满意(?:[（(]\d+票?[）)]|[：:]?\d+票)"
)
_SHARED = re.compile(r"扫一扫|二维码|朋友圈|微信客户端")
_CAPTION = 60  # characters at most
_MOST_LINKED = 0.6  # share of its text in links from which on a block is a list of links
_FEWEST = 2  # links of a list
_MANY = 3  # links of a menu
_MENU_WORD = 6  # characters
_ENTRIES = 3  # of a list that shows the beginning of each document
_LONGEST = 300  # characters; of a line about the page
_DAY = r"\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
# 来源：…, 发布时间：…, 【字体：大 中 小】, 2022-06-17 10:00
_DETAIL = late_pattern(
    rf"[\[【（(]?(?:{_DAY}[\]】）)]?$|(?:{_DAY})?[\[【（(]?(?:(?:(?:信息|文章|稿件|内容)?来源|稿源"
    r"|(?:发布|更新|公开|生成|发文|成文|回复|办结|提交|上网|录入)?(?:时间|日期)"
    r"|发布(?:机构|单位|者|人|部门)|作者|编辑|索引号|保护视力色"
    r"|(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?|字[号体](?:大小)?)[】\])）]?[：:\d【\[]"
    r"|字[号体]|打印|关闭|分享))"
)


def is_template_part(block: Block) -> bool:
    """Return whether a block is part of the template by its name, its words or its links."""
    if block.tag is None:
        return _is_bar(block) or _is_list_of_links(block)
    if block.tag in _TAGS or any(map(_NAME().search, block.names)):
        return True
    return (
        _is_bar(block)
        or _is_list_of_links(block)
        or _is_digest(block)
        or bool(_HEADED().match(_first_line(block)))
    )


def _first_line(block: Block) -> str:
    while block.children:
        block = block.children[0]
    return block.text


def _is_bar(block: Block) -> bool:
    content, text = block.content, block.text
    is_caption = (
        content.prose == content.text and _SHARED.search(text) and content.text <= _CAPTION
    )
    return bool(text) and bool(
        _FOOTER.search(text) or (not content.prose and _BAR().search(text)) or is_caption
    )


def _is_list_of_links(block: Block) -> bool:
    content = block.content
    if content.files or _is_menu(block):
        return not content.files
    fewest = 1 if block.tag in _LISTS else _FEWEST
    is_linked = content.linked >= _MOST_LINKED * content.text
    return content.links >= fewest and is_linked and not content.prose


def _is_menu(block: Block) -> bool:
    """Return whether a line holds many links, of short words where a sentence is with them."""
    content = block.content
    is_short = content.linked <= _MENU_WORD * content.links
    return block.is_leaf and content.links >= _MANY and (is_short or not content.prose)


def _is_digest(block: Block) -> bool:
    """Return whether a block is a list of documents, each with a link and how it begins."""
    entries = [each for each in block.children if each.content.text]
    linked = [each for each in entries if each.content.links and _begins_with_link(each)]
    return len(linked) >= _ENTRIES and len(linked) * 2 > len(entries)


def _begins_with_link(block: Block) -> bool:
    first = next((each for each in block.walk() if each.tag is None and each.content.text), None)
    return (
        first is not None
        and first.content.links > 0
        and first.content.linked * 2 > first.content.text
    )


def is_detail(block: Block) -> bool:
    """Return whether a block is a line about the page: its source, its date, its buttons."""
    content = block.content
    is_short = not content.prose and content.text <= _LONGEST
    return is_short and bool(_DETAIL().match(block.text))
