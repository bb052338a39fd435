"""What a server answered, as it was served."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One answer: bytes with their content coding removed, and what came with them."""

    url: str  # asked for
    final_url: str  # answered, after redirects
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    fetched_at: datetime  # UTC

    @property
    def content_type(self) -> str:
        """The Content-Type header; empty where none was sent."""
        return self.headers.get("content-type", "")
