"""Challenges (反爬验证): answers that ask a browser to prove itself. They are named, never run."""

import re

from crawler.http.snapshot import Snapshot

_WITHIN = 100_000  # bytes of an answer that are looked at
_MARKS = re.compile(
    r"__jsl_clearance|\$_ts\s*=|\$_ts\[|acw_sc__v2|C3VK|_waf_|reason:GeoBL|WZWS|wzws|"
    r"security_verify_data"
)
# With the status of one: 瑞数 answers 412, 加速乐 521, both with a script alone.
_SURE = {412, 521}
_MARKS_OF_REFUSAL = re.compile(
    r"\$_ts\b|\bcf[-_]chl|challenge-platform|document\s*(?:\.|\[[\"'])\s*cookie\b.{0,400}?[=(]"
    r"|location\s*\.\s*reload",
    re.DOTALL,
)
_SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)
_SETS_COOKIE = re.compile(r"document\s*(?:\.|\[[\"'])\s*cookie")
_LEADS_ON = re.compile(r"\blocation\b")
_SHORT = 5_000  # characters of a page that is nothing but such a script


def is_challenge(html: str) -> bool:
    """Return whether a page asks a browser to prove itself; such is never run."""
    return bool(_MARKS.search(html))


def is_bare_challenge(html: str) -> bool:
    """Return whether a page, served as any page is, is a challenge and nothing else.

    >>> is_bare_challenge("<script>document.cookie='k=1';location.reload()</script>")
    True
    """
    if "<a " in html:
        return False
    sets_cookie = len(html) < _SHORT and _SETS_COOKIE.search(html) and _LEADS_ON.search(html)
    return is_challenge(html) or bool(sets_cookie)


def status_reason(answer: Snapshot) -> str:
    """Return in words what a status other than 200 says."""
    status = f"HTTP {answer.status}"
    return f"the site asks for a browser challenge ({status})" if _is_asked(answer) else status


def _is_asked(answer: Snapshot) -> bool:
    body = answer.body[:_WITHIN]
    if not _SCRIPT.search(body):
        return False
    html = body.decode("utf-8", "replace")
    if answer.status in _SURE:
        return "<a " not in html
    return is_challenge(html) or bool(_MARKS_OF_REFUSAL.search(html))
