"""One answer of a server, as it was served."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One answer: bytes with their content coding removed, and what came with them."""

    url: str  # requested
    final_url: str  # of the answer, after redirects
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    fetched_at: datetime  # UTC, when the answer had come
    asked_at: datetime | None = None  # UTC, before the request left; None: not known
    was_conditional: bool = False  # it was requested only if it is not the page on record
    further: tuple["Snapshot", ...] = ()  # the other pages of a letter that is printed on several

    @property
    def since(self) -> datetime:
        """Earliest time at which the answer may have been current: it was requested before."""
        return self.asked_at or self.fetched_at

    @property
    def until(self) -> datetime:
        """Time at which the answer had come, with all further pages."""
        return max(each.fetched_at for each in (self, *self.further))

    @property
    def content_type(self) -> str:
        """The Content-Type header; empty where none was sent."""
        return self.headers.get("content-type", "")
