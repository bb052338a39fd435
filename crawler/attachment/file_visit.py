"""One visit to one file of a letter, with what came of it."""

from dataclasses import dataclass
from datetime import datetime

from crawler.attachment.classify_file import FileOutcome, FileVerdict
from letters.change import Window
from letters.letter import Attachment


@dataclass(frozen=True, slots=True)
class FileVisit:
    """One visit to one file of a letter."""

    file: Attachment  # as its letter has it from now on
    verdict: FileVerdict
    at: datetime  # UTC, when the answer had come
    since: datetime | None = None  # UTC, when it was requested; None: its bytes were not served
    window: Window | None = None  # when it changed; None: it is as the letter had it

    @property
    def has_verdict(self) -> bool:
        """Whether the visit showed what became of the file."""
        return self.verdict.outcome is not FileOutcome.NONE
