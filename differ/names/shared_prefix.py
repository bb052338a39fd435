"""What two names share at their beginning that belongs to the words before them: 牵涉, 产自.

Where a clause begins, or behind words that a verb may follow, a name is found with whatever stands
before it that is in no list. Another name in its place shows how much that was.
"""

from differ.lexicon.vocabulary import PLACES, any_of
from differ.names.companies import firms
from differ.names.local_places import local_names

_VERBS = frozenset(any_of("verbs").split("|"))
_LANDS = frozenset(any_of("lands").split("|"))


def shared_lead(one: str, other: str) -> int:
    """Return how many characters two names share that belong to the words before them.

    Those who begin alike may be of one place, or one has a character put right.

    >>> shared_lead("牵涉汇鑫水泥厂", "牵涉恒丰集团"), shared_lead("东海汇鑫厂", "东海恒丰集团")
    (2, 0)
    >>> shared_lead("龙和伟业集团", "龙和伟叶集团")
    0
    """
    shared = zip(one, other, strict=False)
    head = next((at for at, (here, there) in enumerate(shared) if here != there), 0)
    rests = one[head:], other[head:]
    if not head or not all(map(_is_name, rests)):
        return 0
    if one[head - 1] in _VERBS:
        return head
    lead = one[:head]
    placed = not _LANDS.isdisjoint(lead) or any(place in lead for place in PLACES)
    alike = head == 1 or lead.isascii() or rests[0][1] == rests[1][1]
    return 0 if placed or alike else head


def _is_name(text: str) -> bool:
    whole = (0, len(text))
    if any(found == whole for found in firms(text, *whole)):
        return True
    return any(found[:2] == whole for found in local_names(text, *whole))
