"""What one look does not prove."""

from typing import Any

Facts = dict[str, Any]  # what the ledger keeps


class NotConfirmedError(Exception):
    """Raised when one look does not prove what it seems to show, and too few crawls agree.

    `waiting` is what to remember of it until the next crawl.
    """

    def __init__(self, reason: str, waiting: Facts) -> None:
        super().__init__(reason)
        self.waiting = waiting
