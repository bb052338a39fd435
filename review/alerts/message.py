"""The text of an alert: what a person acts on, subject first, as long as the channel takes."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from letters.change import Change, Significance
from review.alerts.alarm_news import alarm_news
from review.alerts.alarm_text import AlarmText
from review.headline import headline
from review.languages import Language
from review.translator import Translator
from storage.outbox.notices import Notice, folded_count

_LISTED = 20  # changes that a message lists at most; more are counted
_TITLE = 80  # characters
_TIMES = re.compile(r" ?[(（][^()（）]*[)）]$")
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
    waiting: Sequence[Notice],
    key: str,
    language: Language,
    room: int,
    settings: MessageSettings,
) -> Message:
    """Return the message of some notices, the change with each that is of one.

    `waiting` is all that waits for the channel, what is in the message, too. `room` is how many
    bytes of UTF-8 the message may have. `key` says which message it is.
    """
    writer = _Writer(Translator(language, settings.zone), settings)
    ordered = sorted((each for _, each in notices if each), key=_weight)
    news = alarm_news([each for each, _ in notices], waiting)
    facts = list(news)
    alarms = [writer.alarms.block(about) for about in facts]
    folded = sum(folded_count(each) for each, _ in notices if "folded" in (each.about or {}))
    title = writer.title(ordered, facts, folded)
    end = [writer.translator.phrase("alert.key", message=key)]
    left = room - _size(title, *end)
    blocks, rest = _fitting([*alarms, *map(writer.change, ordered)], left, len(alarms))
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
        self.alarms = AlarmText(translator, settings.agencies)
        self._settings = settings

    def title(
        self, changes: Sequence[Change], alarms: Sequence[Mapping[str, Any]], folded: int
    ) -> str:
        """Return what the message is of in one line."""
        count = len(changes) + folded
        if alarms and not (alarms[1:] or count):
            return _cut(_short(self.alarms.line(alarms[0])))
        if alarms or count != 1 or folded:
            return _cut(self.translator.join(self._counts(changes, alarms, folded)))
        (change,) = changes
        return _cut(
            self.translator.phrase(
                "alert.one", happened=self._happened(change), subject=_subject(change)
            )
        )

    def _counts(
        self, changes: Sequence[Change], alarms: Sequence[Mapping[str, Any]], folded: int
    ) -> Iterator[str]:
        """Yield how many alarms and changes there are, and of what, unless some are folded."""
        phrase = self.translator.phrase
        if alarms:
            what = phrase("alert.alarms", count=len(alarms))
            yield phrase("alert.of", what=what, of=self.alarms.kinds(alarms))
        many = phrase("alert.many", count=len(changes) + folded)
        if changes and not folded:
            yield phrase("alert.of", what=many, of=self._kinds(changes))
        elif folded or not alarms:
            yield many

    def _kinds(self, changes: Sequence[Change]) -> str:
        """Return how many changes of each kind there are, and of which source or how many."""
        phrase, term = self.translator.phrase, self.translator.term
        kinds = Counter(change.kind for change in changes)
        counts = (
            phrase("alert.of_kind", kind=term("kind", kind.value), count=count)
            for kind, count in kinds.items()
        )
        sources = list({change.letter.source for change in changes})
        where = self.alarms.names(sources)
        if sources[1:]:
            where = phrase("alert.sources", count=len(sources))
        return phrase("alert.kinds_of", kinds=self.translator.join(counts), where=where)

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

    def remainder(self, key: str, count: int) -> str:
        """Return that further changes are not listed, and where they are."""
        where = self.translator.phrase("alert.see")
        if self._settings.pages:
            where = f"{self._pages()}/changes"
        what = self.translator.phrase(key, count=count)
        return self.translator.phrase("alert.rest", what=what, where=where)

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


def _fitting(blocks: Sequence[str], room: int, alarms: int) -> tuple[list[str], int]:
    """Return the blocks that fit, the first in any case, and how many do not."""
    kept: list[str] = []
    reserve = _size("999999 more changes are not listed here: see") + 200
    for block in blocks[: alarms + _LISTED]:
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


def _short(line: str) -> str:
    """Return a line without the times at its end where it is too long: half a time misleads."""
    return line if len(line) <= _TITLE else _TIMES.sub("", line)


def _cut(text: str) -> str:
    return text if len(text) <= _TITLE else f"{text[: _TITLE - 1]}…"


def _cut_bytes(text: str, room: int) -> str:
    whole = text.encode()
    return text if len(whole) <= room else whole[: max(room, 0)].decode(errors="ignore")
