"""The ledger entry of the text that was read in a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class FileTextEntry:
    """The text of a stored file was read. Written by `FileStore.keep_text` and by `reparse`."""

    sha256: str  # of the file's bytes
    reader: str  # version of what read it
    digest: str  # of all that was read

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        return {"text": self.sha256, "reader": self.reader, "digest": self.digest}

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Self:
        """Return the entry; raise KeyError or TypeError where it is malformed."""
        return cls(facts["text"], facts["reader"], facts["digest"])
