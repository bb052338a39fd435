"""Write the evidence of changes, a ZIP for each, as the pages offer it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fuhan.errors import UnknownError, UsageError, naming
from letters.change import Change
from review.evidence_bundle import write_bundle
from review.languages import LANGUAGES
from review.translator import Translator
from storage import queries
from storage.database.archive import Archive


def write_evidence(
    archive: Archive, folder: Path, change_ids: Sequence[int], head: str | None, zone: ZoneInfo
) -> Iterator[Path]:
    """Write the evidence of each change into `folder` and yield its file.

    The ledger in it ends with the entry whose hash is `head`; None: with the newest. Raises
    UnknownError, before anything is written, for a change that is not on record, UsageError for
    a hash that no entry has, and EvidenceError where bytes are lost: no half file is left.
    """
    with archive.reading() as connection:
        changes = [_known(connection, change_id) for change_id in change_ids]
        folder.mkdir(parents=True, exist_ok=True)
        for change in changes:
            target = folder / f"fuhan-change-{change.id}.zip"
            _write(connection, change, target, head, zone)
            yield target


def _known(connection: Any, change_id: int) -> Change:
    change = queries.change(connection, change_id)
    if change is None:
        raise UnknownError(f"change {change_id} is not known")
    return change


def _write(
    connection: Any, change: Change, target: Path, head: str | None, zone: ZoneInfo
) -> None:
    part = target.with_suffix(".zip.part")
    translators = [Translator(each, zone) for each in LANGUAGES]
    try:
        with naming(target), part.open("wb") as file:
            write_bundle(connection, change, file, translators, head)
        part.replace(target)
    except queries.HeadError as error:
        raise UsageError(f"--head: {error}") from None
    finally:
        part.unlink(missing_ok=True)
