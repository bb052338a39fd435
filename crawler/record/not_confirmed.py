"""Raised where one visit does not prove what it seems to show."""

from typing import Any

Facts = dict[str, Any]  # what the ledger keeps


class NotConfirmedError(Exception):
    """Raised when one visit does not prove what it seems to show, and too few crawls agree.

    `pending` is what to remember of it until the next crawl: columns of its letter.
    """

    def __init__(self, reason: str, pending: Facts) -> None:
        super().__init__(reason)
        self.pending = pending
