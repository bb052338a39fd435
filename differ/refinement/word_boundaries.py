"""Sets changes at the bounds of words and sentences: 零 → 销 in 零售 is 零售 → 销售."""

from differ.body_text import OffsetPair, Offsets
from differ.lexicon.vocabulary import is_place, is_word, overlapping_words

Room = tuple[int, int]  # code points to the left and to the right that a change may take in

_PART_OF_A_WORD = 3  # code points; what is longer is a word of its own
_SENTENCE_ENDS = "。！？；"
_BREAKS = "\n\t"
_MARKS = _SENTENCE_ENDS + "，、：\n\t"


def at_word_boundaries(
    old: str, new: str, changes: list[OffsetPair], bounds: OffsetPair
) -> list[OffsetPair]:
    """Return `changes`, each widened to words or moved to where it reads best, none touching."""
    result: list[OffsetPair] = []
    ends = (bounds[0][1],) * 2, (bounds[1][1],) * 2
    for at, change in enumerate(changes):
        before = result[-1] if result else ((bounds[0][0],) * 2, (bounds[1][0],) * 2)
        after = changes[at + 1] if at + 1 < len(changes) else ends
        left = min(change[0][0] - before[0][1], change[1][0] - before[1][1])
        right = min(after[0][0] - change[0][1], after[1][0] - change[1][1])
        placed = _placed(old, new, change, (max(left, 0), max(right, 0)))
        result.append(_with_level(old, new, placed, after))
    return result


def _with_level(old: str, new: str, change: OffsetPair, after: OffsetPair) -> OffsetPair:
    """Add the 区 that both places' names end in: 合川 → 江北 is 合川区 → 江北区."""
    (a, b), (c, d) = change
    has_room = b < after[0][0] and d < after[1][0] and old[b] == new[d]
    if has_room and is_place(old[a:b]) and is_place(new[c:d]) and is_place(old[a : b + 1]):
        return change if is_word(old[b : b + 2]) else ((a, b + 1), (c, d + 1))
    return change


def _placed(old: str, new: str, change: OffsetPair, room: Room) -> OffsetPair:
    """Return an insertion or deletion where it reads best, a replacement widened to words."""
    (a, b), (c, d) = change
    if a == b and d - c > 1:
        shift = _best_shift(new, (c, d), room)
        return (a + shift, a + shift), (c + shift, d + shift)
    if c == d and b - a > 1:
        shift = _best_shift(old, (a, b), room)
        return (a + shift, b + shift), (c + shift, c + shift)
    return _widened(old, new, change, room)


def _best_shift(text: str, stretch: Offsets, room: Room) -> int:
    """Return by how much an insertion is best moved without changing what both texts say."""
    start, end = stretch
    shifts = [0]
    while -shifts[-1] < room[0] and text[start + shifts[-1] - 1] == text[end + shifts[-1] - 1]:
        shifts.append(shifts[-1] - 1)
    right = 0
    while right < room[1] and text[start + right] == text[end + right]:
        right += 1
        shifts.append(right)
    return max(shifts, key=lambda by: (_readability(text, start + by, end + by), -abs(by), by))


def _readability(text: str, start: int, end: int) -> int:
    """Return how well a stretch reads by itself: 5 for sentences, -1 for part of a number."""
    if _splits_number(text, start) or _splits_number(text, end):
        return -1
    before, last = text[start - 1] if start else "\n", text[end - 1]
    if before in _SENTENCE_ENDS + _BREAKS and last in _SENTENCE_ENDS + _BREAKS:
        return 5
    if before in _MARKS and last in _MARKS:
        return 4
    if is_word(text[start:end]):
        return 3
    if text[start] in _MARKS or last in _MARKS:
        return 2
    return 0 if _splits_word(text, start) or _splits_word(text, end) else 1


def _splits_number(text: str, at: int) -> bool:
    """Return whether `at` is inside a number or a Latin word."""
    if not 0 < at < len(text):
        return False
    return all(char.isalnum() and char.isascii() for char in text[at - 1 : at + 1])


def _splits_word(text: str, at: int) -> bool:
    return any(True for _ in overlapping_words(text, at, at))


def _widened(old: str, new: str, change: OffsetPair, room: Room) -> OffsetPair:
    """Return a replacement with as much around it as makes words of most of its sides."""
    (a, b), (c, d) = change
    is_chinese = _is_chinese(old[a:b]) and _is_chinese(new[c:d])
    if not is_chinese or max(b - a, d - c) > _PART_OF_A_WORD:
        return change
    best, chosen = _words_in(old, new, change), (0, 0)
    for left, right in sorted(_ways(old, new, change, room), key=lambda way: (sum(way), way)):
        words = _words_in(old, new, ((a - left, b + right), (c - left, d + right)))
        if words > best:
            best, chosen = words, (left, right)
    left, right = chosen
    return (a - left, b + right), (c - left, d + right)


def _is_chinese(text: str) -> bool:
    return all("一" <= char <= "龥" for char in text)


def _ways(old: str, new: str, change: OffsetPair, room: Room) -> set[Room]:
    """Return how far a change may reach to the left and right to fill a word of one side."""
    ways = set()
    for text, (start, end) in zip((old, new), change, strict=True):
        for first, last in overlapping_words(text, start, end) if start < end else ():
            way = max(start - first, 0), max(last - end, 0)
            if way[0] <= room[0] and way[1] <= room[1]:
                ways.add(way)
    return ways


def _words_in(old: str, new: str, change: OffsetPair) -> int:
    """Return how many sides of a change are a word or empty."""
    sides = old[slice(*change[0])], new[slice(*change[1])]
    return sum(1 for side in sides if not side or is_word(side))
