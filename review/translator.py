"""How fuhan speaks: phrases of one language, moments in one time zone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from letters.change import Change, ChangeKind, Window
from review.phrases import LANGUAGES, PHRASES, Language
from review.terms import TERMS

_BEIJING = {"zh": "北京时间", "en": "Beijing time"}


@dataclass(frozen=True, slots=True)
class Translator:
    """One language and one time zone, for everything a page or a report says."""

    language: Language
    zone: ZoneInfo

    @property
    def tag(self) -> str:
        """The language as HTML's lang attribute names it."""
        return "zh-Hans" if self.language == "zh" else "en"

    def say(self, key: str, **values: object) -> str:
        """Return the phrase of `key` with its {names} filled in. Raises KeyError for none."""
        return PHRASES[key][LANGUAGES.index(self.language)].format(**values)

    def term(self, family: str, value: str) -> str:
        """Return what a value of the domain is called; one without a name stands for itself."""
        found = TERMS.get(f"{family}.{value}")
        return found[LANGUAGES.index(self.language)] if found else value

    def moment(self, at: datetime, *, seconds: bool = False) -> str:
        """Return `at` on the clock of the zone, to the minute."""
        form = "%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M"
        return at.astimezone(self.zone).strftime(form)

    def window(self, window: Window) -> str:
        """Return when a change happened, in words: a day named once, seconds where they tell."""
        zone = self.say("when.zone", zone=self.zone_name())
        if window.after is None:
            return self.say("when.by", before=self.moment(window.before)) + zone
        seconds = self.moment(window.after) == self.moment(window.before)
        after, before = (self.moment(at, seconds=seconds) for at in (window.after, window.before))
        same_day = after[:10] == before[:10]
        return (
            self.say("when.between", after=after, before=before[11:] if same_day else before)
            + zone
        )

    def zone_name(self) -> str:
        """Return what people call the zone."""
        key = self.zone.key
        return _BEIJING[self.language] if key in ("Asia/Shanghai", "PRC") else key

    def told(self, change: Change) -> str:
        """Return what happened in one plain sentence."""
        count = len(change.edits)
        sentence = self.say(
            f"told.{change.kind.value}", when=self.window(change.window), count=count
        )
        if count and change.kind is not ChangeKind.EDITED:
            sentence += self.say("told.also_edited", count=count)
        return sentence + self.say("told.stop")

    def looks(self, looks: Mapping[str, int]) -> str:
        """Return what was looked at and what that backs, from `Contents.looks`."""
        if not looks["crawls"]:
            return self.say("report.unlooked")
        told = [self.say("report.crawls", **looks)]
        if looks["errors"]:
            told.append(self.say("report.errors", **looks))
        return self.sentences([*told, self.say("report.only")])

    def sentences(self, told: Iterable[str]) -> str:
        """Return sentences in a row; Chinese ones stand close."""
        return ("" if self.language == "zh" else " ").join(told)

    def join(self, words: Iterable[str]) -> str:
        """Return names in a row, separated as the language does."""
        return ("、" if self.language == "zh" else ", ").join(words)
