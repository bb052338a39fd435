"""Faults that pages of the replica can be made to meet."""

import gzip
import itertools
import re
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

_PAGE = "<html><head><meta charset='utf-8'>{}</head><body>{}</body></html>"
CHALLENGE = _PAGE.format("<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script>", "")
SORRY = _PAGE.format("", "对不起，您要访问的页面不存在或已被删除！")
MAINTENANCE = _PAGE.format("", "系统正在维护，请稍后访问。")
CAPTCHA = _PAGE.format("", "请输入验证码")
LOGIN = _PAGE.format("", "请登录<form><input type='password'></form>")

Send = Callable[[BaseHTTPRequestHandler], None]


@dataclass(slots=True)
class Fault:
    """What is sent in a page's place; `times` requests meet it, None: all."""

    send: Send
    times: int | None = None


@dataclass(slots=True)
class Faults:
    """The faults in force, by pattern of the path."""

    pages: int | None = None  # what the pagers say in place of the true count
    _faults: list[tuple[re.Pattern[str], Fault]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, pattern: str, send: Send, times: int | None = None) -> None:
        """Let paths in which `pattern` is found meet a fault."""
        self._faults.append((re.compile(pattern), Fault(send, times)))

    def clear(self) -> None:
        """Let all be well again."""
        self._faults.clear()
        self.pages = None

    def meet(self, path: str) -> Fault | None:
        """Return the fault that a request for `path` meets, counting it."""
        with self._lock:
            for pattern, fault in self._faults:
                if pattern.search(path) and fault.times != 0:
                    if fault.times is not None:
                        fault.times -= 1
                    return fault
        return None


def page(body: bytes | str, status: int = 200, **headers: str) -> Send:
    """Send `body` with a status and further headers (underscores stand for hyphens)."""
    sent = body.encode() if isinstance(body, str) else body

    def send(handler: BaseHTTPRequestHandler) -> None:
        told = {"Content_Type": "text/html; charset=utf-8"} | headers
        _head(handler, status, len(sent), told)
        handler.wfile.write(sent)

    return send


def status(code: int, **headers: str) -> Send:
    """Send a status with a short body."""
    return page(f"<html><body>{code}</body></html>", code, **headers)


def redirect(target: str) -> Send:
    """Send a redirect; to the page itself it is a loop."""
    return page(b"", 302, Location=target)


def gzip_bomb(size: int) -> Send:
    """Send a small body that unpacks to `size` bytes."""
    return page(gzip.compress(bytes(size), 1), Content_Encoding="gzip")


def huge(size: int) -> Send:
    """Send a page of `size` bytes."""
    return page(b"<p>" + b"x" * size)


def truncated(sent: int, told: int) -> Send:
    """Send `sent` bytes of the `told` that were promised, and hang up."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        _head(handler, 200, told, {"Content_Type": "text/html"})
        handler.wfile.write(b"<html>" + b" " * sent)
        handler.close_connection = True

    return send


def reset() -> Send:
    """Reset the connection in place of an answer."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        linger = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.connection.close()
        handler.close_connection = True

    return send


def stall() -> Send:
    """Say nothing until the other side hangs up."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        with suppress(OSError):
            handler.connection.recv(1)
        handler.close_connection = True

    return send


def hold(free: int, gate: threading.Event) -> Send:
    """Send what stands at the path to so many requests; hang up on others once `gate` is set.

    Whoever asks is amid its requests as long.
    """
    places = itertools.count()

    def send(handler: BaseHTTPRequestHandler) -> None:
        if next(places) < free:
            page(_true_page(handler))(handler)
        else:
            gate.wait()
            handler.close_connection = True

    return send


def altered(
    change: Callable[[bytes], bytes], content_type: str = "text/html; charset=utf-8"
) -> Send:
    """Send what stands at the path now, changed."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        page(change(_true_page(handler)), Content_Type=content_type)(handler)

    return send


def made_anew(make: Callable[[int], bytes], content_type: str = "application/pdf") -> Send:
    """Send what is made for each request, of how many there were before."""
    count = itertools.count()

    def send(handler: BaseHTTPRequestHandler) -> None:
        page(make(next(count)), Content_Type=content_type)(handler)

    return send


def drip(piece: int, pause: float) -> Send:
    """Send what stands at the path, no pause long, and the whole for ever."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        content = _true_page(handler)
        _head(handler, 200, len(content), {"Content_Type": "text/html"})
        for start in range(0, len(content), piece):
            handler.wfile.write(content[start : start + piece])
            handler.wfile.flush()
            time.sleep(pause)

    return send


def too_short(share: float) -> Send:
    """Send what stands at the path with a header that promises a share of its bytes, to a tag."""
    return _cut(lambda content: content.rindex(b"<", 0, int(len(content) * share)))


def within_a_character(share: float) -> Send:
    """Send what stands at the path, cut after a share of its bytes within a UTF-8 character."""

    def end(content: bytes) -> int:
        later = re.compile(rb"[\x80-\xbf]")  # all bytes of a character but its first (RFC 3629, 3)
        found = later.search(content, int(len(content) * share))
        if found is None:
            raise ValueError(f"no character of several bytes behind {share:.0%} of the page")
        return found.start()

    return _cut(end)


def _cut(end: Callable[[bytes], int]) -> Send:
    def send(handler: BaseHTTPRequestHandler) -> None:
        content = _true_page(handler)
        told = end(content)
        _head(handler, 200, told, {"Content_Type": "text/html; charset=utf-8"})
        handler.wfile.write(content)
        handler.close_connection = True

    return send


def _true_page(handler: BaseHTTPRequestHandler) -> bytes:
    content: bytes = handler.server.replica.answer(handler.path).body  # type: ignore[attr-defined]
    return content


def _head(handler: BaseHTTPRequestHandler, code: int, size: int, headers: dict[str, str]) -> None:
    handler.send_response(code)
    handler.send_header("Content-Length", str(size))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
