"""The next page of a directory by the header Link of an answer (RFC 8288)."""

import re
from dataclasses import replace

from crawler.directory.pager import Pager
from crawler.web_url import resolve
from letters.urls import is_same_site

_NEXT = re.compile(
    r"<(?P<url>[^<>]{1,2000})>[^<>,]{0,200}?;\s*rel\s*=\s*(?:next\b|\"(?:[^\"]*\s)?next(?:\s[^\"]*)?\")",
    re.IGNORECASE,
)


def with_header(pager: Pager, header: str, base: str) -> Pager:
    """Return a pager with the page of the same site that a header Link names as the next one."""
    named = _NEXT.search(header)
    url = resolve(named["url"], base) if named else None
    if url is None or url in pager.urls or not is_same_site(url, base):
        return pager
    return replace(pager, urls=(*pager.urls, url), next_urls=(*pager.next_urls, url))
