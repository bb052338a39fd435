"""Limits how many wrong tokens are tried: by one address, and by all together."""

import hashlib
from collections import OrderedDict, deque
from collections.abc import Callable
from math import ceil
from time import monotonic

PERIOD = 60.0  # seconds
OF_ADDRESS, OF_ALL = 10, 100  # different wrong tokens in a period
_REMEMBERED = 1000  # addresses that sent a wrong token, and of those that sent a right one


class WrongTokens:
    """The wrong tokens of the last minute, in memory whose size does not grow.

    The same wrong token again is no further guess: a browser whose cookie is out of date sends it
    with each request. Who sent a right one before is not kept out by the guesses of others.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._of_address: OrderedDict[str, dict[bytes, float]] = OrderedDict()
        self._of_all: deque[float] = deque(maxlen=OF_ALL)
        self._known: OrderedDict[str, None] = OrderedDict()

    def seconds_to_wait(self, address: str) -> int:
        """Return how long no token of an address is compared; 0: it is."""
        now = self._clock()
        guesses = self._recent(address, now)
        if len(guesses) >= OF_ADDRESS:
            return ceil(min(guesses.values()) + PERIOD - now)
        if len(self._of_all) == OF_ALL and address not in self._known:
            return max(ceil(self._of_all[0] + PERIOD - now), 0)
        return 0

    def add_wrong(self, address: str, token: bytes) -> None:
        """Count a wrong token."""
        now = self._clock()
        guesses = self._recent(address, now)
        digest = hashlib.sha256(token).digest()
        if digest in guesses:
            return
        self._of_address[address] = guesses | {digest: now}
        self._of_address.move_to_end(address)
        self._of_all.append(now)
        if len(self._of_address) > _REMEMBERED:
            self._of_address.popitem(last=False)

    def add_right(self, address: str) -> None:
        """Remember an address that sent a right token."""
        self._known[address] = None
        self._known.move_to_end(address)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def _recent(self, address: str, now: float) -> dict[bytes, float]:
        guesses = self._of_address.get(address, {})
        return {each: at for each, at in guesses.items() if at > now - PERIOD}
