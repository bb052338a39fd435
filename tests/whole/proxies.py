"""Proxies on loopback that lead whatever is asked for to one port, and note what was asked."""

import socket
import ssl
import struct
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.whole.network import listening

SECRET = "geheim%40"  # noqa: S105 - of a proxy that lasts as long as a test
_PASSWORD = b"geheim@"
_USER = b"me"
_BASIC = b"Proxy-Authorization: Basic " + b64encode(_USER + b":" + _PASSWORD)


@dataclass
class Proxy:
    """One proxy; `asked` are the hosts and ports that it was asked for, as they came."""

    target: int  # port on loopback to which all is led
    wants_password: bool = False
    tls: ssl.SSLContext | None = None
    port: int = 0
    asked: list[str] = field(default_factory=list)

    def handle(self, client: socket.socket) -> None:
        if self.tls:
            client = self.tls.wrap_socket(client, server_side=True)
        with client, socket.create_connection(("127.0.0.1", self.target)) as target:
            if self.open_way(client, target):
                back = threading.Thread(target=_copy, args=(target, client), daemon=True)
                back.start()
                _copy(client, target)
                back.join()

    def open_way(self, client: socket.socket, target: socket.socket) -> bool:
        """Read what the client wants of a proxy of HTTP; return whether it gets it."""
        head = _read_head(client)
        method, place, version = head.split(b"\r\n", 1)[0].split()
        if self.wants_password and _BASIC not in head:
            client.sendall(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n")
            return False
        if method == b"CONNECT":
            self.asked.append(place.decode())
            client.sendall(b"HTTP/1.1 200 ")  # in pieces, as it may come
            client.sendall(b"Made\r\nVia: x\r\n\r\n")
            return True
        host, slash, path = place.removeprefix(b"http://").partition(b"/")
        self.asked.append(host.decode())
        first, rest = b" ".join((method, slash + path, version)), head.split(b"\r\n", 1)[1]
        target.sendall(first + b"\r\nConnection: close\r\n" + rest)
        return True


class Socks(Proxy):
    """A proxy of SOCKS 5 (RFC 1928, 1929)."""

    def open_way(self, client: socket.socket, target: socket.socket) -> bool:
        del target
        offered = client.recv(257)[2:]
        if self.wants_password:
            if 2 not in offered:
                client.sendall(b"\x05\xff")
                return False
            client.sendall(b"\x05\x02")
            _, length = client.recv(2)
            user, (size,) = client.recv(length), client.recv(1)
            if (user, client.recv(size)) != (_USER, _PASSWORD):
                client.sendall(b"\x01\x01")
                return False
            client.sendall(b"\x01\x00")
        else:
            client.sendall(b"\x05\x00")
        _, _, _, kind = client.recv(4)
        if kind == 3:
            (length,) = client.recv(1)
            host = client.recv(length).decode()
        else:
            family = socket.AF_INET if kind == 1 else socket.AF_INET6
            host = socket.inet_ntop(family, client.recv(4 if kind == 1 else 16))
        (port,) = struct.unpack("!H", client.recv(2))
        self.asked.append(f"{host}:{port}")
        client.sendall(b"\x05\x00\x00\x01" + bytes(6))
        return True


@contextmanager
def proxying(proxy: Proxy) -> Iterator[Proxy]:
    """Let a proxy listen while the context lasts."""
    with listening(proxy.handle) as proxy.port:
        yield proxy


def _read_head(client: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        piece = client.recv(1)
        if not piece:
            raise ConnectionError
        head += piece
    return head


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
