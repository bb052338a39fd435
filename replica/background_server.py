"""Serves in a thread of its own while a context lasts."""

import threading
from http.server import ThreadingHTTPServer
from typing import Self


class BackgroundServer:
    """A server on loopback that answers while the context lasts."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._server = server

    def __enter__(self) -> Self:
        """Begin to serve."""
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """End serving."""
        self._server.shutdown()
        self._server.server_close()
