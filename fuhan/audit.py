"""The wiring of `verify`: the archive's audit with today's parser."""

from crawler.letters import PARSER
from crawler.reread import read_again
from letters.letter import Letter
from storage.archive import Archive
from storage.audit import Checked, verify


def audit(archive: Archive) -> Checked:
    """Check everything in the archive; versions of today's parser are read again."""
    return verify(archive, _read_again)


def _read_again(body: bytes, headers: dict[str, str], parser: str, old: Letter) -> Letter | None:
    return read_again(body, headers, old, old.kind) if parser == PARSER else None
