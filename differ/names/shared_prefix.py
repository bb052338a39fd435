"""Finds what two names share at their beginning that belongs to the words before: 牵涉, 产自.

Where a clause begins, or behind words that a verb may follow, a name is found with whatever is
before it that is in no list. Another name in its place shows how much that was.
"""

from differ.lexicon.vocabulary import PLACES, any_of
from differ.names.companies import companies
from differ.names.local_places import local_places

_VERB_ENDS = frozenset(any_of("verbs").split("|"))
_LAND_CHARACTERS = frozenset(any_of("lands").split("|"))


def shared_prefix(one: str, other: str) -> int:
    """Return how many characters two names share that belong to the words before them.

    Names that begin alike may be of one place, or differ by a corrected character: 0.

    >>> shared_prefix("牵涉汇鑫水泥厂", "牵涉恒丰集团")
    2
    >>> shared_prefix("东海汇鑫厂", "东海恒丰集团")
    0
    >>> shared_prefix("龙和伟业集团", "龙和伟叶集团")
    0
    """
    characters = enumerate(zip(one, other, strict=False))
    size = next((at for at, (left, right) in characters if left != right), 0)
    rests = one[size:], other[size:]
    if not size or not all(map(_is_name, rests)):
        return 0
    prefix = one[:size]
    if prefix[-1] in _VERB_ENDS:
        return size
    is_alike = size == 1 or prefix.isascii() or rests[0][1] == rests[1][1]
    return 0 if is_alike or _names_place(prefix) else size


def _names_place(prefix: str) -> bool:
    return not _LAND_CHARACTERS.isdisjoint(prefix) or any(place in prefix for place in PLACES)


def _is_name(text: str) -> bool:
    whole = (0, len(text))
    if any(span == whole for span in companies(text, *whole)):
        return True
    return any(span[:2] == whole for span in local_places(text, *whole))
