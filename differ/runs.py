"""Runs of equal, deleted and inserted tokens, by diff-match-patch in its chars mode."""

from collections.abc import Sequence

from diff_match_patch import diff_match_patch

_FIRST = 0x100  # code points from here on stand for tokens
_SURROGATES = range(0xD800, 0xE000)


def diff(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Return runs of tokens: -1 deleted, 0 equal, 1 inserted. No clock decides the result."""
    table: dict[str, str] = {}
    back: dict[str, str] = {}
    left, right = (_mapped(side, table, back) for side in (old, new))
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    found = engine.diff_main(left, right, False)
    engine.diff_cleanupSemantic(found)
    return [(op, [back[char] for char in chars]) for op, chars in found]


def _mapped(side: Sequence[str], table: dict[str, str], back: dict[str, str]) -> str:
    chars = []
    for token in side:
        if token not in table:
            point = _FIRST + len(table)
            point += len(_SURROGATES) if point >= _SURROGATES.start else 0
            table[token] = chr(point)
            back[chr(point)] = token
        chars.append(table[token])
    return "".join(chars)
