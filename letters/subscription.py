"""What somebody wants to be alerted to: which changes of letters go to which alert channel."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from letters.alarm import OUTAGES, AlarmKind
from letters.change import Category, ChangeKind, Edit, Significance
from letters.search_text import search_form

_WEIGHTS = tuple(Significance)  # the weightiest first
# Among kinds: that a source can't be read, and that it is again; that any alarm begins and ends.
OUTAGE, ALARM = "outage", "alarm"


@dataclass(frozen=True, slots=True)
class NewsItem:
    """What a subscription is asked about: a change, and the letter that it is of."""

    kind: ChangeKind
    significance: Significance
    edits: tuple[Edit, ...]
    letter: tuple[str, ...]  # title, subject and addressees, as far as they are known

    def texts(self) -> Iterator[str]:
        """Yield what wanted words are searched for in."""
        yield from self.letter
        for edit in self.edits:
            yield from filter(None, (edit.old, edit.new, edit.context))


@dataclass(frozen=True, slots=True)
class Subscription:
    """Which changes of one source go to an alert channel; an empty tuple wants all."""

    channel: str  # the name of its entry under `notify`
    significance: Significance = Significance.SUBSTANTIVE  # at least
    kinds: tuple[str, ...] = ()  # of changes, OUTAGE or ALARM
    categories: tuple[Category, ...] = ()  # a change has an edit of one of them
    words: tuple[str, ...] = ()  # one of them is in its letter's title or in an edit

    def wants(self, news: NewsItem) -> bool:
        """Return whether a change is to be announced; width, case and blanks make no difference.

        >>> news = NewsItem(ChangeKind.EDITED, Significance.MINOR, (), ("关于ＡＢ的答复",))
        >>> Subscription("mail", Significance.MINOR, words=("ab",)).wants(news)
        True
        """
        is_weighty = _WEIGHTS.index(news.significance) <= _WEIGHTS.index(self.significance)
        return is_weighty and self._is_of_kind(news) and self._says(news)

    def wants_alarm(self, kind: AlarmKind) -> bool:
        """Return whether alarms of a kind are to be reported."""
        return not self.kinds or ALARM in self.kinds or (OUTAGE in self.kinds and kind in OUTAGES)

    def _is_of_kind(self, news: NewsItem) -> bool:
        is_kind = not self.kinds or news.kind.value in self.kinds
        is_category = any(edit.category in self.categories for edit in news.edits)
        return is_kind and (not self.categories or is_category)

    def _says(self, news: NewsItem) -> bool:
        if not self.words:
            return True
        texts = [search_form(text) for text in news.texts()]
        return any(search_form(word) in text for word in self.words for text in texts)


def subscription_from_json(plain: Mapping[str, Any]) -> Subscription:
    """Return the subscription that `dataclasses.asdict` made plain."""
    return Subscription(
        channel=plain["channel"],
        significance=Significance(plain["significance"]),
        kinds=tuple(plain["kinds"]),
        categories=tuple(map(Category, plain["categories"])),
        words=tuple(plain["words"]),
    )
