"""Reads the first pages of a listing, as a crawl would, and says what stands in the way."""

from dataclasses import dataclass

from crawler.directory.first_page import Ask, html_of
from crawler.directory.interface_walk import walk_directory
from crawler.directory.page import DirectoryPage, read_directory
from crawler.directory.walk_result import WalkResult
from crawler.http.decoding import UndecodableError, decode
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from crawler.interfaces.recognition import unknown_script, uses_of
from crawler.job import AUTO
from crawler.page.classify import classify, is_challenge
from letters.paper_titles import is_listed_as_paper
from letters.visit_span import VisitOutcome

PAGES = 2  # of a directory: its pager shows on the second one that it leads on
_FEW_PAPERS = 4  # one title of so many reads as a paper's, where a page may be a directory


@dataclass(frozen=True, slots=True)
class ListingPages:
    """The first pages of a listing: as they were served, and what they list."""

    listing: str
    walked: WalkResult
    served: tuple[Snapshot, ...]  # its pages, in order
    first: DirectoryPage | None  # None where the first page can't be read
    goes_on: bool  # the pager leads to more pages, which a crawl reads and a probe doesn't

    @property
    def obstacle(self) -> str | None:
        """Why it can't be watched, or not whole, in one line; None where nothing is known."""
        if self.walked.failed and (verdict := self._refusal()):
            return verdict
        further = [error for error in self.walked.errors if error.url != self.listing]
        if further:  # a page after the first could not be read
            return f"{further[0].url}: {further[0].reason}"
        reasons = [error.reason for error in self.walked.errors]
        if self.goes_on and not self.is_hub:  # the first says that not all pages were read
            doubt = self.first.row_doubt if self.first else None
            return doubt or next(iter(reasons[1:]), None)
        return next(iter(reasons), None)

    @property
    def is_hub(self) -> bool:
        """Whether the page shows the newest few of several channels."""
        return self.first is not None and bool(self.first.channels)

    @property
    def needs_browser(self) -> bool:
        """Whether a script that is not known writes the rows, which a browser would show."""
        return self.walked.failed and "by a script" in (self.obstacle or "")

    @property
    def lists_papers(self) -> bool:
        """Whether enough of the rows read as titles of papers for the page to be a directory."""
        titles = [row.title for row in self.walked.rows.values()]
        return sum(map(is_listed_as_paper, titles)) * _FEW_PAPERS >= len(titles) > 0

    def _refusal(self) -> str | None:
        """Return what is served in the place of a directory; None where it may be one."""
        if not self.served:
            return None
        html = html_of(self.served[0]) or ""
        if unknown_script(html) and not is_challenge(html):
            return None
        verdict = classify(self.served[0])
        is_page = verdict.outcome is VisitOutcome.LETTER or verdict.needs_better_parser
        return None if is_page or not verdict.reason else verdict.reason


async def read_pages(ask: Ask, listing: str, most: int = PAGES) -> ListingPages:
    """Return what the first pages of `listing` show, `most` at the most."""
    served: list[Snapshot] = []

    async def keep(request: InterfaceRequest) -> Snapshot:
        answer = await ask(request)
        served.append(answer)
        return answer

    walked = await walk_directory(keep, listing, AUTO, lambda _: None, most)
    if walked.errors and walked.pages < most and (name := _interface_of(served)):
        # A crawl goes on by the interface where the pages that the list shows lead nowhere.
        by_interface = await walk_directory(ask, listing, name, lambda _: None, most)
        walked = max(walked, by_interface, key=lambda each: len(each.rows))
    if walked.asked:  # what follows the page are answers of its interface
        del served[1:]
    pages = [
        page
        for number, answer in enumerate(served)
        if (page := _page(answer, walked, is_further=number > 0))
    ]
    is_bounded = walked.pages >= most
    return ListingPages(
        listing=listing,
        walked=walked,
        served=tuple(served),
        first=pages[0] if pages else None,
        goes_on=is_bounded and (bool(walked.asked) or _goes_on(pages, served)),
    )


def _interface_of(served: list[Snapshot]) -> str | None:
    """Return the name of the interface that fills a list of the first page; None for none."""
    html = html_of(served[0]) if served else None
    uses = uses_of(html, served[0].final_url) if html else ()
    return uses[0].interface.name if uses else None


def _page(answer: Snapshot, walked: WalkResult, *, is_further: bool) -> DirectoryPage | None:
    try:
        html = decode(answer.body, answer.content_type)
    except UndecodableError:
        return None
    selection = walked.selection if is_further else None
    return read_directory(html, answer.final_url, selection, is_further=is_further)


def _goes_on(pages: list[DirectoryPage], served: list[Snapshot]) -> bool:
    """Return whether the pages that were read count more pages, or lead to others."""
    if any((page.total_pages or 0) > len(served) for page in pages):
        return True
    read = {url for answer in served for url in (answer.url, answer.final_url)}
    return bool(pages) and not read.issuperset(pages[-1].pager.next_urls)
