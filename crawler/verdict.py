"""What a page is, before it is read: a letter's page, gone, blocked or broken."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.decode import CutOffError, UndecodableError, decode
from crawler.page import Page
from crawler.snapshot import Snapshot
from letters.archive import Outcome
from letters.titles import read_title
from letters.urls import is_same_site, url_key

STUB = 512  # bytes; TRS WCM leaves a refresh stub of less in a withdrawn page's place
SMALL = 600  # characters of visible text; notices are judged by their words only below this
SHORT = 200  # characters; a body's element that holds more holds a letter
NOTICE = 60  # characters; under a letter's own title a longer text is the letter, however short

_GONE = {404, 410}
_BLOCKED = {202, 401, 403, 405, 407, 412, 418, 429, 521}
_OK = 200
_REFRESH = re.compile(r"<meta[^>]+http-equiv\s*=\s*[\"']?refresh", re.IGNORECASE)
_CHALLENGE = re.compile(r"__jsl_clearance|\$_ts\s*=|\$_ts\[|acw_sc__v2|C3VK|_waf_|reason:GeoBL")
_SORRY = re.compile(
    r"(?:页面|网页|文章|内容|信息|文件|栏目)[^。！]{0,8}(?:不存在|已被?删除|已下线|已撤下|找不到|无法找到)"
    r"|404 ?(?:not found|错误|页面)|page not found|您访问的[^。！]{0,10}(?:不存在|删除|失效)",
    re.IGNORECASE,
)
_MAINTENANCE = re.compile(
    r"(?:系统|网站|服务器?|站点)[^。！]{0,8}(?:维护|升级|繁忙|检修|暂停|关闭)|正在(?:维护|升级|建设)|域名变更|"
    r"服务不可用|稍后再试|稍后访问"
)
_LOGIN = re.compile(r"(?:请|用户|统一身份)[^。！]{0,6}(?:登录|登陆|认证)")
_FIREWALL = re.compile(
    r"访问(?:被|已被)?(?:拦截|拒绝|禁止|阻断)|安全(?:验证|防护|拦截)|非法访问|请求.{0,6}(?:拦截|异常)|验证码"
)
# What a content management system prints when it fails to fill its template: Velocity, JSP, Vue.
_LEAKED = re.compile(r"\$!?\{?\w+\.\w+\(|<%=?|\{\{ *[\w.]+ *\}\}")
_LEADS_AWAY = re.compile(r"\blocation(?:\.href|\.replace)?\s*[=(]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was seen at a letter's URL; `page` only where it is a letter's page."""

    outcome: Outcome
    reason: str | None = None
    page: Page | None = None
    is_unread: bool = False  # served as a page, and not understood: a better parser may read it


def classify(seen: Snapshot) -> Verdict:
    """Return what `seen` is. Only a letter's page can become a version of a letter."""
    return _by_status(seen) or _by_target(seen) or _by_content(seen)


def _by_status(seen: Snapshot) -> Verdict | None:
    if seen.status == _OK:
        return None
    reason = f"HTTP {seen.status}"
    if seen.status in _GONE:
        return Verdict(Outcome.GONE, reason)
    return Verdict(Outcome.BLOCKED if seen.status in _BLOCKED else Outcome.BROKEN, reason)


def _by_target(seen: Snapshot) -> Verdict | None:
    """Judge an answer from elsewhere: a redirect home, to the channel or to another document."""
    if url_key(seen.final_url) == url_key(seen.url):
        return None
    if not is_same_site(seen.final_url, seen.url):
        return Verdict(Outcome.UNREACHED, f"redirected to another site: {seen.final_url}")
    path = urlsplit(seen.final_url).path.lower()
    if "login" in path or "passport" in path:
        return Verdict(Outcome.BLOCKED, f"redirected to a login: {seen.final_url}")
    return Verdict(Outcome.GONE, f"redirected to {seen.final_url}")


def _by_content(seen: Snapshot) -> Verdict:
    kind = seen.content_type.split(";")[0].strip().lower()
    if kind and kind not in {"text/html", "application/xhtml+xml", "text/plain"}:
        return Verdict(Outcome.BROKEN, f"not a page but {kind}")
    if not seen.body.strip():
        return Verdict(Outcome.BROKEN, "empty answer")
    try:
        html = decode(seen.body, seen.content_type)
    except CutOffError as error:
        return Verdict(Outcome.BROKEN, f"truncated: {error}")
    except UndecodableError as error:
        return Verdict(Outcome.BROKEN, f"undecodable: {error}", is_unread=True)
    page = Page(html, seen.final_url)
    return _stub(page, len(seen.body)) or _notice(page) or _readable(page)


def _stub(page: Page, size: int) -> Verdict | None:
    if size < STUB and _REFRESH.search(page.html):
        return Verdict(Outcome.GONE, "a refresh stub stands in its place")
    return None


def _notice(page: Page) -> Verdict | None:
    """Judge a page that holds little text by its visible words; script is not visible.

    Where a letter's title stands over its body's element, only what stands in that can be
    a notice: a letter that lost its text is not what the chrome around it says.
    """
    inside = " ".join(page.body.text().split()) if page.body is not None else ""
    if len(inside) >= SHORT or (page.body is not None and page.body.css_first("a[href]")):
        return None
    if page.body is not None and _is_entitled(page):
        return _said(inside) if len(inside) < NOTICE else None
    text = inside or _visible(page)
    if len(text) > SMALL:
        return None
    if _CHALLENGE.search(page.html) or (not text and page.tree.css_first("script")):
        return Verdict(Outcome.BLOCKED, "a JavaScript challenge")
    return _said(text) or _gate(page)


def _said(text: str) -> Verdict | None:
    for outcome, words, form in _NOTICES:
        if found := form.search(text):
            return Verdict(outcome, f"{words}: {found[0]}")
    return None


def _is_entitled(page: Page) -> bool:
    """Tell whether a page bears a document's title: no list, notice or challenge does."""
    told = read_title(page.title or "")
    return bool(page.tags.get("articletitle") or told.number or told.session or told.subject)


def _gate(page: Page) -> Verdict | None:
    """Judge a page without words by what it makes a browser do."""
    if page.tree.css_first("input[type=password]") is not None:
        return Verdict(Outcome.BLOCKED, "a login")
    scripts = (each.text() for each in page.tree.css("script"))
    if len(page.html) < STUB and any(_LEADS_AWAY.search(script) for script in scripts):
        return Verdict(Outcome.BLOCKED, "a script that leads elsewhere stands in its place")
    return None


_NOTICES = (
    (Outcome.GONE, "a sorry page", _SORRY),
    (Outcome.BROKEN, "a notice", _MAINTENANCE),
    (Outcome.BLOCKED, "a firewall", _FIREWALL),
    (Outcome.BLOCKED, "a login", _LOGIN),
)


def _readable(page: Page) -> Verdict:
    if page.body is None:
        return Verdict(Outcome.BROKEN, "body container missing", is_unread=True)
    text = page.body.text()
    if "\ufffd" in text:
        reason = "undecodable: replacement characters in its text"
        return Verdict(Outcome.BROKEN, reason, is_unread=True)
    if leaked := _LEAKED.search(text):
        return Verdict(Outcome.BROKEN, f"template code in its text: {leaked[0]}", is_unread=True)
    return Verdict(Outcome.LETTER, page=page)


def _visible(page: Page) -> str:
    body = page.tree.body
    if body is None:
        return ""
    texts = (
        node.text_content or ""
        for node in body.traverse(include_text=True)
        if node.tag == "-text" and node.parent and node.parent.tag not in {"script", "style"}
    )
    return " ".join("".join(texts).split())
