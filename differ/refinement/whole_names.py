"""Finds the names in two stretches that belong together; a name is one token on both sides."""

from collections.abc import Mapping
from itertools import product

from differ.body_text import ATOMIC_FIELDS, BodyText, Offsets
from differ.names.find_names import find_names, without_overlaps
from differ.names.name_start import must_start_at
from differ.names.public_bodies import is_public_body
from differ.names.shared_prefix import shared_prefix
from differ.tokens.token import TokenKind, TokenSpan
from letters.fields import Trait
from letters.letter import Letter

_MOST_NAMES = 20  # of a stretch that are compared for what they share

Names = dict[str, TokenKind]


def names_of(old: BodyText, new: BodyText, a: Offsets, b: Offsets) -> Names:
    """Return the names in both stretches, and those in the fields of both letters."""
    names: Names = {}
    for body in (old, new):
        names |= _field_names(body.letter)
    return names | _names_by_form(old, a, new, b)


def _field_names(letter: Letter) -> Names:
    persons, bodies = letter.values_with(Trait.PERSONS), letter.values_with(Trait.BODIES)
    return {
        **{name: TokenKind.PERSON for name in persons if len(name) > 1},
        **{name: TokenKind.BODY for name in bodies if len(name) > 1},
    }


def _names_by_form(old: BodyText, a: Offsets, new: BodyText, b: Offsets) -> Names:
    """Return the names in both stretches by how they are formed."""
    one, other = _names_in(old, a), _names_in(new, b)
    names = {name: kind for name, (kind, _) in (*one.items(), *other.items())}
    gone = [name for name, (_, is_sure) in one.items() if name not in other and not is_sure]
    come = [name for name, (_, is_sure) in other.items() if name not in one and not is_sure]
    for before, after in product(gone[:_MOST_NAMES], come[:_MOST_NAMES]):
        if size := shared_prefix(before, after):
            names[before[size:]], names[after[size:]] = names.pop(before), names.pop(after)
            break
    return names


def _names_in(body: BodyText, stretch: Offsets) -> dict[str, tuple[TokenKind, bool]]:
    """Return the names in `stretch`, and whether each surely begins where it was found to."""
    names = {}
    for low, high, kind in find_names(body, *stretch):
        name = body.text[low:high]
        is_sure = (
            is_public_body(name)
            or body.is_table(low)
            or must_start_at(body.text, body.block_start(low), low)
        )
        names[name] = kind, is_sure
    return names


def whole_spans(
    body: BodyText, stretch: Offsets, names: Mapping[str, TokenKind]
) -> list[TokenSpan]:
    """Return what is one token in `stretch` whatever is in it: values of fields, names."""
    low, high = stretch
    spans: list[TokenSpan] = [
        (span.start, span.end, TokenKind.FIELD)
        for span in body.field_spans
        if span.field in ATOMIC_FIELDS and low <= span.start and span.end <= high
    ]
    for name, kind in names.items():
        if _is_two_names(name, names):  # whose mark was lost
            continue
        at = body.text.find(name, low, high)
        while at >= 0:
            spans.append((at, at + len(name), kind))
            at = body.text.find(name, at + len(name), high)
    return without_overlaps(spans)


def _is_two_names(name: str, names: Mapping[str, TokenKind]) -> bool:
    return any(name[:cut] in names and name[cut:] in names for cut in range(2, len(name) - 1))
