"""Answers that Scrapy can't take apart: failures of their own page, not of the crawl."""

import sys
import zlib

import brotli
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_MOST_SHOWN = 200  # characters of what is no URL
_DECOMPRESSION_ERRORS = (OSError, EOFError, zlib.error, brotli.error, zstd.ZstdError)


class MalformedAnswerError(IgnoreRequest):
    """Raised when an answer is not what its own headers say."""


class Decompression(HttpCompressionMiddleware):
    """Downloader middleware: a body that is not compressed as it says fails its page."""

    def process_response(  # type: ignore[override]  # its spider argument is deprecated
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the answer with its content coding removed."""
        try:
            return super().process_response(request, response)
        except _DECOMPRESSION_ERRORS as error:
            coding = response.headers.get("Content-Encoding") or b""
            words = f"undecodable: its body is not in {coding.decode('latin-1')}, as it says"
            raise MalformedAnswerError(words) from error


class Redirects(RedirectMiddleware):
    """Downloader middleware: a redirect to what is no URL fails its page."""

    def process_response(  # type: ignore[override]  # its spider argument is deprecated
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the answer, or the request to which it leads."""
        try:
            return super().process_response(request, response)
        except ValueError as error:
            to = (response.headers.get("Location") or b"").decode("utf-8", "backslashreplace")
            words = f"redirected to what is no URL: {to[:_MOST_SHOWN]}"
            raise MalformedAnswerError(words) from error
