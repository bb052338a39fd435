"""Writes the public site of changes into a folder, from the archive."""

import heapq
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from letters.review import ReviewState
from review.change_view import ChangeView, load_change_view
from review.languages import LANGUAGES
from review.pictures.changes_by_week import changes_by_week, describe_weeks
from review.site.public_change import PublicChange, public_change
from review.site.site_feed import site_feed
from review.site.site_folder import SiteFolder
from review.site.site_lists import ListName, SiteCounts, categories_of, month_of, write_list
from review.site.site_page import FOLDERS, PagePlace, render_page
from review.site.site_search import search_data
from review.translator import Translator
from storage import queries
from storage.database.archive import Archive
from storage.queries import ChangeFilter

_NEWEST = 20  # changes on the first page
_FED = 100  # changes in the feed
_STATIC: Final = {
    "style.css": ("review.css", "site.css"),
    "icon.svg": ("icon.svg",),
    "search.js": ("search.js",),
}


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """Which changes a site has, on whose clock its times are, and where it is on the web."""

    state: ReviewState
    zone: ZoneInfo
    address: str | None = None  # of its folder, with / at the end; None: anywhere


def write_site(archive: Archive, folder: Path, options: SiteOptions) -> int:
    """Write the site into `folder` and return how many changes it has.

    What an earlier export wrote there and this one does not is removed. The same archive gives
    the same bytes. Raises ForeignFileError where a file of somebody else is in the way.
    """
    site_folder = SiteFolder(folder)
    with archive.reading() as connection, site_folder.rewriting():
        return _Site(connection, site_folder, options).write()


class _Site:
    """One export of a site, which reads the changes anew for each of its parts."""

    def __init__(self, connection: Any, folder: SiteFolder, options: SiteOptions) -> None:
        self._connection = connection
        self._folder = folder
        self._options = options
        self._zone = options.zone

    def write(self) -> int:
        counts = SiteCounts()
        for public in self._changes():
            counts.add(public.change, self._zone)
            self._write_change(public)
        for name in _lists(counts):
            write_list(self._folder, name, partial(self._listed, name), self._zone)
        self._write_first_pages(counts)
        self._write_data()
        for target, names in _STATIC.items():
            parts = (
                files("review").joinpath(f"static/{name}").read_text("utf-8") for name in names
            )
            self._folder.write(target, "".join(parts))
        return counts.total

    def _changes(self, source: str | None = None) -> Iterator[PublicChange]:
        wanted = ChangeFilter(source=source, state=self._options.state, baseline=False)
        return map(public_change, queries.changes(self._connection, wanted))

    def _listed(self, name: ListName) -> Iterator[PublicChange]:
        if name.family == "sources":
            return self._changes(name.value)
        return (each for each in self._changes() if name.value in self._groups(each, name.family))

    def _groups(self, public: PublicChange, family: str) -> set[str]:
        if family == "months":
            return {month_of(public.change, self._zone)}
        return categories_of(public.change)

    def _write_change(self, public: PublicChange) -> None:
        view = load_change_view(self._connection, public.change)
        pages = self._write_evidence(view)
        for language in LANGUAGES:
            place = PagePlace(language, f"changes/{public.change.id}.html")
            values = {"change_view": view, "pages": pages, "state": self._options.state}
            text = render_page("change.html", place, self._zone, **values)
            self._folder.write(place.file, text)

    def _write_evidence(self, view: ChangeView) -> dict[str, str]:
        """Write the pages as served that are evidence; return their files by digest.

        They are text to whoever opens them: nothing in them runs. One that is damaged is left out.
        """
        written = {}
        for version in view.versions:
            path = f"evidence/{version.evidence}.txt"
            try:
                if not self._folder.has(path):
                    body = queries.load_evidence(self._connection, version.evidence)
                    self._folder.write(path, body)
            except queries.EvidenceError:
                continue
            written[version.evidence] = path
        return written

    def _write_first_pages(self, counts: SiteCounts) -> None:
        newest = list(islice(self._changes(), _NEWEST))
        values: dict[str, Any] = {"counts": counts, "newest": newest, "state": self._options.state}
        for language in LANGUAGES:
            translator = Translator(language, self._zone)
            values["picture"] = describe_weeks(counts.weeks, translator) if counts.weeks else None
            if svg := changes_by_week(counts.weeks, translator):
                self._folder.write(f"{FOLDERS[language]}pictures/weeks.svg", svg)
            for template in ("index.html", "search.html"):
                place = PagePlace(language, template)
                text = render_page(template, place, self._zone, **values)
                self._folder.write(place.file, text)

    def _write_data(self) -> None:
        fed = heapq.nlargest(_FED, self._changes(), key=_decided)
        for language in LANGUAGES:
            translator, under = Translator(language, self._zone), FOLDERS[language]
            address = self._options.address and f"{self._options.address}{under}"
            self._folder.write(f"{under}feed.atom", site_feed(fed, translator, address))
            data = "".join(search_data(self._changes(), translator))
            self._folder.write(f"{under}search-data.js", data)
        lines = (json.dumps(each.as_json(), ensure_ascii=False) for each in self._changes())
        self._folder.write("changes.jsonl", "".join(f"{line}\n" for line in lines))


def _decided(public: PublicChange) -> tuple[object, int]:
    return public.updated_at, public.change.id


def _lists(counts: SiteCounts) -> Iterator[ListName]:
    for family in ("months", "sources", "categories"):
        for value in sorted(getattr(counts, family)):
            yield ListName(family, value)
