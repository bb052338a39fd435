"""The form of the URLs that a pager's script makes: location.href = "index_" + n + ".html"."""

import re
from urllib.parse import urljoin

from crawler.directory.pager_links import PageUrlForm
from letters.urls import is_same_site

_MADE = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:replace|assign)\(|window\.open\(|\bhref\s*[:=])"
    r"\s*[\"'](?P<before>[\w./?=&-]*)[\"']\s*\+\s*\(?\s*[\w.$]+\s*(?P<less>-\s*1)?\s*\)?"
    r"\s*(?:\+\s*[\"'](?P<after>[\w./?=&-]*)[\"'])?\s*[;,)}\n]"
)


def form_of_script(script: str, base: str) -> PageUrlForm | None:
    """Return the form of the URLs to which a pager's script leads, or None.

    Whether it counts from nought can't be seen: where it does, pages are missed and said to be.

    >>> form_of_script("location.href='list_' + (n-1) + '.html';", "http://x.gov.cn/tagk/").url(1)
    'http://x.gov.cn/tagk/list_1.html'
    """
    made = _MADE.search(script)
    if made is None or not (made["before"] or made["after"]):
        return None
    before = urljoin(base, made["before"])
    if not is_same_site(before, base):
        return None
    return PageUrlForm(before, made["after"] or "", 1 if made["less"] else 2)
