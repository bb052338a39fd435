"""Queries of links as a browser sends them: in the charset of the page that they are on."""

import re
from urllib.parse import quote_from_bytes

from crawler.http.decoding import decode_with_charset

# What may hold an address; a title or a text is left as it is.
_ATTRIBUTE = re.compile(
    r"(?<=\s)(?:href|src|action|value|data-[\w-]+|onclick|onchange)\s*=\s*"
    r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)",
    re.IGNORECASE,
)
_QUERY = re.compile(r"\?[^\s\"'<>#?]*")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_PLAIN = {"utf-8", "utf-8-sig", "ascii"}


def with_encoded_queries(html: str, charset: str) -> str:
    """Return a page whose links have the queries that a browser asks for.

    By the URL standard (https://url.spec.whatwg.org/#query-state) a query is sent in the page's
    own charset, a path in UTF-8. What a charset lacks is sent as a numbered entity.

    >>> with_encoded_queries('<a href="?dw=水">', "gb18030")
    '<a href="?dw=%CB%AE">'
    """
    if charset in _PLAIN or "?" not in html:
        return html
    return _ATTRIBUTE.sub(lambda each: _QUERY.sub(lambda q: _sent(q[0], charset), each[0]), html)


def decode_page(body: bytes, content_type: str) -> tuple[str, str]:
    """Return a page with the queries of its links as they are sent, and its charset.

    Raises UndecodableError as `decode` does.
    """
    html, charset = decode_with_charset(body, content_type)
    return with_encoded_queries(html, charset), charset


def _sent(query: str, charset: str) -> str:
    return _FOREIGN.sub(lambda run: _quoted(run[0], charset), query)


def _quoted(text: str, charset: str) -> str:
    return quote_from_bytes(text.encode(charset, "xmlcharrefreplace"), safe="")
