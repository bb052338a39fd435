"""Phrases, terms and times as people read them: in one language and one time zone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from letters.change import Change, ChangeKind, Window
from letters.review import ReviewState
from review.languages import LANGUAGES, Language
from review.phrases import PHRASES
from review.sentences.chinese import chinese
from review.terms import TERMS

_BEIJING = {"zh": "北京时间", "en": "Beijing time"}


@dataclass(frozen=True, slots=True)
class Translator:
    """One language and one time zone, for all text of a page or a report."""

    language: Language
    zone: ZoneInfo

    @property
    def tag(self) -> str:
        """The language as HTML's lang attribute names it."""
        return "zh-Hans" if self.language == "zh" else "en"

    def phrase(self, key: str, **values: object) -> str:
        """Return the phrase of `key` with its {names} filled in. Raises KeyError for none.

        Of "{count} day || {count} days" it is the first for a count of one.
        """
        one, _, many = PHRASES[key][LANGUAGES.index(self.language)].partition(" || ")
        return (one if not many or str(values["count"]) == "1" else many).format(**values)

    def term(self, family: str, value: str) -> str:
        """Return the term for a value; the value itself where there is none."""
        term = TERMS.get(f"{family}.{value}")
        return term[LANGUAGES.index(self.language)] if term else value

    def moment(self, at: datetime, *, seconds: bool = False) -> str:
        """Return `at` in the zone, to the minute."""
        form = "%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M"
        return at.astimezone(self.zone).strftime(form)

    def window(self, window: Window) -> str:
        """Return when a change happened: a day once, seconds where the minutes are the same."""
        zone = self.phrase("when.zone", zone=self.zone_name())
        if window.after is None:
            return self.phrase("when.by", before=self.moment(window.before)) + zone
        seconds = self.moment(window.after) == self.moment(window.before)
        after, before = (self.moment(at, seconds=seconds) for at in (window.after, window.before))
        same_day = after[:10] == before[:10]
        return (
            self.phrase("when.between", after=after, before=before[11:] if same_day else before)
            + zone
        )

    def zone_name(self) -> str:
        """Return the name of the zone."""
        key = self.zone.key
        return _BEIJING[self.language] if key in ("Asia/Shanghai", "PRC") else key

    def sentence(self, change: Change) -> str:
        """Return what happened in one sentence."""
        count = len(change.edits)
        sentence = self.phrase(
            f"sentence.{change.kind.value}", when=self.window(change.window), count=count
        )
        if count and change.kind is not ChangeKind.EDITED:
            sentence += self.phrase("sentence.also_edited", count=count)
        return sentence + self.phrase("sentence.stop")

    def reason(self, recorded: str) -> str:
        """Return why a change has its weight, or why a page got no verdict.

        As recorded, in English, where nobody knows it in Chinese.
        """
        if self.language == "en":
            return recorded
        return chinese(recorded.removesuffix(".")) or recorded

    def crawl_summary(self, counts: Mapping[str, int], *, is_whole: bool = True) -> str:
        """Return what crawls fetched and what follows, from `ReportContents.crawl_counts`.

        That there was no other change follows only where the report `is_whole`.
        """
        if not counts["crawls"]:
            return self.phrase("report.not_crawled")
        sentences = [self.phrase("report.crawls", **counts)]
        if counts["errors"]:
            sentences.append(self.phrase("report.errors", **counts))
        if is_whole:
            sentences.append(self.phrase("report.only"))
        return self._joined(sentences)

    def report_state(self, state: ReviewState) -> str:
        """Return that a report has only the changes in one state."""
        if state is ReviewState.OPEN:
            return self.phrase("report.state_open")
        return self.phrase("report.state", state=self.phrase(f"review.{state.value}"))

    def _joined(self, sentences: Iterable[str]) -> str:
        """Return sentences joined; Chinese ones without a space."""
        return ("" if self.language == "zh" else " ").join(sentences)

    def join(self, words: Iterable[str]) -> str:
        """Return a list of names, separated as the language does."""
        return ("、" if self.language == "zh" else ", ").join(words)
