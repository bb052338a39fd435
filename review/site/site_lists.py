"""The lists of a site: changes by month, by source and by category, a hundred on a page."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from zoneinfo import ZoneInfo

from letters.change import Change
from review.languages import LANGUAGES
from review.pictures.changes_by_week import WeekCounts, count_weeks, counted_change
from review.site.public_change import PublicChange
from review.site.site_folder import SiteFolder
from review.site.site_page import PagePlace, render_page

_ENTRIES = 100  # of one page
Read = Callable[[], Iterable[PublicChange]]


@dataclass(slots=True)
class SiteCounts:
    """How many changes there are on a site, by what it lists them by; filled while it is read."""

    months: Counter[str] = field(default_factory=Counter)  # as 2026-11, of the site's zone
    sources: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    significances: Counter[str] = field(default_factory=Counter)
    weeks: WeekCounts = field(default_factory=Counter)

    def add(self, change: Change, zone: ZoneInfo) -> None:
        """Count a change."""
        self.months[month_of(change, zone)] += 1
        self.sources[change.letter.source] += 1
        self.categories.update(categories_of(change))
        self.kinds[change.kind.value] += 1
        self.significances[change.significance.value] += 1
        self.weeks.update(count_weeks((counted_change(change),), zone))

    @property
    def total(self) -> int:
        """How many changes there are."""
        return self.sources.total()


@dataclass(frozen=True, slots=True)
class ListName:
    """What the changes of a list have in common."""

    family: str  # months | sources | categories
    value: str

    def path(self, number: int = 1) -> str:
        """Return the path of a page of the list, by its number from 1."""
        return f"{self.family}/{self.value}{f'.{number}' if number > 1 else ''}.html"


def month_of(change: Change, zone: ZoneInfo) -> str:
    """Return the month in which a change was detected, as 2026-11."""
    return f"{change.detected_at.astimezone(zone):%Y-%m}"


def categories_of(change: Change) -> set[str]:
    """Return the categories of a change's edits."""
    return {edit.category.value for edit in change.edits}


def write_list(folder: SiteFolder, name: ListName, read: Read, zone: ZoneInfo) -> None:
    """Write the pages of a list; its changes are read once a language, a page at a time."""
    for language in LANGUAGES:
        for number, entries, is_last in _pages(read()):
            place = PagePlace(language, name.path(number))
            values = {
                "name": name,
                "entries": entries,
                "newer": name.path(number - 1) if number > 1 else None,
                "older": None if is_last else name.path(number + 1),
            }
            folder.write(place.file, render_page("list.html", place, zone, **values))


def _pages(changes: Iterable[PublicChange]) -> Iterator[tuple[int, list[PublicChange], bool]]:
    """Yield number, changes, and whether it is the last, of each page."""
    remaining = iter(changes)
    number, page = 1, list(islice(remaining, _ENTRIES))
    while page:
        following = list(islice(remaining, _ENTRIES))
        yield number, page, not following
        number, page = number + 1, following
