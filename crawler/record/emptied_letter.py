"""A letter that a server lost: its page is served, and its words are not.

No number of crawls makes an edit of that, and what comes back is compared with the last words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from crawler.http.decoding import decode
from crawler.page.dom import Page
from crawler.page.unfilled_template import has_no_words, is_empty, template_code
from crawler.page.visible_copy import template_code_on
from crawler.visit import Visit
from letters.letter import Letter
from letters.letter_record import NewestVersion
from storage.derived.newest import last_shown_at, snapshot_row, versions_newest_first
from storage.facts.evidence import load_evidence


@dataclass(frozen=True, slots=True)
class LastText:
    """The version of a letter with which the next one is compared."""

    version: int
    letter: Letter
    snapshot_id: int
    shown_until: datetime  # a visit that showed it; of the newest version the first one


def last_text(connection: Connection, newest: NewestVersion) -> LastText:
    """Return the last version of a letter that says something; the newest where none does.

    An archive may hold versions without a word from when such were recorded as edits.
    """
    last = LastText(newest.number, newest.letter, newest.snapshot_id, newest.seen_at)
    if not is_empty(newest.letter):
        return last
    versions = (LastText(*each) for each in versions_newest_first(connection, newest.letter_id))
    last = next((each for each in versions if not is_empty(each.letter)), last)
    until = last_shown_at(connection, newest.letter_id, last.version)
    return replace(last, shown_until=until or last.shown_until)


def lost_by_server(
    connection: Connection, visit: Visit, last: LastText, new: Letter, *, is_gutted: bool
) -> str | None:
    """Return in words why what `new` lacks was not taken away by its publisher; None if it may be.

    Code anywhere on its page says so of a letter that `is_gutted`, or without what stands around
    its text; code that its page had shown before says nothing.
    """
    old = last.letter
    if has_no_words(new) and not (has_no_words(old) or _new_files(old, new)):
        return "its body is empty"
    for leaked in sorted(template_code(_words(new)) - template_code(_words(old))):
        return f"template code in its text: {leaked}"
    if visit.snapshot is None or not (is_gutted or _lacks(old, new)):
        return None
    kept = snapshot_row(connection, last.snapshot_id)
    before = _leaks(load_evidence(connection, kept.sha256), kept.headers, kept.final_url)
    seen = visit.snapshot
    for leaked in sorted(_leaks(seen.body, seen.headers, seen.final_url) - before):
        return f"template code on its page: {leaked}"
    return None


def _new_files(old: Letter, new: Letter) -> bool:
    """Return whether a letter brings a file that it had not: its words may stand there now."""
    had = {value for each in old.attachments for value in (each.name, each.url)}
    return any(not {each.name, each.url} & had for each in new.attachments)


def _words(letter: Letter) -> str:
    return f"{letter.title}\n{letter.wording()}"


def _lacks(old: Letter, new: Letter) -> bool:
    """Return whether what stood around the text of `old` is gone: its date, a labelled value."""
    gone = (old.labels[name] for name in old.labels.keys() - new.labels.keys())
    is_undated = old.published_on is not None and new.published_on is None
    return is_undated or any(value not in old.wording() for value in gone)


def _leaks(body: bytes, headers: Mapping[str, str], url: str) -> frozenset[str]:
    return template_code_on(Page(decode(body, headers.get("content-type", "")), url))
