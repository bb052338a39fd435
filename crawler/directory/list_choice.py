"""Which of the lists that a page shows, or fills by an interface, is the directory."""

from collections.abc import Collection, Iterable

from crawler.directory.interface_progress import InterfaceProgress
from crawler.directory.page import DirectoryPage
from letters.paper_titles import is_listed_as_paper

_MOSTLY = 0.5  # share of titles, from which on a list is one of letters


def has_own_pager(page: DirectoryPage) -> bool:
    """Return whether a page shows rows, and says where the others are or how many there are."""
    pager = page.pager
    is_linked = pager.form is not None or bool(pager.next_urls)
    is_posted = page.form_pager is not None and page.form_pager.leads_on
    return bool(page.rows) and (is_linked or is_posted or page.total_rows is not None)


def choose_list(lists: Collection[InterfaceProgress]) -> InterfaceProgress:
    """Return the list whose first rows read most like letters; of like ones the largest."""
    return max(lists, key=lambda each: (_likeness(each), each.total or each.documents))


def another_list(chosen: InterfaceProgress, lists: Iterable[InterfaceProgress]) -> str | None:
    """Return the sign of a list that reads like letters too, and holds others; None for none.

    Such a page shows several channels: none of them is all that it lists.
    """
    for each in lists:
        is_covered = each.rows.keys() <= chosen.rows.keys()
        if each is not chosen and not is_covered and _likeness(each) >= _MOSTLY:
            return each.parameters.sign
    return None


def has_other_rows(page: DirectoryPage, progress: InterfaceProgress) -> bool:
    """Return whether a page's own rows are the directory, and those of its interface are others.

    Rows that both have make them one list; else the rows that read more like letters count.
    """
    own = {row.key for row in page.rows}
    if not own or not progress.rows or own & progress.rows.keys():
        return False
    return share_of_papers(row.title for row in page.rows) >= _likeness(progress)


def _likeness(progress: InterfaceProgress) -> float:
    return share_of_papers(row.title for row in progress.rows.values())


def share_of_papers(titles: Iterable[str]) -> float:
    """Return the share of titles, from 0 to 1, that read as those of proposals and replies.

    >>> share_of_papers(["关于第0107号提案的复函", "关于召开会议的通知"])
    0.5
    """
    papers = [is_listed_as_paper(title) for title in titles]
    return sum(papers) / len(papers) if papers else 0.0
