"""Whether what a walk read is the directory that is known, and read to its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from crawler.directory.first_page import Ask
from crawler.directory.page import read_directory
from crawler.directory.walk_result import WalkResult
from crawler.http.decoding import UndecodableError
from crawler.http.fetch import UnreachedError
from crawler.http.query_charset import decode_page
from crawler.interfaces.interface import InterfaceRequest
from letters.addresses import KnownAddress, RowSelection
from letters.crawl_record import PageError
from letters.letter_record import Status
from letters.visit_span import VisitOutcome

# Letters on record, from which on a directory that lists none of them is another page.
ENOUGH_LETTERS = 5
# Missing letters, from which on the page behind the last one is requested.
ENOUGH_MISSING = 3
ANOTHER_DIRECTORY = "another page in its place: no letter that it listed before is there"
ANOTHER_LIST = "another list in its place: most letters that it listed before are not there"
OTHER_ROWS = "letters are missing, and its rows are another list"
NEWEST_ALONE = "its newest rows push the oldest out, and nothing leads to these"
BETWEEN_PAGES = "its pages may be of different days: a letter is missing between two of them"
MOST_PINNED = 2  # old rows that may be kept on top of a list
_QUOTED = 60  # code points of a row's title
_LISTED = {Status.PUBLISHED, Status.SUSPECT}


@dataclass(frozen=True, slots=True)
class Replacement:
    """Something in the place of a directory, or of its rows."""

    reason: str
    is_whole: bool  # nothing of what it lists is believed

    def doubted(self, walked: WalkResult, listing: str) -> WalkResult:
        """Return what was read at `listing` with the reason why it is not believed."""
        error = PageError(listing, self.reason)
        return walked.as_failed(error) if self.is_whole else walked.with_error(error)


def replacement(
    walked: WalkResult, known: Iterable[KnownAddress], listed: int, before: RowSelection | None
) -> Replacement | None:
    """Return what a walk read in the place of what was listed up to now; None: nothing.

    A site that moved all its letters still lists them by their titles; a home page, a
    sorry page or another channel in the directory's place does not. `known` has at least the
    letters that are not in the walk, `listed` is how many were listed up to now. `before` are the
    rows of the directory when it was last read to its end: another list must have most letters of
    that one.
    """
    titles = {row.title for row in walked.rows.values()}
    missing = [each for each in known if _was_listed(each) and each.key not in walked.rows]
    here = listed - sum(each.listed_title not in titles for each in missing)
    if listed >= ENOUGH_LETTERS and not here:
        return Replacement(ANOTHER_DIRECTORY, is_whole=True)
    now = walked.selection
    if now is None or before is None or now.form == before.form or not missing:
        return None
    if here * 2 < listed:
        return Replacement(ANOTHER_LIST, is_whole=True)
    reason = f"{OTHER_ROWS}: like {now.form}, before like {before.form}"
    return Replacement(reason, is_whole=False)


def unreadable_row_of(walked: WalkResult, known: Iterable[KnownAddress]) -> str | None:
    """Return in words which unreadable row may be that of a letter that is missing, or None.

    A link that is foreign, unreadable or of an unknown form today is no sign that its letter
    is not listed any more.
    """
    for address in known:
        if not _was_listed(address) or address.key in walked.rows or not address.listed_title:
            continue
        if (name := address.key.rpartition("/")[2]) in walked.names_in_scripts:
            return f"the page of a known letter stands in a script: {name}"
        for row in walked.unreadable:
            if row.may_be(address.listed_title, address.listed_on):
                leads = row.leads_to or "no page"
                return f"a row of a known letter leads to {leads}: {row.title[:_QUOTED]}"
    return None


def newest_alone(walked: WalkResult, known: Iterable[KnownAddress], most: int) -> str | None:
    """Return in words that a directory seems to show its newest rows alone, or None.

    It lists as many as it ever did at `most`, and what is missing is older than the rest: a new
    row pushes the oldest one to where nothing leads. One that counts its rows is believed.
    """
    dates = sorted(row.listed_on for row in walked.rows.values() if row.listed_on is not None)
    if walked.total_rows is not None or not len(dates) == len(walked.rows) == most:
        return None
    keys = missing_keys(walked, known := list(known))
    moved = {(row.title, row.listed_on) for row in walked.rows.values()}  # to another URL
    missing = [
        each.listed_on
        for each in known
        if each.key in keys and (each.listed_title, each.listed_on) not in moved
    ]
    if most < ENOUGH_LETTERS or not missing or any(each is None for each in missing):
        return None
    pinned = sum(each < max(filter(None, missing)) for each in dates)
    return f"{NEWEST_ALONE}: {most} rows" if pinned <= MOST_PINNED else None


def between_pages(walked: WalkResult, known: Iterable[KnownAddress], most: int) -> str | None:
    """Return in words that letters may be on their way from one page to the next, or None.

    A new row pushes the last one off its page, and the next page is made again later: as many
    are listed as ever were at `most`, and each letter that is missing, and was there when it was
    last visited, is as old as the rows where one page ends. One that counts its rows is believed,
    and so is one whose rows there are all of one day.
    """
    keys = missing_keys(walked, known := list(known))
    missing = [each for each in known if each.key in keys]
    if walked.total_rows is not None or len(walked.rows) != most or not missing:
        return None
    at_edge = all(
        each.outcome is VisitOutcome.LETTER and _is_at(each.listed_on, walked.edges)
        for each in missing
    )
    return f"{BETWEEN_PAGES}: {missing[0].url}" if at_edge else None


def _is_at(day: date | None, edges: Iterable[tuple[date, date]]) -> bool:
    return day is not None and any(last >= day >= first for last, first in edges if last > first)


def missing_keys(walked: WalkResult, known: Iterable[KnownAddress]) -> set[str]:
    """Return the keys of the letters that were listed up to now and are not in a walk."""
    return {address.key for address in known if _was_listed(address)} - walked.rows.keys()


async def hidden_page(
    ask: Ask, walked: WalkResult, known: Iterable[KnownAddress]
) -> PageError | None:
    """Return an error where the page behind the pager's last one lists most missing letters.

    None where it does not. A site may leave such a page behind when its directory shrinks,
    so one or two letters that are missing are believed.
    """
    missing = missing_keys(walked, known)
    if len(missing) < ENOUGH_MISSING or walked.url_behind_last is None:
        return None
    try:
        answer = await ask(InterfaceRequest("GET", walked.url_behind_last))
        html, _ = decode_page(answer.body, answer.content_type)
        page = read_directory(html, answer.final_url, walked.selection, is_further=True)
    except (UnreachedError, UndecodableError):
        return None
    listed = {row.key for row in page.rows} & missing
    if answer.status != HTTPStatus.OK or len(listed) * 2 < len(missing):
        return None
    reason = f"its pager ends before this page, which lists {len(listed)} letters"
    return PageError(walked.url_behind_last, reason)


def _was_listed(known: KnownAddress) -> bool:
    return known.first_listed_at is not None and known.status in _LISTED
