"""Calls that begin in the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier


def at_once(*calls: Callable[[], object]) -> None:
    """Begin all calls in the same moment and wait for their ends; raise what they raise."""
    together = Barrier(len(calls))

    def begin(call: Callable[[], object]) -> None:
        together.wait(600)
        call()

    with ThreadPoolExecutor(len(calls)) as pool:
        for each in [pool.submit(begin, call) for call in calls]:
            each.result()
