"""What a page is, before it is read: a letter's page, gone, blocked or broken."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from crawler.http.decoding import CutOffError, UndecodableError, decode
from crawler.http.snapshot import Snapshot
from crawler.page.body import read_lines
from crawler.page.boilerplate import own_lines
from crawler.page.dom import Page
from crawler.page.notices import Notice, notice_in_place, notice_of, sorry_in_place
from crawler.page.unfilled_template import is_wordless, leak_in_place, leaks
from letters.records import Outcome
from letters.titles import read_title
from letters.urls import is_same_site, url_key

STUB = 512  # bytes; TRS WCM leaves a refresh stub of less in a withdrawn page's place
SMALL = 600  # characters of visible text; notices are judged by their words only below this
SHORT = 200  # characters; a body's element that holds more holds a letter

_GONE = {404, 410}
_BLOCKED = {202, 401, 403, 405, 407, 412, 418, 429, 521}
_OK = 200
_REFRESH = re.compile(r"<meta[^>]+http-equiv\s*=\s*[\"']?refresh[^>]*>", re.IGNORECASE)
_REFRESHED_TO = re.compile(r"url\s*=\s*[\"']?\s*([^\"'>\s]+)", re.IGNORECASE)
_CHALLENGE = re.compile(
    r"__jsl_clearance|\$_ts\s*=|\$_ts\[|acw_sc__v2|C3VK|_waf_|reason:GeoBL|WZWS|wzws|"
    r"security_verify_data"
)
_GATE = re.compile(
    r"(?:^|/)(?:login|passport|sso|cas|auth|oauth2?|captcha|verify|waf(?:[\d_]\w*)?|wzws\w*)(?:[/._=-]|$)",
    re.IGNORECASE,
)
_UPKEEP = re.compile(r"weihu|maint|upgrade|shengji|error|busy|closed", re.IGNORECASE)
_LOST = re.compile(r"/(?:error[/_-]?)?(?:404|not-?found)\w*(?:\.\w+)?$", re.IGNORECASE)
_PIECES = re.compile(r"[\t\n]")  # of a table
_LEADS_AWAY = re.compile(r"\blocation(?:\.href|\.replace)?\s*[=(]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was seen at a letter's URL; `page` only where a letter's page was served."""

    outcome: Outcome
    reason: str | None = None
    page: Page | None = None  # gone: the page of another document, to which its own led
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
    """Judge an answer from elsewhere: home, the channel, a login, a notice, another document."""
    if url_key(seen.final_url) == url_key(seen.url):
        return None
    if not is_same_site(seen.final_url, seen.url):
        return Verdict(Outcome.UNREACHED, f"redirected to another site: {seen.final_url}")
    leads = _led_to(seen.final_url, f"redirected to {seen.final_url}")
    if leads:
        return leads
    found = _by_content(seen)
    if found.outcome is Outcome.LETTER:
        return Verdict(Outcome.GONE, f"redirected to {seen.final_url}", found.page)
    return replace(
        found, reason=f"redirected to {seen.final_url}: {found.reason}", is_unread=False
    )


def _led_to(url: str, reason: str) -> Verdict | None:
    """Judge by its URL where a browser is led in a letter's place; None: it does not say."""
    path = urlsplit(url).path
    if _GATE.search(path):
        return Verdict(Outcome.BLOCKED, reason)
    is_directory = urlsplit("//" + url_key(url)).path.endswith("/")
    return Verdict(Outcome.GONE, reason) if is_directory or _LOST.search(path) else None


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
    """Judge a refresh stub: one that leads away is what is left of a withdrawn page."""
    refresh = _REFRESH.search(page.html) if size < STUB else None
    if refresh is None:
        return None
    if _CHALLENGE.search(page.html):
        return Verdict(Outcome.BLOCKED, "a JavaScript challenge")
    if notice := notice_of(_visible(page)):
        return Verdict(*notice)
    target = _REFRESHED_TO.search(refresh[0])
    url = urljoin(page.url, target[1]) if target else page.url
    reason = "a refresh stub stands in its place"
    if leads := _led_to(url, reason):
        return leads
    is_passing = url_key(url) == url_key(page.url) or _UPKEEP.search(urlsplit(url).path)
    return Verdict(Outcome.BROKEN if is_passing else Outcome.GONE, f"{reason}, to {url}")


def _notice(page: Page) -> Verdict | None:
    """Judge a page that holds little text by its visible words; script is not visible.

    Where a letter's title stands over its body's element, only what stands in that can be
    a notice: a letter that lost its text is not what the chrome around it says.
    """
    inside = " ".join(page.body.text().split()) if page.body is not None else ""
    if len(inside) >= SHORT or (page.body is not None and page.body.css_first("a[href]")):
        return None
    if page.body is not None and _is_entitled(page):
        notice = notice_in_place(inside) or (is_wordless(inside) and _notice_beside(page))
        return Verdict(*notice) if notice else None
    text = inside or _visible(_unhidden(page))
    if len(text) > SMALL:
        return None
    if _CHALLENGE.search(page.html) or (not text and page.tree.css_first("script")):
        return Verdict(Outcome.BLOCKED, "a JavaScript challenge")
    notice = notice_of(text)
    return Verdict(*notice) if notice else _gate(page)


def _notice_beside(page: Page) -> Notice | None:
    """Return what a sorry notice says that stands beside an empty element of the body."""
    found = Page(page.html, page.url, page.family)  # of its own: what is hidden there goes
    around = found.body.parent if found.body is not None else None
    if around is None:
        return None
    found.drop_unseen(around)
    return next(filter(None, (sorry_in_place(line.text) for line in read_lines(around))), None)


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


def _readable(page: Page) -> Verdict:
    if page.body is None:
        return Verdict(Outcome.BROKEN, "body container missing", is_unread=True)
    text = page.body.text()
    wrong = "undecodable: replacement characters in its text" if "\ufffd" in text else None
    if wrong := wrong or _unfilled(page, text):
        return Verdict(Outcome.BROKEN, wrong, is_unread=True)
    return Verdict(Outcome.LETTER, page=page)


def _unfilled(page: Page, text: str) -> str | None:
    """Return in words that a server did not fill its template; None if it did.

    Around a letter's text code is the site's own affair; where there is no text it says why.
    """
    for leaked in sorted(leaks(page.title or "")):
        return f"template code in its title: {leaked}"
    if page.body is not None and (leaks(text) or leaks(page.body.text(separator="\n"))):
        pieces = (piece for line in read_lines(page.body) for piece in _PIECES.split(line.text))
        if found := leak_in_place(pieces):
            return f"template code in its text: {found}"
    for leaked in sorted(leaks_of(page)) if _says_nothing(page, text) else ():
        return f"template code on its page: {leaked}"
    return None


def _says_nothing(page: Page, text: str) -> bool:
    """Return whether what stands in the body's element says nothing of its own."""
    if page.body is None or len(text) > SMALL:
        return is_wordless(text)
    return is_wordless("".join(line.text for line in own_lines(read_lines(page.body), set())))


def leaks_of(page: Page) -> frozenset[str]:
    """Return the template code and the error messages that a page shows, wherever they stand."""
    body = _unhidden(page).tree.body
    return leaks(body.text(separator="\n")) if body is not None else frozenset()


def _unhidden(page: Page) -> Page:
    """Return a page without what nobody sees of it; the one given stays as it is."""
    shown = Page(page.html, page.url, page.family)
    if shown.tree.body is not None:
        shown.drop_unseen(shown.tree.body)
    return shown


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
