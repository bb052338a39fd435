"""Reads the first pages of a listing, as a crawl would, and says what stands in the way."""

from dataclasses import dataclass

from crawler.directory.first_page import Ask, html_of
from crawler.directory.forwarding_page import forwarding_of
from crawler.directory.interface_walk import walk_directory
from crawler.directory.page import DirectoryPage, read_directory
from crawler.directory.walk_result import WalkResult
from crawler.http.challenge import is_challenge
from crawler.http.decoding import UndecodableError, decode
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from crawler.interfaces.recognition import unknown_script
from crawler.job import AUTO
from crawler.page.classify import classify
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

    @property
    def obstacle(self) -> str | None:
        """Why it can't be watched, or not whole, in one line; None where nothing is known."""
        if not self.walked.rows and (verdict := self._refusal()):
            return verdict
        further = [error for error in self.walked.errors if error.url != self.listing]
        if further:  # a page after the first could not be read
            return f"{further[0].url}: {further[0].reason}"
        return next((error.reason for error in self.walked.errors), None)

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
        first = self.served[0]
        verdict, html = classify(first), html_of(first) or ""
        page = verdict.page
        if page is not None and page.title and page.meta_tags.get("articletitle"):
            return f"it is the page of one document, no directory: {page.title}"
        if unknown_script(html, first.final_url) and not is_challenge(html):
            return None
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
    read = [each for each in served if not _only_leads_on(each)]
    first = _page(read[0]) if read else None
    is_posted = walked.interface is None and first is not None and first.form_pager is not None
    answers = [] if is_posted else [each.answer for each in walked.asked[1:]]  # of an interface
    return ListingPages(
        listing=listing,
        walked=walked,
        served=tuple(answer for answer in read if answer not in answers),
        first=first,
    )


def _only_leads_on(answer: Snapshot) -> bool:
    """Return whether another page was read in the place of this one."""
    html = html_of(answer)
    forwarding = forwarding_of(html, answer.final_url) if html else None
    return forwarding is not None and forwarding.url is not None


def _page(answer: Snapshot) -> DirectoryPage | None:
    try:
        html = decode(answer.body, answer.content_type)
    except UndecodableError:
        return None
    return read_directory(html, answer.final_url)
