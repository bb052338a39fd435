"""A letter on record in plain values: what programs are given, of which no `Letter` is made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from letters.fields import LETTER_FIELDS, LetterField, ValueKind
from letters.letter import Attachment


@dataclass(frozen=True, slots=True)
class PlainLetterRecord:
    """What a `LetterRecord` says, with the letter as archives keep it: cheap in lists."""

    id: int
    source: str
    status: str
    # As `letter_to_json` makes them, with the letter's present URL; `body` may be written already,
    # as what writes JSON takes it over.
    values: Mapping[str, Any]
    attachments: Sequence[Attachment]  # with their texts
    listed_on: date | None  # the directory's date
    twins: Sequence[int]  # ids
    version: int  # number of the newest
    versions: int  # how many there are
    first_seen: datetime  # UTC
    last_seen: datetime  # UTC
    digest: str  # of the letter

    def as_json(self) -> dict[str, Any]:
        """Return the letter with the keys and in the order that docs/contract.md promises."""
        body = self.values.get("body", ())
        return {
            **_IN_ORDER,
            **self.values,
            "id": self.id,
            "source": self.source,
            "status": self.status,
            "attachments": [each.as_json() for each in self.attachments],
            "body": plain_blocks(body) if isinstance(body, list | tuple) else body,
            "listed_on": self.listed_on and self.listed_on.isoformat(),
            "twins": list(self.twins),
            "version": self.version,
            "versions": self.versions,
            "first_seen": self.first_seen.isoformat(),
            "last_seen": self.last_seen.isoformat(),
            "digest": self.digest,
        }


def plain_blocks(body: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the blocks of a body as they are kept, without what is read from them."""
    return [
        {"kind": block["kind"], "level": block["level"], "text": block["text"]} for block in body
    ]


def _absent(field: LetterField) -> Any:
    """Return the value of a field that is not kept, since it came later than the archive."""
    match field.value:
        case ValueKind.NAMES | ValueKind.FILES | ValueKind.BLOCKS:
            return []
        case ValueKind.LABELS:
            return {}
        case _:
            return None


_IN_ORDER: dict[str, Any] = {
    **dict.fromkeys(("id", "source", "url", "status")),
    **{each.name: _absent(each) for each in LETTER_FIELDS if each.name != "url"},
    **dict.fromkeys(("twins", "version", "versions", "first_seen", "last_seen", "digest")),
}
