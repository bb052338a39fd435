"""Pages in a directory's place that hold nothing and lead on: a refresh, a script, a frame."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.elements import names_of
from crawler.http.challenge import is_challenge
from crawler.page.classify import is_dead_end
from crawler.web_url import resolve
from letters.text import squashed
from letters.urls import is_same_site, url_key

# A script that does nothing else; what else it did could be a condition, or a challenge.
_JUMP = re.compile(
    r"<script\b[^>]*>\s*(?:(?:window|self|top|parent|document)\.)*location(?:\.href)?"
    r"(?:\s*=\s*|\.(?:replace|assign)\(\s*)[\"'](?P<target>[^\"'<>\s]+)[\"']\s*\)?[\s;]*</script",
    re.IGNORECASE,
)
_MAY_LEAD_ON = re.compile(
    rf"http-equiv\s*=\s*[\"']?refresh|<i?frame\b|{_JUMP.pattern}", re.IGNORECASE
)
_REFRESH = re.compile(r"\s*(\d{1,4})(?:\.\d*)?\s*[;,]\s*url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)
_SOON = 3  # seconds, after which at most a page leads on by itself
_WORDS = 100  # code points of a page that only says where it leads
_LINKS = 2  # 点击跳转
_HIDDEN = re.compile(r"display\s*:\s*none|(?:width|height)\s*:\s*[01](?:px)?\b", re.IGNORECASE)
_QUOTED = 3  # frames that are named
# Frames that hold no list, by the names of their pages and elements.
_ASIDE = re.compile(
    r"(?:^|[/_.-])(?:top|head|foot|bottom|banner|tianqi|weather|login|share|video|map)",
    re.IGNORECASE,
)
_SETS_FRAME = re.compile(r"\.src\s*=|attr\(\s*[\"']src[\"']\s*,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Forwarding:
    """Where a page leads that holds nothing itself."""

    words: str  # what it is, and where it leads
    url: str | None = None  # where it may be followed as a redirect is; None: nowhere


def forwarding_of(html: str, url: str) -> Forwarding | None:
    """Return where the page at `url` leads, if it holds nothing itself; None where it does.

    It may be followed to a page of the same site, as a redirect is: at once, or by the only frame
    that it shows. A challenge leads nowhere, nor does what leads to the site's home or to a login.
    """
    if not _MAY_LEAD_ON.search(html):
        return None
    tree = LexborHTMLParser(html)
    if len(tree.css("a[href]")) > _LINKS or len(_words(tree)) > _WORDS:
        return None
    forwarding = _refresh_of(tree, url) or _jump_of(html, url) or _frame_of(tree, url)
    leads_on = forwarding and forwarding.url
    if forwarding and not (leads_on and _may_follow(leads_on, url) and not is_challenge(html)):
        return Forwarding(forwarding.words)
    return forwarding


def _words(tree: LexborHTMLParser) -> str:
    tree.strip_tags(["script", "style", "noscript", "noframes"])
    return squashed(tree.body.text()) if tree.body is not None else ""


def _refresh_of(tree: LexborHTMLParser, url: str) -> Forwarding | None:
    for node in tree.css("meta[http-equiv]"):
        is_refresh = (node.attributes.get("http-equiv") or "").strip().lower() == "refresh"
        match = _REFRESH.match(node.attributes.get("content") or "") if is_refresh else None
        target = resolve(match[2].strip(), url) if match else None
        if match and target:
            words = f"the page only refreshes to {target}"
            return Forwarding(words, target if int(match[1]) <= _SOON else None)
    return None


def main_frame_of(html: str, url: str) -> str | None:
    """Return the one frame of a page's own site that may hold the list which the page lacks.

    None where it shows other pages too: links lead into it, or a script sets where it leads.
    """
    tree = LexborHTMLParser(html)
    frames: dict[str, LexborNode] = {}
    for node in tree.css("iframe[src], frame[src]"):
        target = resolve(node.attributes.get("src") or "", url)
        may_hold = target and _may_follow(target, url) and not _is_hidden(node)
        if target and may_hold and not _is_aside(node, target):
            frames[target] = node
    if len(frames) != 1 or is_challenge(html) or _SETS_FRAME.search(html):
        return None
    ((target, frame),) = frames.items()
    given = frame.attributes
    names = {given.get("name"), given.get("id")} - {None, ""}
    is_led_into = any(each.attributes["target"] in names for each in tree.css("a[target]"))
    return None if is_led_into else target


def _is_aside(frame: LexborNode, target: str) -> bool:
    return any(map(_ASIDE.search, (urlsplit(target).path, *names_of(frame))))


def _jump_of(html: str, url: str) -> Forwarding | None:
    jump = _JUMP.search(html)
    target = resolve(jump["target"], url) if jump else None
    return Forwarding(f"the page's script only leads to {target}", target) if target else None


def _frame_of(tree: LexborHTMLParser, url: str) -> Forwarding | None:
    shown = [node for node in tree.css("iframe[src], frame[src]") if not _is_hidden(node)]
    targets = [
        target for node in shown if (target := resolve(node.attributes.get("src") or "", url))
    ]
    if not targets:
        return None
    if len(targets) > 1:
        named = ", ".join(targets[:_QUOTED])
        return Forwarding(f"the page only shows {len(targets)} frames: {named}")
    return Forwarding(f"the page only shows a frame: {targets[0]}", targets[0])


def _is_hidden(node: LexborNode) -> bool:
    sizes = {(node.attributes.get(name) or "").removesuffix("px") for name in ("width", "height")}
    return bool(sizes & {"0", "1"} or _HIDDEN.search(node.attributes.get("style") or ""))


def _may_follow(target: str, url: str) -> bool:
    """Return whether a page may be read in the place of the one that leads to it."""
    here, there = url_key(url), url_key(target)
    is_home = there.partition("/")[2] == ""
    return is_same_site(target, url) and here != there and not is_home and not is_dead_end(target)
