"""The names of channels (栏目) in which such letters are published, and of menus above them."""

import re

from letters.text import squashed

_LONGEST = 24  # code points of a channel's name
_PAPER = r"(?:提案|建议|议案)"
_CHANNEL = re.compile(
    rf"(?:人大|政协|代表|委员|人民代表).{{0,8}}{_PAPER}"
    rf"|{_PAPER}[和与及、/]?.{{0,2}}{_PAPER}"
    rf"|{_PAPER}.{{0,4}}(?:公开|办理|答复|复函|回复|复文|结果|情况|专栏|选登|工作)"
    r"|两会.{0,4}(?:办理|答复|建议|提案)"
)
# Where citizens are asked for their own, and news about it.
_OTHER = re.compile(
    r"征集|征求|意见建议|投诉|咨询|网上调查|我要|在线|市民|网民|群众|会议|召开|通知|关于|[，。；？！]"
)
_MENU = re.compile(
    r"(?:政务|政府|法定|主动|信息)+(?:信息)?公开.{0,6}|公开目录|法定主动公开内容|重点领域.{0,6}|专题专栏|专栏"
)


def is_channel_name(words: str) -> bool:
    """Return whether a link's words name a channel of replies to proposals or suggestions.

    >>> is_channel_name("建议提案"), is_channel_name("意见建议征集"), is_channel_name("提案公开")
    (True, False, True)
    """
    name = squashed(words)
    return len(name) <= _LONGEST and bool(_CHANNEL.search(name)) and not _OTHER.search(name)


def is_menu_name(words: str) -> bool:
    """Return whether a link's words name a part of a site in which such channels are.

    >>> is_menu_name("政府信息公开"), is_menu_name("法定主动公开内容"), is_menu_name("公开招聘")
    (True, True, False)
    """
    name = squashed(words)
    return len(name) <= _LONGEST and bool(_MENU.fullmatch(name))
