"""Finds which elements of two sequences stay: the only module that knows diff-match-patch.

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
Gap = tuple[int, int, int, int]  # old start, old end, new start, new end

_SURROGATES = range(0xD800, 0xE000)
_FIRST_CODE = 0x100


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    """Return the runs that stay, in order, never crossing.

    >>> matches("abcd", "abxd")
    [(0, 0, 2), (3, 3, 1)]
    """
    head = _common_head(old, new)
    tail = _common_head(old[head:][::-1], new[head:][::-1])
    runs = [(0, 0, head)] if head else []
    old_end, new_end = len(old) - tail, len(new) - tail
    if head < old_end and head < new_end:
        inner = _inner_matches(old[head:old_end], new[head:new_end])
        runs += [(head + i, head + j, length) for i, j, length in inner]
    if tail:
        runs.append((old_end, new_end, tail))
    return runs


def gaps(runs: Sequence[Match], old_length: int, new_length: int) -> Iterator[Gap]:
    """Yield what is between the runs that stay.

    >>> [*gaps([(0, 0, 2), (3, 3, 1)], 4, 5)]
    [(2, 3, 2, 3), (4, 4, 4, 5)]
    """
    i = j = 0
    for a, b, length in [*runs, (old_length, new_length, 0)]:
        if i < a or j < b:
            yield i, a, j, b
        i, j = a + length, b + length


def is_bounded(old: Sequence[Hashable], new: Sequence[Hashable]) -> bool:
    """Return whether two sequences are small enough to be matched element by element."""
    return len(old) * len(new) <= MOST_CELLS


def _common_head(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    length = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        length += 1
    return length


def _inner_matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Match]:
    """Yield the runs between a common head and a common tail."""
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
    """Return the edit script as signs (0 stays, -1 goes, 1 comes) with lengths."""
    if fast_diff is not None:
        signs = {"=": 0, "-": -1, "+": 1}
        runs = fast_diff(old, new, timelimit=0, checklines=False, cleanup="No", counts_only=True)
        return [(signs[op], length) for op, length in runs]
    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # a slow machine must say the same as a fast one
    return [(op, len(text)) for op, text in engine.diff_main(old, new, False)]


def _code(number: int) -> str:
    code = _FIRST_CODE + number
    return chr(code if code < _SURROGATES.start else code + len(_SURROGATES))


def anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return pairs of elements that occur once on each side, in order on both; the most."""
    return rising(unique_pairs(old, new))


def unique_pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the positions of elements that occur once on each side, by their old position."""
    old_counts, new_counts = Counter(old), Counter(new)
    places = {each: j for j, each in enumerate(new) if new_counts[each] == 1}
    return [
        (i, places[each]) for i, each in enumerate(old) if old_counts[each] == 1 and each in places
    ]


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
