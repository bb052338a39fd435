"""Builds the change report for people: one file that needs no other."""

import base64
import hashlib
import json
from dataclasses import replace
from datetime import datetime
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

from letters.change import ChangeKind, Significance
from review.change_view import load_change_view
from review.phrases import Language
from review.rendering import render
from review.report_contents import Period, ReportContents
from review.translator import Translator
from storage import queries
from storage.database.archive import Archive

Format = Literal["html", "md", "json"]


def build(  # noqa: PLR0913 - each is named by the caller
    archive: Archive,
    *,
    since: datetime | None,
    until: datetime | None,
    format: Format,  # noqa: A002 - what the option is called
    language: Language,
    timezone: ZoneInfo,
    now: datetime,
    baseline: bool = False,
) -> str:
    """Return the changes and crawls from `since` to `until`.

    None is the beginning, or `now`. Times are printed in `timezone`; `json` has the same values
    as the API. With `baseline` the letters of first crawls are listed, too.
    """
    period = Period(since, until or now)
    contents = _contents(archive, period, baseline=baseline)
    if format == "json":
        return json.dumps(contents.as_json(), ensure_ascii=False, indent=2) + "\n"
    translator = Translator(language, timezone)
    if format == "md":
        return render("report.md", contents=contents, translator=translator, now=now)
    return _html(contents, translator, now)


def _contents(archive: Archive, period: Period, *, baseline: bool) -> ReportContents:
    with archive.reading() as connection:
        filters = queries.ChangeFilter(since=period.since, until=period.until)
        listed = replace(filters, baseline=None if baseline else False)
        changes = tuple(queries.changes(connection, listed))
        baseline_count = queries.count_changes(connection, replace(filters, baseline=True))
        crawls = [each for each in queries.crawls(connection) if period.includes(each.started_at)]
    published = [change for change in changes if change.kind is ChangeKind.PUBLISHED]
    others = [change for change in changes if change.kind is not ChangeKind.PUBLISHED]
    cosmetic = [each for each in others if each.significance is Significance.COSMETIC]
    main = [each for each in others if each.significance is not Significance.COSMETIC]
    return ReportContents(
        period=period,
        changes=changes,
        crawls=tuple(crawls),
        main_changes=tuple(load_change_view(archive, change) for change in main),
        published=tuple(change for change in published if not change.baseline),
        baseline=tuple(change for change in published if change.baseline),
        baseline_count=baseline_count,
        cosmetic_changes=tuple(load_change_view(archive, change) for change in cosmetic),
    )


def _html(contents: ReportContents, translator: Translator, now: datetime) -> str:
    # The policy of the file allows nothing but this stylesheet, by its hash.
    style = files("review").joinpath("static/review.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return render(
        "report.html",
        contents=contents,
        translator=translator,
        now=now,
        style=style,
        style_digest=digest,
    )
