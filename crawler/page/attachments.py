"""Attachments (附件) of a letter's page: in its text, in a block beside it, in its scripts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.page.attachment_blocks import file_blocks, is_of_files
from crawler.page.counters import without_counter
from crawler.page.dom import Page
from crawler.page.shown_files import DOCUMENT, FILE_KINDS
from crawler.sites import FAMILIES
from letters.letter import Attachment
from letters.paper_titles import reads_as_paper
from letters.text import canonical
from letters.urls import file_key, is_page_of_file, is_same_site, url_key

# TRS names uploaded files P0… or W0… and a date. Anywhere on a page those that lie beside it
# are its own; those of other folders belong to the documents that a sidebar offers.
_UPLOADED = re.compile(r"(?:^|/)[PW]0\d{10,}[^/]*$")
_UPLOADS = tuple(re.compile(rf"{first}0\d{{10}}") for first in "PW")  # one by one is quicker
# *.cq.gov.cn writes its list of files by script; the anchors are only in this string.
_SCRIPTED = re.compile(r"""hasFJ\s*\+?=\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")""")

_FILE_NAME = re.compile(rf".*\.(?:{FILE_KINDS})(?![\w.])", re.IGNORECASE)
_PAPER_NAME = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd)$", re.IGNORECASE)
_NUMBERED = re.compile(r"附\s*件(?:[\d一二三四五六七八九十]|[：:]|下载|$)")
_PAGE = re.compile(r"(?:\.[sj]?html?|/)$|^$", re.IGNORECASE)
_CHANNEL = re.compile(r"/(?:(?:list|node|home|column|channel)[\w-]*\.s?html?)?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
# /down.jsp?i_ID=7, /attach.do?method=get&aid=3, /upload/2022/?fileId=ab12
_SERVES_FILES = re.compile(
    r"down|attach|(?<!pro)file|annex|accessor|fujian|(?:^|[/_.])fj(?:$|[/_.])", re.IGNORECASE
)
_ID = re.compile(
    r"(?=[a-z-]*\d)[\da-z-]+", re.IGNORECASE
)  # /download/1204, /attachment/3fa85f64-5717
_SOFTWARE = re.compile(
    r"adobe|acrobat|reader|阅读器|浏览器|客户端|插件|控件|播放器|输入法|\bAPP\b|下载APP|APP下载",
    re.IGNORECASE,
)
_LITERAL = re.compile(r"[\"']([^\"'\s<>()]{4,500})[\"']")
_SESSION = re.compile(r";jsessionid=[^/;?#]*", re.IGNORECASE)
_BUTTON = re.compile(r"(?:点击|立即|附件|文件)?(?:下载|查看|预览|打开)(?:附件|文件|此文件)?")
_SIZE = re.compile(
    r"[\s（(\[【]*\d[\d.]*\s*(?:[KMG]i?B?|字节|bytes)[\s)）\]】]*$", re.IGNORECASE
)  # 附件.pdf (1.2MB)


@dataclass(frozen=True, slots=True)
class _Link:
    """An anchor that may lead to a file."""

    href: str
    text: str
    anchor: LexborNode
    is_marked: bool  # a block of files holds it, or the word 附件 is over it
    is_in_text: bool = False


def find_attachments(page: Page) -> tuple[Attachment, ...]:
    """Return the files of a letter's page, each once, in reading order."""
    files: dict[str, Attachment] = {}
    for link in _links(page):
        url = _absolute(page.url, link.href)
        if url and (_is_file(link) or _is_page_of_letter(link, url, page.url)):
            known = files.setdefault(file_key(url), Attachment(_name(link, url), url))
            if known.name == _last_part(url):  # its icon was a link too
                files[file_key(url)] = replace(known, name=_name(link, url))
    for shown in page.shown_files:
        if url := _absolute(page.url, shown.href):
            name = canonical(shown.name) or _last_part(url)
            files.setdefault(file_key(url), Attachment(name, url))
    return tuple(files.values())


def _links(page: Page) -> Iterator[_Link]:
    body = page.body
    for anchor in body.css("a") if body else []:
        link = _link(anchor, is_marked=body is not None and is_of_files(anchor, body))
        yield replace(link, is_in_text=True)
    for block in file_blocks(page):
        for anchor in [block] if block.tag == "a" else block.css("a"):
            yield _link(anchor, is_marked=True)
    for anchor in page.tree.css("a") if _names_an_upload(page.html) else []:
        if _lies_beside(page.url, _href(anchor)):
            yield _link(anchor, is_marked=False)
    for anchor in _links_in_scripts(page.html):
        yield _link(anchor, is_marked=True)


def _names_an_upload(html: str) -> bool:
    return any(form.search(html) for form in _UPLOADS)


def _link(anchor: LexborNode, *, is_marked: bool) -> _Link:
    return _Link(_href(anchor), bare_name(canonical(anchor.text())), anchor, is_marked)


def _is_file(link: _Link) -> bool:
    """Return whether a link leads to a file: by its address, its words or what is over it."""
    parts = _split(link.href)
    if parts is None or link.href.startswith("#") or parts.scheme not in {"", "http", "https"}:
        return False
    if _SOFTWARE.search(link.text) and not _PAPER_NAME.search(link.text):
        return False
    if DOCUMENT.search(link.href):
        return True
    if _PAGE.search(parts.path) and not parts.query:
        return False
    return _is_named(link) or _asks_for_a_file(parts)


def _is_page_of_letter(link: _Link, url: str, page_url: str) -> bool:
    """Return whether a link called 附件 leads to a page that is a file of the letter's own.

    Not to another letter, whose address is like this one's, nor to a channel.
    """
    is_called_so = link.is_marked or _NUMBERED.match(link.text)
    if not (link.is_in_text and is_called_so and is_page_of_file(url)):
        return False
    here, there = url_key(page_url), url_key(url)
    is_channel = _CHANNEL.search(there) or _DIGITS.sub("9", there) == _DIGITS.sub("9", here)
    is_other = is_channel or any(each.page.search(there) for each in FAMILIES.values())
    return is_same_site(url, page_url) and not is_other and not reads_as_paper(link.text)


def _is_named(link: _Link) -> bool:
    words = _FILE_NAME.fullmatch(link.text) or _NUMBERED.match(link.text)
    return link.is_marked or bool(words) or "download" in link.anchor.attributes


def _asks_for_a_file(parts: SplitResult) -> bool:
    """Return whether an address speaks of files and says which, in its query or its path."""
    query = parse_qsl(parts.query)
    folder, _, last = parts.path.rpartition("/")
    if not query:
        return bool(_SERVES_FILES.search(folder) and _ID.fullmatch(last))
    return any(_SERVES_FILES.search(each) for each in (parts.path, *dict(query)))


def _name(link: _Link, url: str) -> str:
    """Return what a file is called: by its link or, where that is a button, by its line."""
    if link.text and not _BUTTON.fullmatch(link.text):
        return link.text
    title = link.anchor.attributes.get("title") or link.anchor.attributes.get("download") or ""
    around = link.anchor.parent
    line = canonical(around.text()).removesuffix(link.text) if around else ""
    file_name = _FILE_NAME.match(line)
    return (
        bare_name(canonical(title))
        or (file_name[0] if file_name else "")
        or link.text
        or _last_part(url)
    )


def bare_name(text: str) -> str:
    """Return the name of a file without what is counted around it, or its size."""
    return without_counter(_SIZE.sub("", without_counter(text)))


def _last_part(url: str) -> str:
    return unquote(urlsplit(url).path.rpartition("/")[2]) or url


def _lies_beside(url: str, href: str) -> bool:
    there = _absolute(url, href) if _UPLOADED.search(href) else None
    return there is not None and there.rpartition("/")[0] == url.rpartition("/")[0]


def _links_in_scripts(html: str) -> Iterator[LexborNode]:
    first = html.find("hasFJ")  # found in a tenth of the time that the form takes
    for literal in _SCRIPTED.finditer(html, first) if first >= 0 else ():
        markup = re.sub(r"\\(.)", r"\1", literal[1] or literal[2] or "")
        if "<a" in markup.lower():  # most pages begin with an empty one, and parsing that is dear
            yield from LexborHTMLParser(markup).css("a")


def _href(anchor: LexborNode) -> str:
    """Return an address as a browser reads it, without the session of this visit."""
    href = (anchor.attributes.get("href") or "").strip()
    if not href or href.startswith("#") or href.lower().startswith("javascript:"):
        href = _scripted_href(anchor, href) or href
    return _SESSION.sub("", href.replace("\\", "/"))


def _scripted_href(anchor: LexborNode, script: str) -> str | None:
    """Return the address to which the script of a link leads, where it names one."""
    given = anchor.attributes
    named = (given.get(name) for name in ("data-href", "data-url", "data-file", "data-src"))
    literals = _LITERAL.findall(f"{script} {given.get('onclick') or ''}")
    addresses = (each.strip() for each in (*named, *literals) if each)
    return next((each for each in addresses if "/" in each or DOCUMENT.search(each)), None)


def _split(href: str) -> SplitResult | None:
    try:
        return urlsplit(href)
    except ValueError:  # http://[ is no URL
        return None


def _absolute(base: str, href: str) -> str | None:
    try:
        return urljoin(base, href)
    except ValueError:
        return None
