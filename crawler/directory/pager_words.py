"""The words by which pagers lead on: 下一页, 尾页, 更早, 更多; and what a link without any is."""

import re

from selectolax.lexbor import LexborNode

from letters.text import squashed

NEXT = re.compile(
    r"(?:下一?[页頁]|后一?[页頁]|向?[后下]翻页?|next(?:page)?|older(?:posts|entries)?)[>»›→]*|[>»›→▶►]{1,2}"
    r"|[下后]一?[批组](?:提案|建议|答复|复函)*|[下后]\d{1,3}[页頁条篇件]|更早的?.{0,6}|查看(?:后面|更早|以往)的?.{0,6}",
    re.IGNORECASE,
)
LAST = re.compile(r"(?:[尾末][页頁]|最[后後末]一?[页頁]|last(?:page)?)[>»›→]*", re.IGNORECASE)
REST = re.compile(
    r"[\[［(（【>»+]*(?:(?:查看|进入|浏览)?(?:更多|全部).{0,4}|more[>»…+]*|进入列表页?)[\]］)）】>»]*",
    re.IGNORECASE,
)
_NAMED_NEXT = re.compile(r"(?:^|[\s/_-])next(?:$|[\s._-])")
_NAMED_MORE = re.compile(r"(?:^|[\s/_-])more(?:$|[\s._-])", re.IGNORECASE)
_NAMED_RIGHT = re.compile(r"(?:^|[\s_-])(?:right|next|forward)(?:$|[\s_-])")  # an icon


def words_of(anchor: LexborNode) -> str:
    """Return what a link says: in words, by its title or picture, or by what it is called."""
    if printed := squashed(anchor.text()):
        return printed
    picture, given = anchor.css_first("img"), anchor.attributes
    shown = picture.attributes if picture is not None else {}
    labels = (
        *(given.get("title"), given.get("aria-label"), given.get("alt"), shown.get("alt")),
        given.get("value") if anchor.tag == "input" else None,
    )
    words = (squashed(label or "") for label in labels)
    return next(filter(None, words), "") or _called(anchor, shown.get("src") or "")


def _called(anchor: LexborNode, picture: str) -> str:
    """Return what a link without words is by its class, its picture or its icon."""
    names = f"{anchor.attributes.get('class') or ''} {picture}"
    if anchor.tag == "link" or _NAMED_NEXT.search(names):
        return "下一页"
    icon = anchor.css_first("i, svg")
    if icon is not None and _NAMED_RIGHT.search(icon.attributes.get("class") or ""):
        return "»"  # to the next page, or to the next picture
    return "更多" if _NAMED_MORE.search(names) else ""
