"""The filters of the page for decisions: read from its query, and written as links."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from starlette.requests import Request

from letters.change import Category, Significance
from letters.review import ReviewState
from review.links import encode_query
from review.query_parameters import read_list_filter
from review.settings import ReviewSettings
from storage.queries import ChangeFilter, ReviewCounts

FILTERS = (
    *("state", "significance", "kind", "category", "detail"),
    *("source", "text", "tag", "since", "until"),
)
_KEPT = (*FILTERS, "limit")
_WEIGHTS = tuple(each.value for each in Significance)  # the weightiest first
AGES = (7, 30, 90)  # days


@dataclass(frozen=True, slots=True)
class FilterLink:
    """A filter that may be set, or taken away where it is."""

    name: str
    value: str
    count: str | None  # of changes; None: not counted
    query: str  # of the page with it, or without it where it is set
    is_set: bool


def read_review_filter(request: Request, settings: ReviewSettings) -> ChangeFilter:
    """Return which changes are to be decided; raise a 400 for a bad value.

    What is undecided, where no state is asked for; never letters of first crawls.
    """
    wanted = read_list_filter(request, settings.timezone)
    state = wanted.state or ReviewState.OPEN
    return replace(wanted, state=state, baseline=False, letter_id=None)


def own_query(given: Mapping[str, str], **changed: str) -> str:
    """Return the query of the page with the filters of `given`, some changed, "" to leave out."""
    kept = {name: given[name] for name in _KEPT if given.get(name)}
    return encode_query({name: value for name, value in (kept | changed).items() if value})


def own_query_of(written: str, **changed: str) -> str:
    """Return the same of a query that a form brings back."""
    return own_query(dict(parse_qsl(written)), **changed)


def filters_set(given: Mapping[str, str]) -> list[FilterLink]:
    """Return the filters that are set, but for the state, which always is."""
    return [
        FilterLink(name, given[name], None, own_query(given, **{name: ""}), is_set=True)
        for name in FILTERS
        if name != "state" and given.get(name)
    ]


def filter_links(given: Mapping[str, str], counts: ReviewCounts) -> dict[str, list[FilterLink]]:
    """Return the filters that may be set, by name, each with how many changes it would leave."""
    more = "+" if counts.is_cut else ""
    some = "" if counts.by_state is not None else more
    return {
        "significance": list(_links(given, "significance", counts.by_significance, some)),
        "kind": list(_links(given, "kind", counts.by_kind, some)),
        "category": list(_links(given, "category", counts.by_category, more)),
        "detail": list(_detail_links(given, counts.by_detail, more)),
    }


def state_links(given: Mapping[str, str], counts: ReviewCounts) -> list[FilterLink]:
    """Return a link for each state; without a count where that would take reading them all."""
    shown = given.get("state") or ReviewState.OPEN.value
    return [
        FilterLink(
            "state",
            state.value,
            None if counts.by_state is None else str(counts.by_state.get(state.value, 0)),
            own_query(given, state="" if state is ReviewState.OPEN else state.value),
            is_set=shown == state.value,
        )
        for state in ReviewState
    ]


def _links(
    given: Mapping[str, str], name: str, counts: Mapping[str, int], more: str
) -> Iterator[FilterLink]:
    for value in sorted(counts, key=lambda each: _place(each, counts)):
        is_set = given.get(name) == value
        changed = {name: "" if is_set else value}
        if name == "category":
            changed["detail"] = ""
        yield FilterLink(
            name, value, f"{counts[value]}{more}", own_query(given, **changed), is_set
        )


def _place(value: str, counts: Mapping[str, int]) -> tuple[int, int]:
    """Return the place of a filter among others: by weight, else by number."""
    return _WEIGHTS.index(value) if value in _WEIGHTS else 0, -counts[value]


def _detail_links(
    given: Mapping[str, str], counts: Mapping[tuple[str, str], int], more: str
) -> Iterator[FilterLink]:
    """Yield the details of the category that is wanted; of commitments, where none is."""
    wanted = given.get("category") or Category.COMMITMENT.value
    for (category, detail), count in sorted(counts.items(), key=lambda each: -each[1]):
        if category == wanted:
            is_set = given.get("detail") == detail
            changed = {"detail": "" if is_set else detail, "category": wanted}
            query = own_query(given, **changed)
            yield FilterLink("detail", detail, f"{count}{more}", query, is_set)
