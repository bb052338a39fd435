"""What a message says of an alarm: what began, why and what to do; or that it ended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from letters.alarm import AlarmKind
from letters.alarm_words import ADVICE, NAMES
from review.translator import Translator

_NAMED = 20  # sources of an alarm; of more there is a count
_SEVERAL = 2
# What is configured no more where an alarm is over for that; of others it is a source.
_UNWATCHED = {AlarmKind.ALERTS: "channel", AlarmKind.BACKUP: "backup"}


@dataclass(frozen=True, slots=True)
class AlarmText:
    """Words of alarms, by the facts of their notices."""

    translator: Translator
    agencies: Mapping[str, str]  # by name of their source

    def block(self, about: Mapping[str, Any]) -> str:
        """Return all that is said of an alarm; of one that has ended, one line."""
        return "\n".join([self.line(about)] if "until" in about else self._begun(about))

    def line(self, about: Mapping[str, Any]) -> str:
        """Return what an alarm is of, and when it began or ended."""
        kind = AlarmKind(about["alarm"])
        is_silent = about["host"] and kind is AlarmKind.UNREACHABLE
        form = f"{'outage' if is_silent else 'alarm'}_{'ended' if 'until' in about else 'begun'}"
        if about.get("unwatched"):
            form = f"{_UNWATCHED.get(kind, 'alarm')}_unwatched"
        moments = {key: self._moment(about[key]) for key in ("since", "until") if key in about}
        return self.translator.phrase(
            f"alert.{form}",
            what=about["host"] or about["subject"] or self._whom(about["sources"]) or "fuhan",
            name=self.translator.reason(NAMES[kind]),
            **moments,
        )

    def kinds(self, alarms: Sequence[Mapping[str, Any]]) -> str:
        """Return of which kinds some alarms are."""
        names = dict.fromkeys(NAMES[AlarmKind(about["alarm"])] for about in alarms)
        return self.translator.join(map(self.translator.reason, names))

    def names(self, sources: Sequence[str]) -> str:
        """Return the agencies of sources, as they are told apart."""
        return self.translator.join(map(self._name, sources))

    def _begun(self, about: Mapping[str, Any]) -> Iterator[str]:
        kind = AlarmKind(about["alarm"])
        translator, named = self.translator, about["sources"][:_NAMED]
        yield self.line(about)
        yield translator.phrase("alert.alarm_reason", reason=translator.reason(about["reason"]))
        if about["host"] or named[1:]:
            yield translator.phrase("alert.alarm_sources", names=self.names(named))
        if rest := len(about["sources"]) - len(named):
            yield translator.phrase("alert.alarm_more_sources", count=rest)
        yield translator.phrase("alert.alarm_advice", advice=translator.reason(ADVICE[kind]))

    def _whom(self, sources: Sequence[str]) -> str:
        names = self.names(sources[:_NAMED])
        if rest := len(sources[_NAMED:]):
            more = self.translator.phrase("alert.alarm_more_sources", count=rest)
            return self.translator.join([names, more])
        return names

    def _name(self, source: str) -> str:
        """Return the agency of a source, and the source too where the agency has several."""
        agency = self.agencies.get(source, source)
        if list(self.agencies.values()).count(agency) < _SEVERAL:
            return agency
        return self.translator.phrase("alert.agency_source", agency=agency, source=source)

    def _moment(self, written: str) -> str:
        return self.translator.moment(datetime.fromisoformat(written))
