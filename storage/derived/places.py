"""Walk the list of letters by their places, in which searches have them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from storage.derived.search_texts import FIRST_DAY, day_of
from storage.schema.tables import letters, search_texts

_PLACE, _DATE = search_texts.c.place, letters.c.listed_on
_PLACES = select(_PLACE)
_PLACES_OF_LETTERS = _PLACES.join(letters, letters.c.id == search_texts.c.letter_id)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the list of letters: from beyond a place to an end, or less."""

    beyond: int | None = None  # a place that is left out; None: from an end
    towards_newer: bool = False
    most: int | None = None  # letters whose texts are read; None: as many as there are

    def limits(self, place: ColumnElement[int]) -> list[ColumnElement[bool]]:
        """Return what is true of a place in this part."""
        if self.beyond is None:
            return []
        return [place > self.beyond if self.towards_newer else place < self.beyond]

    def order(self, place: ColumnElement[int]) -> ColumnElement[int]:
        """Return the order of this part."""
        return place.asc() if self.towards_newer else place.desc()

    def after(self, place: int, read: int) -> "Stretch":
        """Return what is left of this part once `read` letters up to a place were."""
        most = None if self.most is None else self.most - read
        return Stretch(place, self.towards_newer, most)


def first_places(connection: Connection, stretch: Stretch, most: int) -> Sequence[int]:
    """Return the first places of a part of the list."""
    query = _PLACES.where(*stretch.limits(_PLACE)).order_by(stretch.order(_PLACE))
    return connection.execute(query.limit(most)).scalars().all()


def first_places_of_few(
    connection: Connection, values: Mapping[str, str], stretch: Stretch, most: int
) -> Sequence[int]:
    """Return the first places of a part of the list that letters with certain values have.

    An index has these by their days; those of the first day are few, or sorted here.
    """
    has_values = (letters.c[name] == value for name, value in values.items())
    query = _PLACES_OF_LETTERS.where(*has_values, *stretch.limits(_PLACE))
    parts = [_dated, _of_first_day]
    found: list[int] = []
    for part in reversed(parts) if stretch.towards_newer else parts:
        if left := most - len(found):
            found += part(connection, query, stretch, left)
    return found


def _dated(
    connection: Connection, query: Select[int], stretch: Stretch, most: int
) -> Sequence[int]:
    dated = query.where(_DATE > FIRST_DAY)
    if stretch.beyond is not None:
        day = day_of(stretch.beyond)
        dated = dated.where(day <= _DATE if stretch.towards_newer else day >= _DATE)
    by_day = _DATE.asc() if stretch.towards_newer else _DATE.desc()
    in_order = dated.order_by(by_day, stretch.order(_PLACE))
    return connection.execute(in_order.limit(most)).scalars().all()


def _of_first_day(
    connection: Connection, query: Select[int], stretch: Stretch, most: int
) -> Sequence[int]:
    of_first_day = query.where(or_(_DATE <= FIRST_DAY, _DATE.is_(None)))
    places = connection.execute(of_first_day).scalars()
    return list(islice(sorted(places, reverse=not stretch.towards_newer), most))
