"""Rows of a page that shows none: a script's data has them, or an interface that is not known."""

from dataclasses import replace
from itertools import chain

from crawler.directory.forwarding_page import forwarding_of
from crawler.directory.interface_progress import InterfaceProgress
from crawler.directory.interface_result import interface_result
from crawler.directory.list_choice import another_list
from crawler.directory.page import read_directory
from crawler.directory.walk_result import AskedPage, WalkResult
from crawler.http.challenge import is_bare_challenge
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from crawler.interfaces.page_store import PAGE_STORE
from crawler.interfaces.recognition import InterfaceUse, unknown_script
from crawler.interfaces.script_data import SCRIPT_DATA, unread_data
from letters.addresses import RowSelection
from letters.crawl_record import PageError


def rows_of_scripts(
    walked: WalkResult, html: str, page: Snapshot, before: RowSelection | None
) -> WalkResult:
    """Return the rows that a page's scripts hold, where a walk of its pages found none.

    Where they hold none that can be read the walk says what they show. `before` are the rows of
    the directory as it was last read.
    """
    is_empty = walked.failed and not walked.rows and walked.errors
    if not is_empty or not walked.errors[0].reason.startswith("no rows"):
        return walked
    lists = [
        InterfaceProgress(InterfaceUse(interface, each))
        for interface in (SCRIPT_DATA, PAGE_STORE)
        for each in interface.candidates(html, page.final_url)
    ]
    for each in lists:
        rows = each.use.interface.read(each.parameters.first_batch or "", each.parameters)
        each.add(rows, page.final_url)
    if not lists or not lists[0].rows:
        return _naming_script(walked, html, page.final_url, lists)
    return _read_data(lists, html, page, before)


def _read_data(
    lists: list[InterfaceProgress], html: str, page: Snapshot, before: RowSelection | None
) -> WalkResult:
    """Return what the longest of the lists holds, and why it is not the whole directory."""
    directory = read_directory(html, page.final_url, before)
    asked = (AskedPage(InterfaceRequest("GET", page.url), page),)
    result = interface_result(lists[0], directory, asked, is_bounded=False)
    if another := another_list(lists[0], lists):
        reason = f"its scripts hold more lists of letters than the one that was read: {another}"
        return result.with_error(PageError(page.url, reason))
    pager = (f"its pager leads to {url}" for url in directory.pager.next_urls)
    unmet = (
        each.words
        for each in directory.signs
        if each.total_rows is None or each.total_rows > lists[0].documents
    )
    sign = next(chain(unmet, pager), None)
    if sign and not result.errors and not lists[0].is_met:
        reason = f"{sign}; the script's data has {lists[0].documents} rows"
        return result.with_error(PageError(page.url, reason))
    return result


def _naming_script(
    walked: WalkResult, html: str, page_url: str, lists: list[InterfaceProgress]
) -> WalkResult:
    """Return a walk that found no rows with what the page shows of the script that has them."""
    first, *others = walked.errors
    data = f"{lists[0].parameters.sign}, which names no pages" if lists else unread_data(html)
    if forwarding := forwarding_of(html, page_url):
        shown = forwarding.words
    elif is_bare_challenge(html):
        shown = "the site asks for a browser challenge"
    elif data:
        shown = f"rows are in a script's data: {data}"
    elif script := unknown_script(html, page_url):
        shown = f"the page fills its list by a script: {script}"
    else:
        return walked
    errors = (PageError(first.url, f"{first.reason}; {shown}"), *others)
    return replace(walked, errors=errors)
