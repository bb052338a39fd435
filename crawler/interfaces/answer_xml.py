"""A data store (`<datastore>`): the XML in which jpage hands out rows, in pages and answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from crawler.interfaces.answer_values import count_of, without_surrogates
from crawler.interfaces.interface import UnexpectedAnswerError

# What Word leaves in titles; no XML may hold it, and browsers refuse the whole answer.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class DataStore:
    """What a data store holds; None where it does not say."""

    records: tuple[str, ...]  # each the HTML of a row
    total: int | None
    pages: int | None
    next_group: str | None  # the HTML of a link to the rows that follow


def read_data_store(text: str) -> DataStore:
    """Return a data store; raise UnexpectedAnswerError for everything else.

    Document types are refused, and with them all entities but those of XML itself.
    """
    plain = _CONTROL.sub("", without_surrogates(text)).strip().lstrip("\ufeff")
    try:
        root = fromstring(plain, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnexpectedAnswerError("XML of a datastore", text) from error
    if _name(root) != "datastore":
        raise UnexpectedAnswerError("XML of a datastore", f"<{_name(root)}>")
    groups = (group for group in _all(root, "nextgroup") if group.strip())
    return DataStore(
        records=tuple(_all(root, "record")),
        total=next((count_of(each) for each in _all(root, "totalrecord")), None),
        pages=next((count_of(each) for each in _all(root, "totalpage")), None),
        next_group=next(groups, None),
    )


def _name(element: Element) -> str:
    return element.tag.lower()


def _all(root: Element, name: str) -> Iterator[str]:
    """Yield the text of each element of that name."""
    return ("".join(each.itertext()) for each in root.iter() if _name(each) == name)
