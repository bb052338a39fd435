"""Pages are made one after another, or few at once: threads of one interpreter delay each other.

Ten pages of 5 ms that are made at once are all ready after 50 ms and more, since the interpreter
goes from one to another at each query. One after another the first is ready after 5 ms, and the
last after 50.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import anyio
from anyio.lowlevel import RunVar
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from review.mount_path import page_path

PATIENCE = 0.25  # seconds that a request waits for its turn: then it goes on beside a slow one
_OF_MONITORS = ("/healthz", "/metrics")  # they wait for no page
_FREE = ("/static/", "/pictures/")  # files, and what a library draws, which needs no interpreter
_Lanes = dict[bool, anyio.Semaphore]  # by whether they are of monitors


class Turns:
    """ASGI middleware that has requests which only read answered one after another.

    A turn ends when its answer begins to be sent: no slow client keeps others waiting.
    """

    def __init__(self, app: ASGIApp, at_once: int = 1, patience: float = PATIENCE) -> None:
        self._app = app
        self._at_once = at_once  # more than one, where pages wait for a server meanwhile
        self._patience = patience
        self._lanes: RunVar[_Lanes] = RunVar("lanes")  # those of each event loop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when its turn has come."""
        if not _takes_turn(scope):
            await self._app(scope, receive, send)
            return
        async with AsyncExitStack() as turn:
            await turn.enter_async_context(self._turn(self._lane(page_path(scope))))

            async def send_after_turn(message: Message) -> None:
                await turn.aclose()
                await send(message)

            await self._app(scope, receive, send_after_turn)

    @asynccontextmanager
    async def _turn(self, lane: anyio.Semaphore) -> AsyncIterator[None]:
        with anyio.move_on_after(self._patience) as waiting:
            await lane.acquire()
        try:
            yield
        finally:
            if not waiting.cancelled_caught:
                lane.release()

    def _lane(self, path: str) -> anyio.Semaphore:
        try:
            lanes = self._lanes.get()
        except LookupError:
            lanes = {
                lane: anyio.Semaphore(self._at_once, fast_acquire=True) for lane in (False, True)
            }
            self._lanes.set(lanes)
        return lanes[path in _OF_MONITORS]


def _takes_turn(scope: Scope) -> bool:
    is_read = scope["type"] == "http" and scope["method"] == "GET"
    return is_read and not page_path(scope).startswith(_FREE)
