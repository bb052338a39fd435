"""Answers that Scrapy cannot take apart: named like any other failure, never the crawl's end."""

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

_NOT_PACKED = (OSError, EOFError, zlib.error, brotli.error, zstd.ZstdError)


class MalformedAnswerError(IgnoreRequest):
    """Raised when an answer is not what its own headers say."""


class Unpacking(HttpCompressionMiddleware):
    """Downloader middleware: a body that is not packed as it says is a failure of its page."""

    def process_response(  # type: ignore[override]  # its spider argument is deprecated
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the answer with its content coding removed."""
        try:
            return super().process_response(request, response)
        except _NOT_PACKED as error:
            told = response.headers.get("Content-Encoding") or b""
            words = f"undecodable: its body is not in {told.decode('latin-1')}, as it says"
            raise MalformedAnswerError(words) from error


class Redirecting(RedirectMiddleware):
    """Downloader middleware: a redirect to what is no URL is a failure of its page."""

    def process_response(  # type: ignore[override]  # its spider argument is deprecated
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the answer, or the request to which it leads."""
        try:
            return super().process_response(request, response)
        except ValueError as error:
            raise MalformedAnswerError(f"redirected to what is no URL: {error}") from error
