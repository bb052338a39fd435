"""Which elements of two sequences stay: the only place that knows diff-match-patch.

No time limit decides. Work is bounded by size: beyond `MOST_CELLS` only elements that
occur once on each side are matched, which is coarser and still correct.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

from diff_match_patch import diff_match_patch

try:
    from fast_diff_match_patch import diff as fast_diff
except ImportError:  # the optional extra `fast`: it saves time, nothing else
    fast_diff = None

MOST_CELLS = 1_000_000  # product of both lengths that is matched element by element

Match = tuple[int, int, int]  # start in old, start in new, length

_SURROGATES = range(0xD800, 0xE000)
_FIRST = 0x100


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    """Return the runs that stay, in order, never crossing.

    >>> matches("abcd", "abxd")
    [(0, 0, 2), (3, 3, 1)]
    """
    head = _common_head(old, new)
    tail = _common_head(old[head:][::-1], new[head:][::-1])
    found = [(0, 0, head)] if head else []
    old_end, new_end = len(old) - tail, len(new) - tail
    if head < old_end and head < new_end:
        inner = _inner(old[head:old_end], new[head:new_end])
        found += [(head + i, head + j, length) for i, j, length in inner]
    if tail:
        found.append((old_end, new_end, tail))
    return found


def is_bounded(old: Sequence[Hashable], new: Sequence[Hashable]) -> bool:
    """Tell whether two sequences are small enough to be matched element by element."""
    return len(old) * len(new) <= MOST_CELLS


def _common_head(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    length = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        length += 1
    return length


def _inner(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Match]:
    if is_bounded(old, new):
        yield from _shortest(old, new)
        return
    at_old = at_new = 0
    for i, j in [*anchors(old, new), (len(old), len(new))]:
        if (at_old, at_new) != (i, j) and is_bounded(old[at_old:i], new[at_new:j]):
            for a, b, length in _shortest(old[at_old:i], new[at_new:j]):
                yield at_old + a, at_new + b, length
        if i < len(old):
            yield i, j, 1
        at_old, at_new = i + 1, j + 1


def _shortest(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Match]:
    """Yield the matches of a shortest edit script (Myers)."""
    codes: dict[Hashable, str] = {}
    one = "".join([codes.setdefault(each, _code(len(codes))) for each in old])
    other = "".join([codes.setdefault(each, _code(len(codes))) for each in new])
    i = j = 0
    for op, length in _script(one, other):
        if op == 0:
            yield i, j, length
        i += length if op <= 0 else 0
        j += length if op >= 0 else 0


def _script(old: str, new: str) -> list[tuple[int, int]]:
    if fast_diff is not None:
        signs = {"=": 0, "-": -1, "+": 1}
        told = fast_diff(old, new, timelimit=0, checklines=False, cleanup="No", counts_only=True)
        return [(signs[op], length) for op, length in told]
    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # a slow machine must say the same as a fast one
    return [(op, len(text)) for op, text in engine.diff_main(old, new, False)]


def _code(number: int) -> str:
    code = _FIRST + number
    return chr(code if code < _SURROGATES.start else code + len(_SURROGATES))


def anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return pairs of elements that occur once on each side, in order on both; the most."""
    return rising(unique_pairs(old, new))


def unique_pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the positions of elements that occur once on each side, by their old position."""
    counted, other = Counter(old), Counter(new)
    where = {each: j for j, each in enumerate(new) if other[each] == 1}
    return [(i, where[each]) for i, each in enumerate(old) if counted[each] == 1 and each in where]


def rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of `pairs` (ordered by the first) whose second numbers rise too."""
    ends: list[int] = []
    tops: list[int] = []
    back: list[int] = []
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        back.append(tops[place - 1] if place else -1)
        ends[place : place + 1] = [j]
        tops[place : place + 1] = [at]
    chain, at = [], tops[-1] if tops else -1
    while at >= 0:
        chain.append(pairs[at])
        at = back[at]
    return chain[::-1]
