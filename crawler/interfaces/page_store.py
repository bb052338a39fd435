"""A data store (`<datastore>`) in the page that holds all its rows: nothing is asked.

jpage leaves `<nextgroup>` out of it, or empty, where no rows follow those that are in the page.
"""

from crawler.interfaces.answer_xml import read_data_store
from crawler.interfaces.fragment import rows_in
from crawler.interfaces.interface import (
    Interface,
    InterfaceRequest,
    InterfaceRows,
    Parameters,
    UnexpectedAnswerError,
)
from crawler.interfaces.page_scripts import parse_page
from letters.paper_titles import is_listed_as_paper


def _candidates(html: str, page_url: str) -> tuple[Parameters, ...]:
    if "<datastore" not in html.lower():
        return ()
    scripts = (script.text() for script in parse_page(html).css("script[type*=xml]"))
    return tuple(each for text in scripts if (each := _store(text, page_url)))


def _store(text: str, page_url: str) -> Parameters | None:
    """Return what a script's store holds; None for none, one of news, and one that rows follow."""
    try:
        store = read_data_store(text)
    except UnexpectedAnswerError:
        return None
    rows = rows_in(store.records, page_url)
    papers = sum(is_listed_as_paper(row.title) for row in rows)
    if store.next_group or papers * 2 < len(rows) or not rows:
        return None
    size = len(store.records)
    return Parameters(page_url, "page-store: all rows", page_url, (), size, store.total, text)


def _request(parameters: Parameters, _number: int) -> InterfaceRequest:
    """Return the request for the page itself, which holds all."""
    return InterfaceRequest("GET", parameters.page_url)


def _read(text: str, parameters: Parameters) -> InterfaceRows:
    store = read_data_store(text)
    return InterfaceRows(rows_in(store.records, parameters.page_url), store.total, pages=1)


PAGE_STORE = Interface("page-store", (), _candidates, _request, _read, first_request=2)
