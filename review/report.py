"""A change report for people, in one file that needs no other."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

from letters.change import Change, ChangeKind, Significance
from review.change_view import tell
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
    """Return what changed from `since` to `until`, and what was looked at meanwhile.

    None is the beginning, or `now`. Times are read on the clock of `timezone`; `json`
    tells the same values as the API. With `baseline` it names the letters of first crawls.
    """
    period = Period(since, until or now)
    contents = _contents(archive, period, baseline=baseline)
    if format == "json":
        return json.dumps(contents.as_json(), ensure_ascii=False, indent=2) + "\n"
    voice = Translator(language, timezone)
    if format == "md":
        return render("report.md", contents=contents, voice=voice, now=now)
    return _html(contents, voice, now)


def _contents(archive: Archive, period: Period, *, baseline: bool) -> ReportContents:
    with archive.reading() as connection:
        wanted = queries.ChangeFilter(since=period.since, until=period.until)
        shown = replace(wanted, baseline=None if baseline else False)
        changes = tuple(queries.changes(connection, shown))
        first_letters = queries.count_changes(connection, replace(wanted, baseline=True))
        crawls = [crawl for crawl in queries.crawls(connection) if period.holds(crawl.started_at)]
    seen = [each for each in changes if each.kind is ChangeKind.PUBLISHED]
    return ReportContents(
        period=period,
        changes=changes,
        crawls=tuple(crawls),
        told=tuple(tell(archive, each) for each in _weighty(changes)),
        published=tuple(each for each in seen if not each.baseline),
        baseline=tuple(each for each in seen if each.baseline),
        first_letters=first_letters,
        cosmetic=tuple(tell(archive, each) for each in changes if _is_cosmetic(each)),
    )


def _weighty(changes: Sequence[Change]) -> list[Change]:
    left_out = ChangeKind.PUBLISHED
    return [each for each in changes if each.kind is not left_out and not _is_cosmetic(each)]


def _is_cosmetic(change: Change) -> bool:
    is_shown_apart = change.kind is ChangeKind.PUBLISHED
    return change.significance is Significance.COSMETIC and not is_shown_apart


def _html(contents: ReportContents, voice: Translator, now: datetime) -> str:
    # The stylesheet is the only thing that the file may apply; the policy names it by its hash.
    style = files("review").joinpath("static/review.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return render(
        "report.html", contents=contents, voice=voice, now=now, style=style, style_digest=digest
    )
