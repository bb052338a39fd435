"""Builds the change report for people: one file that needs no other."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from importlib.resources import files
from itertools import product
from typing import Any, Literal, NotRequired, TypedDict, Unpack
from zoneinfo import ZoneInfo

from letters.change import Change, ChangeKind, Significance
from letters.crawl_record import Crawl
from letters.review import ReviewState
from review.change_view import ChangeView, load_change_view
from review.languages import Language
from review.pictures.changes_by_week import (
    changes_by_week,
    count_weeks,
    counted_change,
    describe_weeks,
)
from review.rendering import render_parts
from review.report_contents import Period, ReportContents, Section
from review.translator import Translator
from storage import queries
from storage.database.archive import Archive
from storage.queries import ChangeFilter

Format = Literal["html", "md", "json"]
# What happened to a letter, but for that it was published: of one weight, in this order.
_GRAVEST_FIRST = (
    ChangeKind.WITHDRAWN,
    ChangeKind.EDITED,
    ChangeKind.DELISTED,
    ChangeKind.RESTORED,
    ChangeKind.RELOCATED,
)
_STYLES = ("review.css", "report.css")
_CHUNK = 200  # pieces of a template that are written at once


class ReportOptions(TypedDict):
    """What a report contains, and how it says it."""

    since: datetime | None  # None: from the beginning
    until: datetime | None  # None: to `now`
    format: Format  # json has the same values as the API
    language: Language
    timezone: ZoneInfo  # in which times are printed
    now: datetime
    state: NotRequired[ReviewState | None]  # only changes in it are listed; None: all
    baseline: NotRequired[bool]  # the letters of first crawls are listed, too


def build(archive: Archive, **options: Unpack[ReportOptions]) -> str:
    """Return the changes and crawls from `since` to `until` as one text."""
    return "".join(parts(archive, **options))


def parts(archive: Archive, **options: Unpack[ReportOptions]) -> Iterator[str]:
    """Yield the text of a report piece by piece: no more than one change is in memory."""
    period = Period(options["since"], options["until"] or options["now"])
    with archive.reading() as connection:
        wanted = ChangeFilter(since=period.since, until=period.until, state=options.get("state"))
        contents = _contents(connection, period, wanted, baseline=options.get("baseline", False))
        if options["format"] == "json":
            yield from contents.json_parts()
            return
        values: dict[str, Any] = {
            "contents": contents,
            "translator": Translator(options["language"], options["timezone"]),
            "now": options["now"],
        }
        if options["format"] == "html":
            values |= _style() | {"picture": _picture(contents, values["translator"])}
        yield from render_parts(f"report.{options['format']}", _CHUNK, **values)


def _contents(
    connection: Any, period: Period, wanted: ChangeFilter, *, baseline: bool
) -> ReportContents:
    listed = replace(wanted, baseline=None if baseline else False)

    def changes() -> Iterator[Change]:
        return queries.changes(connection, listed)

    def published(*, of: bool) -> Iterator[Change]:
        first_seen = replace(wanted, kind=ChangeKind.PUBLISHED, baseline=of)
        return queries.changes(connection, first_seen)

    def weighing(*weights: Significance) -> Iterator[Change]:
        for weight, kind in product(weights, _GRAVEST_FIRST):
            yield from queries.changes(connection, replace(listed, significance=weight, kind=kind))

    def views(*weights: Significance) -> Iterator[ChangeView]:
        return (load_change_view(connection, change) for change in weighing(*weights))

    def crawls() -> Iterator[Crawl]:
        return (
            each
            for each in queries.crawls(connection, since=period.since)
            if period.includes(each.started_at)
        )

    return ReportContents(
        period=period,
        state=wanted.state,
        changes=Section(changes),
        crawls=Section(crawls),
        by_weight={each: Section(partial(weighing, each)) for each in Significance},
        changed=Section(lambda: weighing(*Significance)),
        main_changes=Section(lambda: views(Significance.SUBSTANTIVE, Significance.MINOR)),
        published=Section(lambda: published(of=False)),
        baseline=Section(lambda: published(of=True)) if baseline else (),
        baseline_count=queries.count_changes(connection, replace(wanted, baseline=True)),
        cosmetic_changes=Section(lambda: views(Significance.COSMETIC)),
    )


def _picture(contents: ReportContents, translator: Translator) -> dict[str, str] | None:
    """Return the picture of the weeks, and what it shows in words; None: there is one at most."""
    weeks = count_weeks(map(counted_change, contents.changed), translator.zone)
    svg = changes_by_week(weeks, translator) if len({week for week, *_ in weeks}) > 1 else None
    return {"svg": svg, "words": describe_weeks(weeks, translator)} if svg else None


def _style() -> dict[str, str]:
    """Return the stylesheet of a report, and the digest by which its policy allows it alone."""
    sheets = (files("review").joinpath(f"static/{name}").read_text("utf-8") for name in _STYLES)
    style = "".join(sheets)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {"style": style, "style_digest": digest}
