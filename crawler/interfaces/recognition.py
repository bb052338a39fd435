"""Which interface fills a page's list; what the page shows of one that is not known."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from crawler.interfaces.fujian_search import FUJIAN
from crawler.interfaces.gkmlpt import GKMLPT
from crawler.interfaces.hefei_label import HEFEI
from crawler.interfaces.interface import Interface, Parameters, quoted
from crawler.interfaces.jcms_dataproxy import JCMS_GROUPS, JCMS_POSTED
from crawler.interfaces.jpaas_unit import JPAAS
from crawler.interfaces.page_scripts import live_scripts, parse_page
from crawler.interfaces.truecms_messages import TRUECMS
from crawler.interfaces.ucap_search import UCAP_SEARCH
from crawler.interfaces.zhangzhou_pages import ZHANGZHOU
from letters.late_pattern import late_pattern
from letters.urls import is_same_site

_ALL = (
    *(JPAAS, JCMS_POSTED, JCMS_GROUPS, UCAP_SEARCH, GKMLPT),
    *(FUJIAN, TRUECMS, HEFEI, ZHANGZHOU),
)
# By name, in the order in which a page is asked whether it uses them.
INTERFACES: Mapping[str, Interface] = MappingProxyType({each.name: each for each in _ALL})

_PATH = r"[\"'`](?P<url>(?:https?://|/|\./|\.\./)?[\w./-]{0,160}/[\w./-]{1,160})"
_CALLS = tuple(
    late_pattern(form, re.IGNORECASE)
    for form in (
        rf"\.(?P<method>post|get|getJSON|load)\(\s*{_PATH}",
        rf"\.open\(\s*[\"'](?P<method>get|post)[\"']\s*,\s*{_PATH}",
        rf"\bfetch\(\s*{_PATH}",
        rf"\b(?:url|\w+url|\w*api|action)[\"']?\s*[:=]\s*{_PATH}",
    )
)
_POSTS = re.compile(r"(?:type|method)[\"']?\s*:\s*[\"']post[\"']", re.IGNORECASE)
_NEAR = 300  # characters around a URL in which its call says how it is asked
_OF_LIST = re.compile(
    r"list|page|query|search|data|news|article|info|doc|column|channel|catalog|content|record",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"count|visit|hits?\b|share|relat|login|user|track|stat|wechat|weather|verify|captcha"
    r"|\.(?:js|css|png|jpe?g|gif|pdf|docx?|xlsx?|zip|rar|mp4|s?html?)\b",
    re.IGNORECASE,
)
_LOADER = re.compile(
    r"\b((?:load|get|query|init|show)\w{0,30}(?:data|list|page|news)\w{0,30})\(([^(){}\n]{0,60})\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class InterfaceUse:
    """An interface, and what a page says of the list that it fills by it."""

    interface: Interface
    parameters: Parameters


def uses_of(html: str, page_url: str, name: str = "auto") -> tuple[InterfaceUse, ...]:
    """Return the lists that a page fills by an interface: of `name`, or of the first it uses.

    A name that is no interface's (a family of sites) leaves the choice to the page.
    """
    known = (INTERFACES[name],) if name in INTERFACES else tuple(INTERFACES.values())
    shown = f"{page_url} {html}".lower()
    for interface in known:
        if _mark_in(shown, interface) and (lists := interface.candidates(html, page_url)):
            return tuple(InterfaceUse(interface, each) for each in lists)
    return ()


def _mark_in(shown: str, interface: Interface) -> str | None:
    """Return the words of a page, in lower case, that only users of an interface hold; or None."""
    return next((mark for mark in interface.marks if mark in shown), None)


def unknown_script(html: str, page_url: str) -> str | None:
    """Return what a page shows of the script that fills its list, where it is not asked."""
    shown = html.lower()
    for interface in INTERFACES.values():
        if mark := _mark_in(shown, interface):
            return f"{interface.name} ({mark}), {_why_not_asked(interface, mark, html, page_url)}"
    script = live_scripts(parse_page(html))
    called = next(_calls(script), None)
    if called is None:
        loader = next(_loaders(script), None)
        return loader and f"{loader}; not known"
    return f"{called}; not known"


def _why_not_asked(interface: Interface, mark: str, html: str, page_url: str) -> str:
    """Return in words why an interface whose `mark` a page holds is not asked."""
    if interface.candidates(html, page_url):
        return "which is not the one that the configuration names"
    whole = re.search(rf"https?://[^\s\"'<>`]{{1,200}}?{re.escape(mark)}", html, re.IGNORECASE)
    if whole and not is_same_site(whole[0], page_url):
        return f"of another site, which is not asked: {urlsplit(whole[0]).netloc}"
    return "without all that it is asked with"


def _calls(script: str) -> Iterator[str]:
    for form in _CALLS:
        for match in form().finditer(script):
            url = match["url"]
            if _OF_LIST.search(url) and not _OF_OTHERS.search(url):
                around = script[max(match.start() - _NEAR, 0) : match.end() + _NEAR]
                named = (match.groupdict().get("method") or "").lower() == "post"
                yield f"{'POST' if named or _POSTS.search(around) else 'GET'} {url}"


def _loaders(script: str) -> Iterator[str]:
    definitions = set(re.findall(r"\bfunction\s+(\w+)", script))
    for match in _LOADER.finditer(script):
        before = script[max(match.start() - 10, 0) : match.start()]
        if not before.rstrip().endswith("function") and match[1] not in definitions:
            yield quoted(match[0])
