"""What a site was recognised as, and by what."""

from collections import Counter
from collections.abc import Iterable

from crawler.directory.walk_result import WalkResult
from crawler.http.decoding import UndecodableError, decode
from crawler.http.snapshot import Snapshot
from crawler.page.dom import Page
from crawler.sites import FAMILIES


def family_of(page: Page) -> str | None:
    """Return the family whose body element a page holds, and the CSS of it; None for none."""
    for family in FAMILIES.values():
        for css in family.bodies:
            if page.tree.css_first(css) is not None:
                return f"{family.name}, by {css.split(':')[0]}"
    return None


def recognised(pages: Iterable[Page]) -> str:
    """Return in words as what the letters' pages of a site were recognised, and by what."""
    families = [family_of(page) for page in pages]
    counted = Counter(family for family in families if family)
    named = [
        f"{family} in {number} of {len(families)}" for family, number in counted.most_common()
    ]
    return "; ".join(named) or "no family that is known"


def parsed(answers: Iterable[Snapshot]) -> list[Page]:
    """Return the pages of answers, without those that are no text."""
    pages: list[Page] = []
    for answer in answers:
        try:
            pages.append(Page(decode(answer.body, answer.content_type), answer.final_url))
        except UndecodableError:
            continue
    return pages


def interface_of(walked: WalkResult) -> str | None:
    """Return by which interface the rows of a listing were had, and by what it was recognised."""
    if walked.interface is None or walked.selection is None:
        return None
    return f"{walked.interface}, by {walked.selection.form.removeprefix(f'{walked.interface}: ')}"
