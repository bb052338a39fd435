"""The text of an alert: what a person acts on, subject first, as long as the channel takes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from letters.alarm import AlarmKind
from letters.alarm_words import ADVICE, NAMES
from letters.change import Change, Significance
from review.alerts.alarm_news import alarm_news
from review.headline import headline
from review.languages import Language
from review.translator import Translator
from storage.outbox.notices import Notice, folded_count

_NAMED = 20  # sources of an alarm; of more there is a count
_LISTED = 20  # changes that a message lists at most; more are counted
_TITLE = 80  # characters
_SEVERAL = 2
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
    alarms = [writer.alarm(about) for about in news]
    folded = sum(folded_count(each) for each, _ in notices if "folded" in (each.about or {}))
    title = writer.title(ordered, alarms, folded)
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
        self._settings = settings

    def title(self, changes: Sequence[Change], alarms: Sequence[str], folded: int) -> str:
        """Return what the message is of in one line."""
        count = len(changes) + folded
        if alarms and not (alarms[1:] or count):
            return _cut(_short(alarms[0].partition("\n")[0]))
        many = {"alert.alarms": len(alarms), "alert.many": count}
        if alarms or count > 1 or not changes:
            said = (self.translator.phrase(key, count=each) for key, each in many.items() if each)
            return self.translator.join(said)
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

    def alarm(self, about: Mapping[str, Any]) -> str:
        """Return what is said of an alarm: that it began, why and what to do, or that it ended."""
        return "\n".join([self._alarm_line(about)] if "until" in about else self._begun(about))

    def remainder(self, key: str, count: int) -> str:
        """Return that further changes are not listed, and where they are."""
        where = self.translator.phrase("alert.see")
        if self._settings.pages:
            where = f"{self._pages()}/changes"
        what = self.translator.phrase(key, count=count)
        return self.translator.phrase("alert.rest", what=what, where=where)

    def _begun(self, about: Mapping[str, Any]) -> Iterator[str]:
        kind = AlarmKind(about["alarm"])
        translator, named = self.translator, about["sources"][:_NAMED]
        yield self._alarm_line(about)
        yield translator.phrase("alert.alarm_reason", reason=translator.reason(about["reason"]))
        if about["host"] or named[1:]:
            yield translator.phrase("alert.alarm_sources", names=self._names(named))
        if rest := len(about["sources"]) - len(named):
            yield translator.phrase("alert.alarm_more_sources", count=rest)
        yield translator.phrase("alert.alarm_advice", advice=translator.reason(ADVICE[kind]))

    def _alarm_line(self, about: Mapping[str, Any]) -> str:
        """Return what an alarm is of, and when it began or ended."""
        kind = AlarmKind(about["alarm"])
        is_silent = about["host"] and kind is AlarmKind.UNREACHABLE
        form = f"{'outage' if is_silent else 'alarm'}_{'ended' if 'until' in about else 'begun'}"
        if about.get("unwatched"):
            form = "alarm_unwatched"
        moments = {key: self._moment(about[key]) for key in ("since", "until") if key in about}
        return self.translator.phrase(
            f"alert.{form}",
            what=about["host"] or about["subject"] or self._whom(about["sources"]) or "fuhan",
            name=self.translator.reason(NAMES[kind]),
            **moments,
        )

    def _whom(self, sources: Sequence[str]) -> str:
        names = self._names(sources[:_NAMED])
        if rest := len(sources[_NAMED:]):
            more = self.translator.phrase("alert.alarm_more_sources", count=rest)
            return self.translator.join([names, more])
        return names

    def _names(self, sources: Sequence[str]) -> str:
        return self.translator.join(map(self._name, sources))

    def _name(self, source: str) -> str:
        """Return the agency of a source, and the source too where the agency has several."""
        agencies = self._settings.agencies
        agency = agencies.get(source, source)
        if list(agencies.values()).count(agency) < _SEVERAL:
            return agency
        return self.translator.phrase("alert.agency_source", agency=agency, source=source)

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
