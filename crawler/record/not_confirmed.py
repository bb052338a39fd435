"""Raised where one visit does not prove what it seems to show."""

from collections.abc import Mapping
from typing import Any

Pending = Mapping[str, Any]  # columns of a letter: what to remember until the next crawl


class NotConfirmedError(Exception):
    """Raised when one visit does not prove what it seems to show, and too few crawls agree.

    `pending` is what to remember of it until the next crawl; empty for nothing.
    """

    def __init__(self, reason: str, pending: Pending) -> None:
        super().__init__(reason)
        self.pending = pending
