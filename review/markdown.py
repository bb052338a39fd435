"""A change report in Markdown that reads on common hosts."""

import html
import re
from collections.abc import Iterator
from datetime import datetime

from differ.rows import DiffRowKind, Run, RunKind
from letters.change import Change, Edit
from letters.records import Crawl
from review.change_view import Telling
from review.report_contents import ReportContents
from review.translator import Translator

# What CommonMark and the hosts' own additions (tables, strikes, formulas, bare links) give a
# meaning: anywhere, or at the start of a line only. Text of a letter is only ever text.
_ANYWHERE = re.compile(r"[\\`*_\[\]|~$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"^(\d*)([-+#=.)])")
_TAGS = {RunKind.INSERT: "ins", RunKind.DELETE: "del"}


def written(contents: ReportContents, voice: Translator, now: datetime) -> str:
    """Return the report as Markdown."""
    return "\n".join(_lines(contents, voice, now)) + "\n"


def plain(text: str) -> str:
    r"""Return `text` in one line, written so that it shows as it is and does nothing.

    >>> print(plain("*一* <b> [x](y)"))
    \*一\* &lt;b&gt; \[x\](y)
    """
    return _as_line(_within(text))


def _within(text: str) -> str:
    """Return `text` as it may stand within a line."""
    line = html.escape(re.sub(r"[\t\n\r]", " ", text), quote=False)
    return _ANYWHERE.sub(r"\\\g<0>", line)


def _as_line(text: str) -> str:
    return _AT_START.sub(r"\1\\\2", text)


def _lines(contents: ReportContents, voice: Translator, now: datetime) -> Iterator[str]:
    period, say, zone = contents.period, voice.say, voice.say("when.zone", zone=voice.zone_name())
    since = voice.moment(period.since) if period.since else say("report.start")
    yield f"# {say('report.title')}\n"
    yield say("report.period", since=since, until=voice.moment(period.until)) + zone + "\n"
    yield f"## {say('report.summary')}\n"
    yield say("report.counts", total=len(contents.changes), **contents.by_significance())
    if contents.held():
        yield say("report.held", count=contents.held())
    if contents.first_letters:
        yield say(contents.words_on_baseline(), count=contents.first_letters)
    yield voice.looks(contents.looks()) + "\n"
    yield f"## {say('report.changes')}\n"
    for telling in contents.told:
        yield from _entry(telling, voice)
    if not contents.told:
        yield say("report.nothing") + "\n"
    yield from _published(contents.published, "report.new_letters", voice)
    yield from _published(contents.baseline, "report.first_letters", voice)
    if contents.cosmetic:
        yield f"## {say('report.cosmetic')}\n"
    for telling in contents.cosmetic:
        yield from _entry(telling, voice)
    yield from _looked(contents.crawls, voice)
    yield say("report.made", now=voice.moment(now)) + zone


def _entry(telling: Telling, voice: Translator) -> Iterator[str]:
    change = telling.change
    weight = voice.term("significance", change.significance.value)
    kind = voice.term("kind", change.kind.value)
    yield f"### {plain(change.letter.title)}\n"
    held = f" · {voice.say('change.held')}" if change.held else ""
    yield f"**{kind}** · {weight}{held} · {plain(change.letter.source)}\n"
    yield f"{voice.told(change)}\n"
    yield f"{voice.say('head.url')} {plain(change.letter.url)}\n"
    for number, edit in enumerate(change.edits, 1):
        yield from _edit(number, edit, voice)
    yield from _rows(telling, voice)
    yield from _evidence(telling, voice)


def _edit(number: int, edit: Edit, voice: Translator) -> Iterator[str]:
    names = [voice.term("category", edit.category.value), voice.term("field", edit.field)]
    if edit.detail:
        names.insert(1, voice.term("detail", edit.detail))
    yield f"{number}. {' · '.join([*names, *map(plain, edit.section)])}"
    for key, words in (("head.old", edit.old), ("head.new", edit.new)):
        if words is not None:
            yield f"   - {voice.say(key)} {plain(words)}"
    yield ""


def _rows(telling: Telling, voice: Translator) -> Iterator[str]:
    for stretch in telling.stretches:
        if stretch.folded:
            yield f"*{voice.say('diff.folded', count=len(stretch.rows))}*\n"
        for row in stretch.rows if not stretch.folded else ():
            mark = {DiffRowKind.SAME: "> "}.get(row.kind, "> ▍ ")
            yield mark + _as_line("".join(map(_run, row.inline))) + "\n"


def _run(run: Run) -> str:
    tag = _TAGS.get(run.kind)
    return f"<{tag}>{_within(run.shown)}</{tag}>" if tag else _within(run.shown)


def _evidence(telling: Telling, voice: Translator) -> Iterator[str]:
    heads = ("head.versions", "version.read", "version.digest", "version.bytes")
    yield from _table([voice.say(head) for head in heads])
    for version in telling.versions:
        number, at = str(version.number), voice.moment(version.seen_at, seconds=True)
        yield _cells([number, at, f"`{version.letter.digest()}`", f"`{version.evidence}`"])
    yield ""


def _published(changes: tuple[Change, ...], heading: str, voice: Translator) -> Iterator[str]:
    if not changes:
        return
    yield f"## {voice.say(heading)}\n"
    yield from _table([voice.say(f"head.{key}") for key in ("letter", "source", "window")])
    for change in changes:
        letter = change.letter
        yield _cells([plain(letter.title), plain(letter.source), voice.window(change.window)])
    yield ""


def _looked(crawls: tuple[Crawl, ...], voice: Translator) -> Iterator[str]:
    yield f"## {voice.say('report.looked')}\n"
    if not crawls:
        yield voice.say("report.unlooked") + "\n"
        return
    keys = ("source", "started", "outcome", "listed", "fetched", "unchanged", "errors")
    yield from _table([voice.say(f"head.{key}") for key in keys])
    for crawl in crawls:
        outcome = voice.say(f"crawl.{crawl.outcome.value if crawl.outcome else 'unfinished'}")
        started = voice.moment(crawl.started_at, seconds=True)
        counts = (crawl.listed, crawl.fetched, crawl.unchanged, len(crawl.errors))
        yield _cells([plain(crawl.source), started, outcome, *map(str, counts)])
    yield ""
    for crawl in crawls:
        for error in crawl.errors:
            yield f"- {plain(crawl.source)} · {plain(error.url)} · {plain(error.reason)}"
    yield ""


def _table(heads: list[str]) -> Iterator[str]:
    yield _cells(heads)
    yield _cells(["---"] * len(heads))


def _cells(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
