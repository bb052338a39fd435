"""Whether what a walk read is the directory that is known, and read to its end."""

from collections.abc import Iterable

from crawler.directory.page import read_directory
from crawler.directory.walk import Fetch, WalkResult
from crawler.http.decoding import UndecodableError, decode
from crawler.http.fetch import UnreachedError
from letters.addresses import KnownAddress
from letters.records import PageError, Status
from letters.urls import url_key

KNOWN = 5  # letters listed up to now, from which on a directory that lists none is another page
HIDDEN = 3  # missing letters, from which on the page behind the last one is asked for
ANOTHER = "another page in its place: no letter that it listed before is there"
_OK = 200
_QUOTED = 60  # code points of a row's title
_LISTED = {Status.PUBLISHED, Status.SUSPECT}


def is_another(seen: WalkResult, known: Iterable[KnownAddress]) -> bool:
    """Tell whether a walk read something else: of all that was listed nothing stands in it.

    A site that moved all its letters still lists them by their titles; a home page, a
    sorry page or another channel in the directory's place does not.
    """
    listed = [each for each in known if _is_listed(each)]
    titles = {each.title for each in seen.listings.values()}
    return len(listed) >= KNOWN and not any(
        each.key in seen.listings or each.listed_title in titles for each in listed
    )


def unread_row(seen: WalkResult, known: Iterable[KnownAddress]) -> str | None:
    """Return in words which row may be a missing letter's and can't be followed, or None.

    A link that is foreign, unreadable or of an unknown form today is no sign that its letter
    is not listed any more.
    """
    for each in known:
        if not _is_listed(each) or each.key in seen.listings or not each.listed_title:
            continue
        if (name := each.key.rpartition("/")[2]) in seen.scripted:
            return f"the page of a known letter stands in a script: {name}"
        for row in seen.unread:
            if row.may_be(each.listed_title, each.listed_on):
                leads = row.leads_to or "no page"
                return f"a row of a known letter leads to {leads}: {row.title[:_QUOTED]}"
    return None


def missing(seen: WalkResult, known: Iterable[KnownAddress]) -> set[str]:
    """Return the keys of the letters that were listed up to now and are not in a walk."""
    return {each.key for each in known if _is_listed(each)} - seen.listings.keys()


async def hidden_page(
    fetch: Fetch, seen: WalkResult, known: Iterable[KnownAddress]
) -> PageError | None:
    """Return an error where the page behind the pager's last one lists most missing letters.

    None where it does not. A site may leave such a page behind when its directory shrinks,
    so one or two letters that are missing are believed.
    """
    absent = missing(seen, known)
    if len(absent) < HIDDEN or seen.following is None:
        return None
    try:
        answer = await fetch(seen.following)
        page = read_directory(decode(answer.body, answer.content_type), answer.final_url)
    except (UnreachedError, UndecodableError):
        return None
    found = {url_key(each.url) for each in page.listings} & absent
    if answer.status != _OK or len(found) * 2 < len(absent):
        return None
    reason = f"its pager ends before this page, which lists {len(found)} letters"
    return PageError(seen.following, reason)


def _is_listed(known: KnownAddress) -> bool:
    return known.first_listed_at is not None and known.status in _LISTED
