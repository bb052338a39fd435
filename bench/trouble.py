"""The faults of one night: some pages, now and then a page of the directory, now and then all."""

import random
import re
from collections import Counter
from collections.abc import Callable

from replica import faults
from replica.document import Document
from replica.faults import Send
from replica.pages import Design
from replica.pdf import make_pdf
from replica.server import Replica

SHARE = 0.05  # of the letters' pages, at most, that meet a fault in one night
FILE_SHARE = 0.2  # of the files
PER_PAGE = 15
SEEN_BETWEEN = 10  # nights between two at one letter: by then it has surely been seen
OTHER = Design(outer="xl-main", container="article-body")  # another template, the same words

_BODY = re.compile(
    rb"(<div class=[^>]*(?:TRS_\w+|article-body)[^>]*>\n).*?"
    rb"(</div>\n(?:<p>[^\n]*</p>\n)?<script [^>]*>var hasFJ)",
    re.DOTALL,
)
TODAY = "<p>今天是2026年11月24日 星期二</p>".encode()


def _loading(body: bytes) -> bytes:
    """Return a page whose text has not come yet: one paragraph stands for all, and says so."""
    start = body.find(b'<p style="text-indent')
    if start < 0:  # no letter stands there now
        return b""
    end = body.index(b"</div>", start)
    return body[:start] + "<p>正文加载中，请稍候……</p>".encode() + body[end:]


def _emptied(body: bytes, left: bytes = b"") -> bytes:
    """Return a page whose body's element holds nothing, or only what is `left`."""
    return _BODY.sub(lambda found: found[1] + left + found[2], body)


def _unfilled(body: bytes) -> bytes:
    """Return a page without its text whose template shows its code where one is led."""
    code = b'<div class="position">$pageHelpBean.getColumnNavPath(" > ",true)'
    return _emptied(body).replace(b'<div class="position">', code)


def _with_unseen(body: bytes) -> bytes:
    """Return a page with characters, a table, words and a counter that no reader sees or heeds."""
    for char in ("的", "年", "第"):
        body = body.replace(char.encode(), f"{char}\ufe0f\u3164".encode())
    hidden = "<table hidden><tr><td>编号</td><td>7</td></tr></table><p style='font-size:0'>7</p>"
    counted = body.replace(b".pdf</a>", ".pdf（下载次数：7）</a>".encode())
    return _BODY.sub(lambda found: found[0].replace(found[2], hidden.encode() + found[2]), counted)


def _links(change: Callable[[bytes], bytes], most: int = 3) -> Send:
    """Return what serves a page of the directory with the links of its first rows changed."""
    return faults.altered(
        lambda body: _LINK.sub(lambda found: b'href="' + change(found[1]) + b'"', body, most)
    )


def _one_lost(body: bytes) -> bytes:
    """Return a page of the directory on which one row stands twice and another is missing."""
    rows: list[bytes] = _ROW.findall(body)
    return body.replace(rows[-1], b"").replace(rows[0], rows[0] * 2) if len(rows) > 1 else body


_LINK = re.compile(rb'href="([^"]*t\d{8}_\d+\.html)"')
_ROW = re.compile(rb"<li class=.clearfix.*?</li>", re.DOTALL)
_CALL = re.compile(rb"createPage\(\d+, \d+, [^)]*\);")
PAGER = (
    b'</script><div id="page"></div><script>laypage.render({elem:"page",count:total,limit:15});'
)

PAGE_FAULTS: dict[str, Send] = {
    "not modified": faults.status(304),
    "stall": faults.stall(),
    "reset": faults.reset(),
    "truncated": faults.truncated(300, 30_000),
    "half by its length": faults.too_short(0.5),
    "most by its length": faults.too_short(0.7),
    "within a character": faults.within_a_character(0.7),
    "slow drip": faults.drip(20, 0.1),
    "gzip bomb": faults.gzip_bomb(40_000_000),
    "not gzip": faults.page(b"<p>plain</p>", Content_Encoding="gzip"),
    "not deflate": faults.page(b"<p>plain</p>", Content_Encoding="deflate"),
    "not brotli": faults.page(b"<p>plain</p>", Content_Encoding="br"),
    "not zstd": faults.page(b"<p>plain</p>", Content_Encoding="zstd"),
    "redirect to no URL": faults.redirect("http://[bad/"),
    "redirect to upkeep": faults.redirect("/weihu.html"),
    "redirect to a captcha": faults.redirect("/verify/captcha.html"),
    "refresh of itself": faults.page(
        '<meta http-equiv="refresh" content="5">系统繁忙，请稍后再试'
    ),
    "loading": faults.altered(_loading),
    "500": faults.status(500),
    "502": faults.status(502),
    "403": faults.status(403),
    "412": faults.status(412),
    "521": faults.status(521),
    "429": faults.status(429, Retry_After="0"),
    "503 with Retry-After": faults.status(503, Retry_After="0"),
    "challenge": faults.page(faults.CHALLENGE),
    "login": faults.page(faults.LOGIN),
    "maintenance": faults.page(faults.MAINTENANCE),
    "empty": faults.page(b""),
    "wrong charset": faults.altered(bytes, content_type="text/html; charset=gbk"),
    "Latin charset": faults.altered(bytes, content_type="text/html; charset=ISO-8859-1"),
    "wrong type": faults.altered(bytes, content_type="image/png"),
    "redirect to another site": faults.redirect("http://other.example/"),
    "body missing": faults.altered(
        lambda body: body.replace(b"TRS_", b"sidebar X_").replace(b"zwxl-a", b"x")
    ),
    "body in an unknown element": faults.altered(
        lambda body: body.replace(b"TRS_", b"X_").replace(b"zwxl-a", b"x")
    ),
    "template code": faults.altered(lambda body: body.replace(b"<p", b"<p>$page.getText()</p><p")),
    "today in its text": faults.altered(lambda body: body.replace(b"<p", TODAY + b"<p")),
    "what no reader sees": faults.altered(_with_unseen),
    "emptied body": faults.altered(_emptied),
    "emptied body, a placeholder left": faults.altered(
        lambda body: _emptied(body, "<p>&nbsp;</p><p>暂无内容</p>".encode())
    ),
    "template code around an emptied body": faults.altered(_unfilled),
}
_PDF = "application/pdf"
FILE_FAULTS: dict[str, Send] = {
    "stall": faults.stall(),
    "reset": faults.reset(),
    "truncated": faults.truncated(300, 30_000),
    "cut off by its length": faults.altered(lambda body: body[: len(body) // 2], _PDF),
    "without its end": faults.altered(lambda body: body[:-60], _PDF),
    "not gzip": faults.page(b"%PDF-1.4", Content_Type=_PDF, Content_Encoding="gzip"),
    "empty": faults.page(b"", Content_Type=_PDF),
    "blank": faults.page(b"\r\n ", Content_Type=_PDF),
    "500": faults.status(500),
    "403": faults.status(403),
    "429": faults.status(429, Retry_After="0"),
    "challenge": faults.page(faults.CHALLENGE),
    "login": faults.page(faults.LOGIN),
    "maintenance": faults.page(faults.MAINTENANCE),
    "notice called a file": faults.page(faults.MAINTENANCE, Content_Type=_PDF),
    "another page": faults.page(
        f"<html><body><h1>通知</h1>{'<p>请查收。</p>' * 99}</body></html>"
    ),
    "text": faults.page("Internal error", Content_Type=_PDF),
    "JSON": faults.page('{"code": 500, "msg": "系统繁忙"}', Content_Type="application/json"),
    "XML": faults.page("<?xml version='1.0'?><Error/>", Content_Type="application/xml"),
    "redirect to another site": faults.redirect("http://other.example/a.pdf"),
    "redirect to a captcha": faults.redirect("/verify/captcha.html"),
    "shown otherwise each time": faults.made_anew(lambda count: make_pdf(f"Printed {count}")),
}
FILE_GONE: dict[str, Send] = {
    "404": faults.status(404),
    "410": faults.status(410),
    "sorry page": faults.page(faults.SORRY),
    "sorry text": faults.page("文件不存在或已被删除", Content_Type="text/plain; charset=utf-8"),
    "redirect home": faults.redirect("/"),
}
# What is a sign of withdrawal where it lasts: at one letter never again before it has been seen.
GONE_FAULTS: dict[str, Send] = {
    "404": faults.status(404),
    "sorry page": faults.page(faults.SORRY),
    "redirect home": faults.redirect("/"),
}
LIST_FAULTS: dict[str, Send] = {
    "500": faults.status(500),
    "404": faults.status(404),
    "reset": faults.reset(),
    "challenge": faults.page(faults.CHALLENGE),
    "sorry page": faults.page(faults.SORRY),
    "empty": faults.page(b""),
    "not gzip": faults.page(b"<p>plain</p>", Content_Encoding="gzip"),
    "links with sessions": _links(lambda link: link + b";jsessionid=7F03AB.node1"),
    "links with backslashes": _links(lambda link: link.replace(b"/", b"\\")),
    "links with zero width spaces": _links(lambda link: link + "\u200b".encode()),
    "links to another site": _links(lambda _: b"http://other.example/a/t20220617_1.html"),
    "links to nowhere": _links(lambda _: b"javascript:void(0)"),
    "links of an unknown form": _links(lambda _: b"/info/1033/2207.htm"),
    "a row twice, one lost": faults.altered(_one_lost),
    "a pager by a script": faults.altered(lambda body: _CALL.sub(PAGER, body)),
}


class Trouble:
    """Makes each night's faults, repeatably."""

    def __init__(self, replica: Replica, seed: int) -> None:
        self._replica = replica
        self._chance = random.Random(f"trouble {seed}")
        self._nights = 0
        self._sorry: dict[int, int] = {}  # in which night a letter last met a fault of the kind
        self.met: Counter[str] = Counter()  # how often each fault was set

    def night(self) -> None:
        """Let last night's faults end and this one's begin."""
        replica, chance = self._replica, self._chance
        replica.faults.clear()
        replica.design = OTHER if chance.random() < 0.1 else Design()
        if chance.random() < 0.03:
            self._set("", "whole host", faults.status(503))
        if chance.random() < 0.25:
            self._list_page()
        if chance.random() < 0.05:
            replica.faults.pages = chance.choice((1, 2, 50))
            self.met["a pager that lies"] += 1
        here = [each for each in replica.directory.documents if each.served == "page"]
        for each in chance.sample(here, int(len(here) * chance.uniform(0, SHARE))):
            name = chance.choice(list(PAGE_FAULTS))
            self._page(each, name, PAGE_FAULTS[name])
        self._sorry |= {each.docid: self._nights for each in self._gone(here)}
        for each in here:
            if each.files and chance.random() < FILE_SHARE:
                self._file(each)
        self._nights += 1

    def _gone(self, here: list[Document]) -> list[Document]:
        long_ago = self._nights - SEEN_BETWEEN
        fit = [each for each in here if self._sorry.get(each.docid, long_ago) <= long_ago]
        chosen = self._chance.sample(fit, min(self._chance.choice((0, 0, 1)), len(fit)))
        for each in chosen:
            name = self._chance.choice(list(GONE_FAULTS))
            self._page(each, name, GONE_FAULTS[name])
        return chosen

    def _file(self, each: Document) -> None:
        name = self._chance.choice(list(FILE_FAULTS))
        times = self._chance.choice((1, 2, None))
        self._set(f"{each.docid}[.]pdf", f"file: {name}", FILE_FAULTS[name], times)

    def _page(self, each: Document, name: str, fault: Send) -> None:
        times = self._chance.choice((1, 2, None))  # a page that flaps, or one that is out
        self._set(f"_{each.docid}[._]", name, fault, times)

    def _list_page(self) -> None:
        name = self._chance.choice(list(LIST_FAULTS))
        pages = len(self._replica.directory.of("proposal")) // PER_PAGE
        number = self._chance.randint(0, pages)
        where = f"index_{number}[.]html" if number else "tagk_53512/$"
        self._set(where, f"directory: {name}", LIST_FAULTS[name])

    def _set(self, where: str, name: str, send: Send, times: int | None = None) -> None:
        self._replica.faults.add(where, send, times)
        self.met[name] += 1
