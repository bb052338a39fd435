"""Requests for the pages of a directory, and what makes two of them the same."""

from hashlib import sha256

from crawler.directory.pager_links import page_key
from crawler.interfaces.interface import InterfaceRequest


def page_at(url: str) -> InterfaceRequest:
    """Return the request for the page at `url`."""
    return InterfaceRequest("GET", url)


def is_by_form(request: InterfaceRequest) -> bool:
    """Return whether a page is asked for by a form: its request names the page that has it."""
    return bool(request.headers)


def request_key(request: InterfaceRequest) -> str:
    """Return what makes a request the same: its URL, and what it posts.

    >>> request_key(InterfaceRequest("GET", "http://x.gov.cn/tagk/?page=2"))
    "x.gov.cn/tagk/?page=2?[('page', '2')]"
    """
    key = page_key(request.url)
    if request.method == "GET":
        return key
    return f"{request.method} {key} {sha256(request.body.encode()).hexdigest()}"
