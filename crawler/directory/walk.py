"""Walks a directory from its first page to its end, and reconciles it with its own size."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from crawler.directory.choice_links import some_of_each_kind
from crawler.directory.completeness import why_incomplete
from crawler.directory.first_page import Ask
from crawler.directory.form_walk import form_pages, is_behind_end, is_mostly_first, next_form
from crawler.directory.hub import in_words
from crawler.directory.link_header import with_header
from crawler.directory.lost_parts import parts_it_is_in
from crawler.directory.page import DirectoryPage, page_url, read_directory
from crawler.directory.page_request import is_by_form, page_at
from crawler.directory.part_queue import PartQueue
from crawler.directory.part_result import as_part
from crawler.directory.signs_of_more.other_parts import IN_FRAME
from crawler.directory.signs_of_more.sign import quoted
from crawler.directory.walk_progress import MissedPage, WalkProgress
from crawler.directory.walk_result import WalkResult
from crawler.http.challenge import status_reason
from crawler.http.decoding import UndecodableError, is_cut_off
from crawler.http.fetch import UnreachedError
from crawler.http.query_charset import decode_page
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from crawler.page.classify import classify
from letters.addresses import RowSelection
from letters.crawl_record import PageError
from letters.paper_titles import is_listed_as_paper
from letters.urls import url_key
from letters.visit_span import VisitOutcome

MOST_PAGES = 10_000  # of a directory; a pager that says more is broken
MOST_OF_BROKEN_PAGER = 20  # pages that are read all the same
MOST_LINKED = 1_000  # pages, where links or forms alone lead on
GIVE_UP = 3  # pages in a row that fail or list nothing new

OnPage = Callable[[int], None]  # called with how many rows are listed so far


async def walk(
    ask: Ask,
    first_url: str,
    on_page: OnPage,
    most: int | None = None,
    before: RowSelection | None = None,
) -> WalkResult:
    """Read the directory that begins at `first_url`, page after page, `most` pages at the most.

    `on_page` is called before each page after the first is requested. `before` are the rows of
    the directory as it was last read: where such are there, no others are asked. Lists of other
    years, months and sessions, to which the first page of each leads, are parts of it.
    """
    progress = WalkProgress(before)
    walked = await _walk_list(ask, progress, first_url, on_page, most)
    if walked.failed or most is not None or progress.first.channels:
        return walked
    walked = await _walk_parts(ask, progress, walked, on_page)
    return await _with_choices(ask, progress, walked) if walked.is_whole else walked


async def _walk_parts(
    ask: Ask, progress: WalkProgress, walked: WalkResult, on_page: OnPage
) -> WalkResult:
    """Return a walk with the rows of the other parts, and of those to which these lead."""
    waiting = PartQueue()
    waiting.add(progress.first, walked.rows.values())
    own, first = frozenset(walked.rows), tuple(walked.rows.values())
    while (waited := waiting.next()) is not None:
        (part, url), of_part = waited, WalkProgress(progress.selection)
        if progress.was_requested(page_at(url)):
            continue
        listed = await _walk_list(ask, of_part, url, on_page, None)
        listed = as_part(listed, part, url, progress.selection, own)
        walked = walked.merged(listed)
        if listed.rows:
            waiting.add(of_part.first, listed.rows.values())
    parts = parts_it_is_in(waiting.offered, waiting.followed, first)
    walked = replace(walked, parts=parts)
    return walked.with_error(waiting.left) if waiting.left else walked


async def _with_choices(ask: Ask, progress: WalkProgress, walked: WalkResult) -> WalkResult:
    """Return a walk with an error where a link to the same list leads to letters not listed.

    Which rows are the directory's own then is not known: a neighbour may be chosen so, too.
    """
    requested = progress.was_requested
    links = ((words, url) for words, url in progress.first.choices if not requested(page_at(url)))
    for words, url in some_of_each_kind(links):
        page = await _read_page(ask, page_at(url), WalkProgress(progress.selection))
        rows = () if isinstance(page, MissedPage) else page.rows
        new = (row for row in rows if row.key not in walked.rows)
        if row := next((row for row in new if is_listed_as_paper(row.title)), None):
            reason = f"its link {quoted(words)} leads to {quoted(row.title)}, which is not listed"
            return walked.with_error(PageError(url, reason))
    return walked


async def _walk_list(
    ask: Ask, progress: WalkProgress, first_url: str, on_page: OnPage, most: int | None
) -> WalkResult:
    """Read one list from its first page to its end, into `progress`."""
    first = await _read_page(ask, page_at(first_url), progress)
    if isinstance(first, MissedPage):
        return progress.result().as_failed(first.error)
    if first.documents == 0 and first.total_rows != 0:
        return progress.result().as_failed(PageError(first_url, _why_no_rows(first)))
    progress.add_page(page_at(first_url), first)
    total_pages = await _read_further(ask, progress, on_page, most)
    total_pages = progress.forget_phantoms(total_pages)
    is_bounded = most is not None and _goes_on(progress, total_pages, most)
    result = replace(progress.result(page_url(first, total_pages)), is_bounded=is_bounded)
    reason = why_incomplete(progress, total_pages, is_bounded=is_bounded)
    return result.with_error(PageError(first_url, reason)) if reason else result


def _goes_on(progress: WalkProgress, total_pages: int, most: int) -> bool:
    """Return whether the pager leads on behind the `most` pages that were wanted."""
    if progress.count < most:
        return False
    is_numbered = progress.first.pager.form is not None and progress.count < total_pages
    return is_numbered or _next_request(progress) is not None


async def _read_further(
    ask: Ask, progress: WalkProgress, on_page: OnPage, most: int | None
) -> int:
    """Read the pages after the first; return how many the directory says it has.

    Those that are numbered first, then those to which pagers lead: a chain of 下一页, numbers that
    count down, forms.
    """
    total_pages = progress.page_count_by(progress.first)
    read, idle = partial(_read_next, ask, progress, on_page), 0
    while progress.first.pager.form is not None and idle < GIVE_UP:
        if progress.count >= min(total_pages, most or _most(total_pages)):
            break
        page = await read(page_at(page_url(progress.first, progress.count)))
        idle = idle + 1 if page is None else 0
        total_pages = max(total_pages, progress.page_count_by(page) if page else 0)
    while progress.count < (most or MOST_LINKED) and idle < GIVE_UP:
        if (request := _next_request(progress)) is None:
            break
        idle = idle + 1 if await read(request) is None else 0
    return max(total_pages, form_pages(progress))


def _next_request(progress: WalkProgress) -> InterfaceRequest | None:
    """Return what asks for a page to which a pager leads; ways back come last."""
    if (url := progress.next_link()) is not None:
        return page_at(url)
    if (request := next_form(progress)) is not None:
        return request
    back = progress.next_back()
    return page_at(back) if back is not None else None


async def _read_next(
    ask: Ask, progress: WalkProgress, on_page: OnPage, request: InterfaceRequest
) -> DirectoryPage | None:
    """Read a further page and record that it was read or missed; return None for the latter."""
    on_page(len(progress.rows))
    page = await _read_page(ask, request, progress)
    if isinstance(page, MissedPage):
        progress.add_missed(request, page)
        return None
    progress.add_page(request, page)
    return page


def _most(total_pages: int) -> int:
    return MOST_PAGES if total_pages <= MOST_PAGES else MOST_OF_BROKEN_PAGER


async def _read_page(
    ask: Ask, request: InterfaceRequest, progress: WalkProgress
) -> DirectoryPage | MissedPage:
    """Return the page that is asked for, its rows added to `progress`; why not, if missed."""
    try:
        answer = await ask(request)
    except UnreachedError as error:
        return MissedPage(_error(request, progress, str(error)))
    progress.add_answer(request, answer)
    try:
        page = _parse(answer, progress)
    except (UnreachedError, UndecodableError) as error:
        return MissedPage(_error(request, progress, str(error)), _is_gone(answer))
    if progress.is_of_another_channel(page):
        reason = "another page in its place: its rows are of another channel"
        return MissedPage(_error(request, progress, reason))
    had_rows = bool(progress.rows)
    if not progress.add_rows(page) and had_rows and not progress.is_first_again(request.url, page):
        nothing = _error(request, progress, "a page of the directory that lists nothing new")
        is_gone = bool(page.rows) or _is_gone(answer)
        return MissedPage(nothing, is_gone, is_behind_end(progress, request))
    if is_mostly_first(progress, request, page):
        return MissedPage(_error(request, progress, "its rows are those of the first page"))
    return page


def _error(request: InterfaceRequest, progress: WalkProgress, reason: str) -> PageError:
    """Return the error of a page that is missed; all that a form asks for may have one URL."""
    page = f"page {progress.count + 1}, which a form asks for: "
    return PageError(request.url, f"{page if is_by_form(request) else ''}{reason}")


def _is_gone(answer: Snapshot) -> bool:
    return classify(answer).outcome is VisitOutcome.GONE


def _parse(answer: Snapshot, progress: WalkProgress) -> DirectoryPage:
    """Return an answer as a page; raise UnreachedError or UndecodableError where it is none."""
    if answer.status != HTTPStatus.OK:
        raise UnreachedError(status_reason(answer))
    if not progress.read and _is_above(answer.final_url, answer.url):
        raise UnreachedError(f"redirected to {answer.final_url}, which is above it")
    if is_cut_off(answer.body):
        raise UnreachedError("truncated: the page ends before its end")
    html, charset = decode_page(answer.body, answer.content_type)
    before, is_further = progress.selection, bool(progress.read)
    page = read_directory(html, answer.final_url, before, is_further=is_further)
    pager = with_header(page.pager, answer.headers.get("link", ""), answer.final_url)
    return replace(page, pager=pager, charset=charset.removesuffix("-sig"))


def _is_above(url: str, listing: str) -> bool:
    """Return whether a URL is that of a folder which holds the folder of a directory."""
    folder, own = (urlsplit(f"//{url_key(each)}") for each in (url, urljoin(listing, ".")))
    is_folder = folder.netloc == own.netloc and folder.path.endswith("/")
    return is_folder and own.path != folder.path and own.path.startswith(folder.path)


def _why_no_rows(page: DirectoryPage) -> str:
    if page.channels:
        return in_words(page.channels)
    if page.row_doubt:
        return f"no rows: {page.row_doubt}"
    if page.files:
        return f"no rows: it lists {len(page.files)} files, such as {page.files[0].url}"
    if page.is_written_by_script:
        return "no rows: they are written by a script, the page itself lists nothing"
    frames = (sign.words for sign in page.signs if sign.words.startswith(IN_FRAME))
    return f"no rows: {next(frames, 'nothing on the page leads to a letter')}"
