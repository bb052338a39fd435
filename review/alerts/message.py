"""The text of an alert: what a person acts on, subject first, as long as the channel takes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from letters.change import Change, Significance
from review.headline import headline
from review.languages import Language
from review.translator import Translator
from storage.outbox.notices import Notice, folded_count

_LISTED = 20  # changes that a message lists at most; more are counted
_TITLE = 80  # characters
_WEIGHTS = tuple(Significance)  # the weightiest first


@dataclass(frozen=True, slots=True)
class MessageSettings:
    """What all messages have in common."""

    zone: ZoneInfo
    agencies: Mapping[str, str] = field(default_factory=dict)  # by name of their source
    pages: str | None = None  # the URL of the first page; None: not known where people find it


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel is sent."""

    title: str
    body: str


def write_message(
    notices: Sequence[tuple[Notice, Change | None]],
    key: str,
    language: Language,
    room: int,
    settings: MessageSettings,
) -> Message:
    """Return the message of some notices, the change with each that is of one.

    `room` is how many bytes of UTF-8 it may have. `key` says which message it is.
    """
    writer = _Writer(Translator(language, settings.zone), settings)
    ordered = sorted((each for _, each in notices if each), key=_weight)
    outages = list(writer.outages([each.about or {} for each, _ in notices if not each.change_id]))
    folded = sum(folded_count(each) for each, _ in notices if "folded" in (each.about or {}))
    title = writer.title(ordered, outages, folded)
    end = [writer.translator.phrase("alert.key", message=key)]
    left = room - _size(title, *end)
    blocks, rest = _fitting([*outages, *map(writer.change, ordered)], left, len(outages))
    if rest:
        blocks.append(writer.remainder("alert.more", rest))
    if folded:
        blocks.append(writer.remainder("alert.folded", folded))
    return Message(title, "\n\n".join(blocks + end))


def test_message(channel: str, language: Language, zone: ZoneInfo) -> Message:
    """Return what is sent to try a channel."""
    translator = Translator(language, zone)
    body = translator.phrase("alert.test_body", channel=channel)
    return Message(translator.phrase("alert.test"), body)


class _Writer:
    """Words of one message."""

    def __init__(self, translator: Translator, settings: MessageSettings) -> None:
        self.translator = translator
        self._settings = settings

    def title(self, changes: Sequence[Change], outages: Sequence[str], folded: int) -> str:
        """Return what the message is of in one line."""
        count = len(changes) + folded
        if outages[1:] and not count:
            return self.translator.phrase("alert.outages", count=len(outages))
        if outages and not count:
            return _cut(outages[0].partition("\n")[0])
        if count > 1 or not changes:
            return self.translator.phrase("alert.many", count=count)
        (change,) = changes
        return _cut(
            self.translator.phrase(
                "alert.one", happened=self._happened(change), subject=_subject(change)
            )
        )

    def change(self, change: Change) -> str:
        """Return what is said of a change: its letter, what changed, when, where to read it."""
        letter, phrase = change.letter, self.translator.phrase
        number = phrase("alert.number", number=letter.number) if letter.number else ""
        agency = self._settings.agencies.get(letter.source, letter.source)
        lines = (
            f"{_subject(change)}{number}",
            self._happened(change),
            self.translator.sentence(change),
            phrase("alert.agency", agency=agency),
            self._link(change),
        )
        return "\n".join(lines)

    def outages(self, facts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        """Yield what is said of hosts; an outage that has ended is told by its end alone."""
        ended = {(each["host"], each["since"]) for each in facts if "until" in each}
        for each in facts:
            if "until" in each:
                moments = {name: self._moment(each[name]) for name in ("since", "until")}
                yield self.translator.phrase("alert.recovery", host=each["host"], **moments)
            elif "host" in each and (each["host"], each["since"]) not in ended:
                yield self._outage(each)

    def remainder(self, key: str, count: int) -> str:
        """Return that further changes are not listed, and where they are."""
        where = self.translator.phrase("alert.see")
        if self._settings.pages:
            where = f"{self._pages()}/changes"
        what = self.translator.phrase(key, count=count)
        return self.translator.phrase("alert.rest", what=what, where=where)

    def _outage(self, about: Mapping[str, Any]) -> str:
        phrase = self.translator.phrase
        key = "alert.outage" if about["unreached"] else "alert.unread"
        names = (self._settings.agencies.get(each, each) for each in about["sources"])
        lines = (
            phrase(key, host=about["host"], since=self._moment(about["since"])),
            phrase("alert.outage_reason", reason=about["reason"]),
            phrase("alert.outage_sources", names=self.translator.join(names)),
        )
        return "\n".join(lines)

    def _moment(self, written: str) -> str:
        return self.translator.moment(datetime.fromisoformat(written))

    def _happened(self, change: Change) -> str:
        line = headline(change, self.translator)
        kind = self.translator.term("kind", change.kind.value)
        return str(line) if line.happened else " ".join(filter(None, (kind, str(line))))

    def _link(self, change: Change) -> str:
        if not self._settings.pages:
            return change.letter.url
        return f"{self._pages()}/changes/{change.id}?lang={self.translator.language}"

    def _pages(self) -> str:
        return (self._settings.pages or "").rstrip("/")


def _fitting(blocks: Sequence[str], room: int, outages: int) -> tuple[list[str], int]:
    """Return the blocks that fit, the first in any case, and how many do not."""
    kept: list[str] = []
    reserve = _size("999999 more changes are not listed here: see") + 200
    for block in blocks[: outages + _LISTED]:
        if kept and _size(*kept, block) + reserve > room:
            break
        kept.append(block)
    if len(kept) == 1:
        kept = [_cut_bytes(kept[0], room - reserve)]
    return kept, len(blocks) - len(kept)


def _weight(change: Change) -> tuple[int, datetime, int]:
    return _WEIGHTS.index(change.significance), change.detected_at, change.id


def _subject(change: Change) -> str:
    return change.letter.subject or change.letter.title


def _size(*texts: str) -> int:
    return sum(len(each.encode()) + 2 for each in texts)


def _cut(text: str) -> str:
    return text if len(text) <= _TITLE else f"{text[: _TITLE - 1]}…"


def _cut_bytes(text: str, room: int) -> str:
    whole = text.encode()
    return text if len(whole) <= room else whole[: max(room, 0)].decode(errors="ignore")
