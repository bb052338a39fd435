"""How a command that works for long is ended: by SIGTERM and SIGHUP as by the keyboard."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

from fuhan.errors import EndedError

Done = TypeVar("Done")


def run_until_ended(work: Coroutine[Any, Any, Done]) -> Done:
    """Run `work` to its end; raise EndedError where a signal cuts it short, once it is wound up.

    A hang-up that is ignored, as under nohup, stays so.
    """
    return asyncio.run(_heed(work))


async def _heed(work: Coroutine[Any, Any, Done]) -> Done:
    task = asyncio.ensure_future(work)
    heard: list[signal.Signals] = []

    def end(number: signal.Signals) -> None:
        heard.append(number)
        task.cancel()

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            asyncio.get_running_loop().add_signal_handler(number, end, number)
    try:
        return await task
    except asyncio.CancelledError:
        if heard:
            raise EndedError(heard[0]) from None
        raise
