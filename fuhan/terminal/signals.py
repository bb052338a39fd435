"""Let SIGTERM and SIGHUP end a long command as the keyboard's interrupt does."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

from fuhan.errors import SignalError

Result = TypeVar("Result")


def run_with_signals(work: Coroutine[Any, Any, Result]) -> Result:
    """Return the result of `work`; a signal cancels it, and raises SignalError once it has ended.

    A hang-up that is ignored, as under nohup, stays so.
    """
    return asyncio.run(_cancelled_by_signals(work))


async def _cancelled_by_signals(work: Coroutine[Any, Any, Result]) -> Result:
    task = asyncio.ensure_future(work)
    received: list[signal.Signals] = []

    def end(number: signal.Signals) -> None:
        received.append(number)
        task.cancel()

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            asyncio.get_running_loop().add_signal_handler(number, end, number)
    try:
        return await task
    except asyncio.CancelledError:
        if received:
            raise SignalError(received[0]) from None
        raise
