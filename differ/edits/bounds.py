"""What a change does to the bound of a number: 不少于3次 → 不超过3次 turns it round."""

from differ.edits.changed_span import ChangedSpan
from differ.edits.promises import STRENGTHENED, WEAKENED
from differ.tokens.bound_patterns import (
    Bound,
    bounds_in,
    bounds_number,
    is_of_time,
    nearness,
)

_AROUND = 8  # code points beside a word in which its number is


def turns_bound(old: ChangedSpan, new: ChangedSpan) -> bool:
    """Return whether a number has another bound, one that it had not, or none any more.

    3次以上 → 不少于3次 has the same one. 最高 and 下限 bound what is not printed beside them.
    """
    sides = [set(bounds_in(span.text)) for span in (old, new)]
    around = [set(bounds_in(span.clause)) for span in (old, new)]
    if sides[0] == sides[1] or around[0] == around[1]:
        return False
    return all(sides) or all(bounds_number(span.clause) for span in (old, new))


def turns_nearness(old: ChangedSpan, new: ChangedSpan) -> bool:
    """Return whether a number is near in another way: 近400名 → 超400名, not 超过 → 超."""
    if not old.text or not new.text:
        return False
    one, other = (nearness(span.text, *span.around(_AROUND)) for span in (old, new))
    return one is not None and other is not None and one != other


def effect_of_bound(old: ChangedSpan, new: ChangedSpan) -> str | None:
    """Return what another bound did to a promise; None where nothing that is known.

    A floor is what is promised of an amount, a ceiling of a time.
    """
    firm = Bound.CEILING if is_of_time(new.clause) else Bound.FLOOR
    was, remains = (firm in bounds_in(span.text) for span in (old, new))
    if was == remains:
        return None
    return WEAKENED if was else STRENGTHENED
