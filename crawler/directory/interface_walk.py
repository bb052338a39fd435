"""Walks a directory by its pages, or by the interface that fills its list, as its page shows."""

from dataclasses import replace
from functools import partial
from http import HTTPStatus

from crawler.directory.first_page import Ask, FirstPageOnce, html_of, with_fragment
from crawler.directory.forwarding_page import main_frame_of
from crawler.directory.interface_progress import InterfaceProgress
from crawler.directory.interface_result import interface_result
from crawler.directory.list_choice import (
    another_list,
    choose_list,
    has_other_rows,
    has_own_pager,
)
from crawler.directory.page import DirectoryPage, read_directory
from crawler.directory.script_rows import rows_of_scripts
from crawler.directory.walk import (
    GIVE_UP,
    MOST_OF_BROKEN_PAGER,
    MOST_PAGES,
    OnPage,
    walk,
)
from crawler.directory.walk_result import AskedPage, WalkResult
from crawler.http.challenge import status_reason
from crawler.http.decoding import UndecodableError, decode
from crawler.http.fetch import UnreachedError
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest, UnexpectedAnswerError
from crawler.interfaces.recognition import INTERFACES, InterfaceUse, uses_of
from letters.addresses import RowSelection
from letters.crawl_record import PageError

MOST_LISTS = 4  # of one page, whose first answers are asked for to find the directory's


async def walk_directory(
    ask: Ask,
    listing: str,
    site: str,
    on_page: OnPage,
    most: int | None = None,
    before: RowSelection | None = None,
) -> WalkResult:
    """Read the directory at `listing`, `most` of its pages or answers at the most.

    `site` may name the interface that is used; else the page shows whether it uses one.
    `on_page` is called before each request after the first. `before` are the rows of the
    directory as it was last read. Where the page has no rows, but one frame, that is read.
    """
    fetch = FirstPageOnce(ask, listing)
    walk_pages = partial(walk, fetch, listing, on_page, most, before)
    first = await fetch.first()
    html = html_of(first) if first else None
    if first is None or html is None:
        return await walk_pages()
    uses = uses_of(html, with_fragment(first.final_url, listing), site)
    if not uses:
        walked = await walk_pages()
        if site in INTERFACES:
            reason = f"the page does not use the interface {site}, which the configuration names"
            walked = walked.with_error(PageError(listing, reason))
        walked = rows_of_scripts(walked, html, first, before)
        frame = main_frame_of(html, first.final_url) if _is_empty(walked) else None
        framed = await walk(ask, frame, on_page, most, before) if frame else walked
        return framed if framed.rows else walked
    page, pages = read_directory(html, first.final_url, before), None
    if has_own_pager(page) and uses[0].interface.name != site:
        pages = await walk_pages()
        if not pages.errors:
            return pages
    listed = await _walk_lists(ask, uses, page, on_page, most)
    asked = AskedPage(InterfaceRequest("GET", listing), first)
    if listed is not None and _is_better(listed, pages, page):
        return replace(listed, asked=(asked, *listed.asked))
    pages = pages or await walk_pages()
    if listed is None:
        return pages
    errors = (*pages.errors, *listed.errors)
    return replace(pages, errors=errors, asked=(asked, *pages.asked[1:], *listed.asked))


def _is_empty(walked: WalkResult) -> bool:
    """Return whether a page that was read has no rows."""
    return walked.failed and walked.errors[0].reason.startswith("no rows")


def _is_better(listed: WalkResult, pages: WalkResult | None, page: DirectoryPage) -> bool:
    """Return whether what an interface lists is more than the pages, as far as they were read."""
    if not listed.errors:
        return True
    if pages is not None:
        return len(listed.rows) > len(pages.rows)
    return bool(listed.rows) or not page.rows


async def _walk_lists(
    ask: Ask,
    uses: tuple[InterfaceUse, ...],
    page: DirectoryPage,
    on_page: OnPage,
    most: int | None,
) -> WalkResult | None:
    """Return the directory as its interface lists it; None where the interface lists another."""
    lists = [InterfaceProgress(use) for use in uses[:MOST_LISTS]]
    for each in lists:
        _add_first_batch(each)
        if not each.read:
            await _read_next(ask, each)
    progress = choose_list(lists)
    if has_other_rows(page, progress):
        return None
    if progress.read:
        await _read_further(ask, progress, on_page, most)
    if progress.documents == progress.expected and most is None:
        await _read_behind(ask, progress)
    asked = tuple(each for a_list in lists for each in a_list.asked)
    is_bounded = most is not None and not _is_exhausted(progress)
    result = interface_result(progress, page, asked, is_bounded=is_bounded)
    if another := another_list(progress, lists):
        reason = f"its page fills more lists of letters than the one that was read: {another}"
        return result.with_error(PageError(page.url, reason))
    return result


def _add_first_batch(progress: InterfaceProgress) -> None:
    """Add the rows that the page itself holds, where they are a batch of their own."""
    batch = progress.parameters.first_batch
    if batch is not None:
        rows = progress.use.interface.read(batch, progress.parameters)
        progress.add(rows, progress.parameters.page_url)


async def _read_further(
    ask: Ask, progress: InterfaceProgress, on_page: OnPage, most: int | None
) -> None:
    """Read on while the answers say that there is more, or do not say where they end."""
    missed = len(progress.errors)
    while not _is_done(progress, most) and missed < GIVE_UP:
        on_page(len(progress.rows))
        errors = len(progress.errors)
        await _read_next(ask, progress)
        missed = missed + 1 if len(progress.errors) > errors else 0


async def _read_behind(ask: Ask, progress: InterfaceProgress) -> None:
    """Ask behind the end that a total gives, while answers are full: it may be that of a page.

    Whatever an interface answers behind its end is no error.
    """
    for _ in range(MOST_OF_BROKEN_PAGER):
        if not progress.is_full:
            return
        errors, documents = len(progress.errors), progress.documents
        await _read_next(ask, progress)
        del progress.errors[errors:]
        if progress.documents == documents:
            return


def _is_done(progress: InterfaceProgress, most: int | None) -> bool:
    is_bounded = len(progress.asked) >= _most_answers(progress, most)
    return is_bounded or _is_exhausted(progress)


def _is_exhausted(progress: InterfaceProgress) -> bool:
    """Return whether the answers leave nothing to ask for, or list the same again and again."""
    if progress.is_at_end or progress.idle > 1:
        return True
    if progress.total is None and progress.pages is not None:
        return progress.next_page > progress.pages
    counts = progress.expected, progress.other_total or 0
    return counts[0] is not None and progress.documents >= max(counts[0], counts[1])


def _most_answers(progress: InterfaceProgress, most: int | None) -> int:
    if most is not None:
        return most
    expected = -(-(progress.expected or 0) // progress.parameters.page_size)
    return MOST_PAGES if expected <= MOST_PAGES else MOST_OF_BROKEN_PAGER


async def _read_next(ask: Ask, progress: InterfaceProgress) -> None:
    """Ask for the next page of rows, and add what it lists, or why it can't be read."""
    use = progress.use
    request = use.interface.request(progress.parameters, progress.next_page)
    progress.next_page += 1
    try:
        answer = await ask(request)
        progress.asked.append(AskedPage(request, answer))
        text = _text_of(answer)
        progress.add(use.interface.read(text, progress.parameters), request.url)
    except (UnreachedError, UndecodableError, UnexpectedAnswerError) as error:
        reason = f"the interface {use.interface.name}: {error}"
        progress.errors.append(PageError(request.url, reason))


def _text_of(answer: Snapshot) -> str:
    """Return an answer's text; raise UnreachedError or UndecodableError where it has none."""
    if answer.status != HTTPStatus.OK:
        raise UnreachedError(status_reason(answer))
    return decode(answer.body, answer.content_type)
