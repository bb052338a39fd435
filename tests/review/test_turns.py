"""Requests that read are answered one after another, and nobody is kept waiting for long."""

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send

from review.turns import Turns

ENDLESS = 60.0  # seconds that no test lasts
HURRIED = 0.001


def scope_of(path: str, method: str = "GET") -> Scope:
    return {"type": "http", "method": method, "path": path}


async def nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


class Answering:
    """An application whose answers wait until they may begin, and until they may end."""

    def __init__(self) -> None:
        self.begun = {path: anyio.Event() for path in ("/a", "/b", "/healthz", "/static/a.css")}
        self.may_answer = {path: anyio.Event() for path in self.begun}
        self.at_once = self.most_at_once = 0

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        self.begun[scope["path"]].set()
        await self.may_answer[scope["path"]].wait()
        self.at_once -= 1
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body"})


async def sent(_message: Message) -> None:
    """Send as to a client that takes all at once."""


@pytest.mark.parametrize("at_once", [1, 2])
def test_no_more_pages_are_made_at_once_than_are_allowed(at_once: int) -> None:
    async def live() -> int:
        app = Answering()
        turns = Turns(app, at_once, ENDLESS)
        async with anyio.create_task_group() as clients:
            for path in ("/a", "/b", "/a", "/b"):
                clients.start_soon(turns, scope_of(path), nothing, sent)
                app.may_answer[path].set()
        return app.most_at_once

    assert anyio.run(live) == at_once


@pytest.mark.parametrize(
    ("beside", "method"),
    [
        pytest.param("/healthz", "GET", id="a monitor waits for no page"),
        pytest.param("/static/a.css", "GET", id="a file costs nothing"),
        pytest.param("/b", "POST", id="what writes has the database's own order"),
    ],
)
def test_some_requests_wait_for_no_page(beside: str, method: str) -> None:
    async def live() -> None:
        app = Answering()
        turns = Turns(app, 1, ENDLESS)
        async with anyio.create_task_group() as clients:
            clients.start_soon(turns, scope_of("/a"), nothing, sent)
            await app.begun["/a"].wait()
            app.may_answer[beside].set()
            await turns(scope_of(beside, method), nothing, sent)
            app.may_answer["/a"].set()

    anyio.run(live)


def test_a_page_that_takes_long_lets_others_pass() -> None:
    async def live() -> None:
        app = Answering()
        turns = Turns(app, 1, HURRIED)
        async with anyio.create_task_group() as clients:
            clients.start_soon(turns, scope_of("/a"), nothing, sent)
            await app.begun["/a"].wait()
            app.may_answer["/b"].set()
            await turns(scope_of("/b"), nothing, sent)
            app.may_answer["/a"].set()

    anyio.run(live)


def test_a_client_that_takes_nothing_keeps_nobody_waiting() -> None:
    async def live() -> None:
        app, is_sending = Answering(), anyio.Event()
        turns = Turns(app, 1, ENDLESS)

        async def take_nothing(_message: Message) -> None:
            is_sending.set()
            await anyio.sleep_forever()

        async with anyio.create_task_group() as clients:
            for each in app.may_answer.values():
                each.set()
            clients.start_soon(turns, scope_of("/a"), nothing, take_nothing)
            await is_sending.wait()
            await turns(scope_of("/b"), nothing, sent)
            clients.cancel_scope.cancel()

    anyio.run(live)


def test_a_page_that_fails_or_is_given_up_ends_its_turn() -> None:
    async def live() -> None:
        app, failures = Answering(), [ZeroDivisionError]

        async def fail_once(scope: Scope, receive: Receive, send: Send) -> None:
            if failures:
                raise failures.pop()
            await app(scope, receive, send)

        turns = Turns(fail_once, 1, ENDLESS)
        with pytest.raises(ZeroDivisionError):
            await turns(scope_of("/a"), nothing, sent)
        async with anyio.create_task_group() as clients:
            clients.start_soon(turns, scope_of("/a"), nothing, sent)
            await app.begun["/a"].wait()
            clients.cancel_scope.cancel()
        app.may_answer["/b"].set()
        await turns(scope_of("/b"), nothing, sent)

    anyio.run(live)
