"""Classifies an answer before it is read: a letter's page, gone, blocked or broken."""

import re
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from crawler.http.challenge import is_challenge, status_reason
from crawler.http.decoding import CutOffError, UndecodableError, decode
from crawler.http.query_charset import decode_page
from crawler.http.snapshot import Snapshot
from crawler.page.body import read_lines
from crawler.page.boilerplate import without_boilerplate
from crawler.page.dom import Page
from crawler.page.notices import is_firewall, notice_of, notice_under_title
from crawler.page.removal import removal_beside_body, removal_on
from crawler.page.unfilled_template import is_wordless, template_code, template_code_in_place
from crawler.page.visible_copy import template_code_on, text_of, visible_copy
from crawler.sites import Family
from letters.titles import read_title
from letters.urls import is_same_site, url_key
from letters.visit_span import VisitOutcome

STUB = 512  # bytes; TRS WCM leaves a refresh stub of less in a withdrawn page's place
SMALL = 600  # characters of visible text; notices are judged by their words only below this
SHORT = 200  # characters; a body's element that holds more holds a letter

_GONE = {404, 410}
_BLOCKED = {202, 401, 403, 405, 407, 412, 418, 429, 521}
_REFRESH = re.compile(r"<meta[^>]+http-equiv\s*=\s*[\"']?refresh[^>]*>", re.IGNORECASE)
_REFRESHED_TO = re.compile(r"url\s*=\s*[\"']?\s*([^\"'>\s]+)", re.IGNORECASE)
_GATE_PATH = re.compile(
    r"(?:^|/)(?:login|passport|sso|cas|auth|oauth2?|captcha|verify|waf(?:[\d_]\w*)?|wzws\w*)(?:[/._=-]|$)",
    re.IGNORECASE,
)
_MAINTENANCE_PATH = re.compile(r"weihu|maint|upgrade|shengji|error|busy|closed", re.IGNORECASE)
_ERROR_PATH = re.compile(r"/(?:error[/_-]?)?(?:404|not-?found)\w*(?:\.\w+)?$", re.IGNORECASE)
_CELL_ENDS = re.compile(r"[\t\n]")  # of a table
_LEADS_AWAY = re.compile(r"\blocation(?:\.href|\.replace)?\s*[=(]")


@dataclass(frozen=True, slots=True)
class PageVerdict:
    """What was served at a letter's URL; `page` only where it was a letter's page."""

    outcome: VisitOutcome
    reason: str | None = None
    page: Page | None = None  # gone: the page of another document, to which its own led
    needs_better_parser: bool = False  # served as a page, and not understood


def classify(answer: Snapshot, family: Family | None = None) -> PageVerdict:
    """Return what an answer is. Only a letter's page can become a version of a letter.

    `family` says where its body is; None: it is recognised from the page.
    """
    return _by_status(answer) or _by_redirect(answer, family) or _by_content(answer, family)


def _by_status(answer: Snapshot) -> PageVerdict | None:
    if answer.status == HTTPStatus.OK:
        return None
    reason = status_reason(answer)
    if answer.status in _GONE:
        return _forbidden(answer, reason) or PageVerdict(VisitOutcome.GONE, reason)
    return PageVerdict(
        VisitOutcome.BLOCKED if answer.status in _BLOCKED else VisitOutcome.BROKEN, reason
    )


def _forbidden(answer: Snapshot, reason: str) -> PageVerdict | None:
    """Judge an answer that says 404 where a firewall or a login forbids the visit, or None."""
    if _GATE_PATH.search(urlsplit(answer.final_url).path):
        return PageVerdict(VisitOutcome.BLOCKED, f"{reason}, redirected to {answer.final_url}")
    try:
        text = text_of(Page(decode(answer.body, answer.content_type), answer.final_url))
    except UndecodableError:
        return None
    is_forbidden = len(text) <= SMALL and is_firewall(text)
    return PageVerdict(VisitOutcome.BLOCKED, f"{reason}, a firewall") if is_forbidden else None


def _by_redirect(answer: Snapshot, family: Family | None) -> PageVerdict | None:
    """Judge an answer from elsewhere: home, the channel, a login, a notice, another document."""
    if url_key(answer.final_url) == url_key(answer.url):
        return None
    if not is_same_site(answer.final_url, answer.url):
        return PageVerdict(
            VisitOutcome.UNREACHED, f"redirected to another site: {answer.final_url}"
        )
    reason = f"redirected to {answer.final_url}"
    if verdict := _by_url(answer.final_url, reason):
        return verdict
    content = _by_content(answer, family)
    if content.outcome is VisitOutcome.LETTER:
        return PageVerdict(VisitOutcome.GONE, reason, content.page)
    return replace(content, reason=f"{reason}: {content.reason}", needs_better_parser=False)


def _by_url(url: str, reason: str) -> PageVerdict | None:
    """Judge by its URL the page to which a letter's own leads; None: it does not say."""
    path = urlsplit(url).path
    if _GATE_PATH.search(path):
        return PageVerdict(VisitOutcome.BLOCKED, reason)
    is_directory = urlsplit("//" + url_key(url)).path.endswith("/")
    return (
        PageVerdict(VisitOutcome.GONE, reason)
        if is_directory or _ERROR_PATH.search(path)
        else None
    )


def is_dead_end(url: str) -> bool:
    """Return whether a URL is that of a login, a captcha, a notice or an error, by its path."""
    forms = (_GATE_PATH, _ERROR_PATH, _MAINTENANCE_PATH)
    return any(form.search(urlsplit(url).path) for form in forms)


def _by_content(answer: Snapshot, family: Family | None) -> PageVerdict:
    kind = answer.content_type.split(";")[0].strip().lower()
    if kind and kind not in {"text/html", "application/xhtml+xml", "text/plain"}:
        return PageVerdict(VisitOutcome.BROKEN, f"not a page but {kind}")
    if not answer.body.strip():
        return PageVerdict(VisitOutcome.BROKEN, "empty answer")
    try:
        html, _ = decode_page(answer.body, answer.content_type)
    except CutOffError as error:
        return PageVerdict(VisitOutcome.BROKEN, f"truncated: {error}")
    except UndecodableError as error:
        return PageVerdict(VisitOutcome.BROKEN, f"undecodable: {error}", needs_better_parser=True)
    page = Page(html, answer.final_url, family)
    return _by_refresh(page, len(answer.body)) or _by_notice(page) or _by_body(page)


def _by_refresh(page: Page, size: int) -> PageVerdict | None:
    """Judge a refresh stub: one that leads away is in a withdrawn page's place."""
    refresh = _REFRESH.search(page.html) if size < STUB else None
    if refresh is None:
        return None
    if is_challenge(page.html):
        return PageVerdict(VisitOutcome.BLOCKED, "a JavaScript challenge")
    if notice := notice_of(text_of(page)):
        return PageVerdict(*notice)
    target = _REFRESHED_TO.search(refresh[0])
    url = urljoin(page.url, target[1]) if target else page.url
    reason = "a refresh stub stands in its place"
    if verdict := _by_url(url, reason):
        return verdict
    is_passing = url_key(url) == url_key(page.url) or _MAINTENANCE_PATH.search(urlsplit(url).path)
    return PageVerdict(
        VisitOutcome.BROKEN if is_passing else VisitOutcome.GONE, f"{reason}, to {url}"
    )


def _by_notice(page: Page) -> PageVerdict | None:
    """Judge a page that holds little text by its visible words; script is not visible.

    Where a letter's title is over its body's element, only what is in that can be
    a notice: a letter that lost its text is not what the template around it says.
    """
    inside = " ".join(page.body.text().split()) if page.body is not None else ""
    if len(inside) >= SHORT or (page.body is not None and page.body.css_first("a[href]")):
        return None
    if page.body is not None and _has_letters_title(page):
        if page.body.css_first("input[type=password]") is not None:
            return PageVerdict(VisitOutcome.BLOCKED, "a login")
        notice = notice_under_title(inside) or (is_wordless(inside) and removal_beside_body(page))
        return PageVerdict(*notice) if notice else None
    text = inside or text_of(visible_copy(page))
    if len(text) > SMALL:
        return None
    if is_challenge(page.html) or (not text and page.tree.css_first("script")):
        return PageVerdict(VisitOutcome.BLOCKED, "a JavaScript challenge")
    notice = notice_of(text)
    if notice and notice[0] is VisitOutcome.GONE and page.prints_papers_title:
        notice = removal_on(page)  # a letter that is not read may speak of pages that are gone
    return PageVerdict(*notice) if notice else _by_actions(page)


def _has_letters_title(page: Page) -> bool:
    """Return whether a page bears a document's title: no list, notice or challenge does."""
    title = read_title(page.title or "")
    is_tagged = bool(page.meta_tags.get("articletitle"))
    return is_tagged or bool(title.number or title.session or title.subject)


def _by_actions(page: Page) -> PageVerdict | None:
    """Judge a page without words by what it makes a browser do."""
    if page.tree.css_first("input[type=password]") is not None:
        return PageVerdict(VisitOutcome.BLOCKED, "a login")
    scripts = (each.text() for each in page.tree.css("script"))
    if len(page.html) < STUB and any(_LEADS_AWAY.search(script) for script in scripts):
        return PageVerdict(
            VisitOutcome.BLOCKED, "a script that leads elsewhere stands in its place"
        )
    return None


def _by_body(page: Page) -> PageVerdict:
    """Judge a page by whether it has a body that a server filled with a letter's text."""
    if page.body is None:
        return PageVerdict(VisitOutcome.BROKEN, "body container missing", needs_better_parser=True)
    text = page.body.text()
    fault = "undecodable: replacement characters in its text" if "\ufffd" in text else None
    if fault := fault or _unfilled(page, text):
        return PageVerdict(VisitOutcome.BROKEN, fault, needs_better_parser=True)
    return PageVerdict(VisitOutcome.LETTER, page=page)


def _unfilled(page: Page, text: str) -> str | None:
    """Return in words that a server did not fill its template; None if it did.

    Around a letter's text code is the site's own affair; where there is no text it says why.
    """
    if in_title := template_code(page.title or ""):
        return f"template code in its title: {min(in_title)}"
    if in_text := _template_code_in_text(page, text):
        return f"template code in its text: {in_text}"
    if _has_no_words(page, text) and (on_page := template_code_on(page)):
        return f"template code on its page: {min(on_page)}"
    return None


def _template_code_in_text(page: Page, text: str) -> str | None:
    """Return template code that is in the place of the text of a page, or None."""
    if page.body is None:
        return None
    if not (template_code(text) or template_code(page.body.text(separator="\n"))):
        return None
    lines = read_lines(page.body)
    return template_code_in_place(part for line in lines for part in _CELL_ENDS.split(line.text))


def _has_no_words(page: Page, text: str) -> bool:
    """Return whether the body's element holds no words of its own."""
    if page.body is None or len(text) > SMALL:
        return is_wordless(text)
    lines = without_boilerplate(read_lines(page.body), set())
    return is_wordless("".join(line.text for line in lines))
