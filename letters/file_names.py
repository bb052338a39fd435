"""Whether what a page calls a file (附件) names it: the words of a button do not."""

import re
from urllib.parse import unquote, urlsplit

from letters.letter import Attachment
from letters.text import squashed

_LONGEST = 16  # code points of a button's words
_OBJECT = r"(?:附件|文件|全文|正文|原文|文档)"
# 点击下载, 【附件】, 下载附件：, 请点击此处, download
_BUTTON = re.compile(
    rf"\W*(?:详见|请见|见)?(?:请?(?:点击|点此|立即|在线|直接))?(?:此处|这里|{_OBJECT})?"
    rf"(?:下载|查看|预览|打开|浏览|此处|这里|{_OBJECT})(?:此?{_OBJECT}|地址|链接)?\W*"
    r"|\W*(?:download|attach(?:ment)?s?|file|open|view|here|untitled)\W*",
    re.IGNORECASE,
)
_OF_SERVER = re.compile(r"\.(?:jsp|do|action|aspx?|ashx|php|s?html?)$|^[^.]*$", re.IGNORECASE)


def is_button(words: str) -> bool:
    """Return whether words are those of a link to any file.

    >>> [is_button(each) for each in ("点击下载", "【附件】", "附件1", "项目清单下载")]
    [True, True, False, False]
    """
    return len(words) <= _LONGEST and bool(_BUTTON.fullmatch(squashed(words)))


def says_no_name(file: Attachment) -> bool:
    """Return whether what a page calls a file names none: a button, or what serves all files.

    >>> says_no_name(Attachment("down.jsp", "http://x.gov.cn/down.jsp?id=7"))
    True
    """
    if not file.name or is_button(file.name):
        return True
    last = unquote(urlsplit(file.url).path.rpartition("/")[2])
    return file.name in {file.url, last} and bool(_OF_SERVER.search(last))
