"""Whether a title reads as that of a reply, a proposal or a suggestion: 复函, 提案, 建议."""

import re

_SHORTEST = 5  # code points; a channel's name is as short: 提案答复
_PAPER = re.compile(
    r"(?:提案|建议|议案|代表|委员).{0,40}?(?:复函|函复|答复|回复|复文|办理|的函)"
    r"|(?:复函|答复函?|回复函?|答复意见|回复意见)(?:[（(〔\[].{0,40})?$"
    r"|第?[\s\dA-Za-z〔〕［］\[\]（）()、-]{1,20}号.{0,14}(?:提案|建议|议案|复函|答复|回复)"
    r"|(?:提案|建议|议案)第?[\s\d-]{1,12}号"
    r"|关于.{2,80}(?:提案|议案|建议)(?:(?:[（(〔\[]|[—–-]{2}).{0,30})?$"
)
# What only a list prints: a title that it cuts, 公开 behind one.
_LISTED = re.compile(
    r"(?:提案|建议|议案|代表|委员).{0,40}?复公开"
    r"|(?:复函|答复函?|回复函?|答复意见|回复意见)(?:[（(〔\[].{0,40})?(?:\.{2,}|…+)$"
)
# A year, a channel's name and nothing else: 2023年提案答复, 人大代表建议办理.
_CHANNEL = re.compile(
    r"(?:\d{4}年?度?)?(?:全国|[省市区县州]){0,2}(?:人大|政协|代表|委员|人民代表大会)*"
    r"(?:提案|建议|议案|[、和与及/])+"
    r"(?:答复|回复|复函|办理|公开|情况|结果|栏目|专栏|选登)*"
)


def reads_as_paper(title: str) -> bool:
    """Return whether a page's title reads as such papers' titles do; no channel's name does.

    >>> reads_as_paper("关于市政协五届五次会议第0501号提案的复函"), reads_as_paper("提案办理")
    (True, False)
    >>> reads_as_paper("关于扩大乡村医生培训规模的建议——以某区为例")
    True
    """
    return bool(_PAPER.search(title)) and not _CHANNEL.fullmatch(title)


def is_listed_as_paper(title: str) -> bool:
    """Return whether a title reads as such papers' titles do in a list, where some are cut.

    >>> is_listed_as_paper("关于加强停车管理的建议"), is_listed_as_paper("市政协召开提案交办会")
    (True, False)
    >>> is_listed_as_paper("市发展改革委复函…"), reads_as_paper("市发展改革委复函…")
    (True, False)
    """
    if len(title) < _SHORTEST or _CHANNEL.fullmatch(title):
        return False
    return bool(_PAPER.search(title) or _LISTED.search(title))
