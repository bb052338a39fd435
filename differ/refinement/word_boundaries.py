"""Sets places at the bounds of words and sentences: 零 → 销 in 零售 is 零售 → 销售."""

from collections.abc import Iterator

from differ.lexicon.vocabulary import covering, is_place, is_word

Range = tuple[int, int]
Pair = tuple[Range, Range]

_PART_OF_A_WORD = 3  # code points; what is longer stands by itself
_ENDS = "。！？；"
_MARKS = _ENDS + "，、：\n\t"


def in_words(old: str, new: str, places: list[Pair], bounds: Pair) -> list[Pair]:
    """Return `places`, each widened to words or moved to where it reads best, none touching."""
    told: list[Pair] = []
    for at, place in enumerate(places):
        low = told[-1] if told else ((bounds[0][0],) * 2, (bounds[1][0],) * 2)
        high = (
            places[at + 1] if at + 1 < len(places) else ((bounds[0][1],) * 2, (bounds[1][1],) * 2)
        )
        left = min(place[0][0] - low[0][1], place[1][0] - low[1][1])
        right = min(high[0][0] - place[0][1], high[1][0] - place[1][1])
        read = _read(old, new, place, (max(left, 0), max(right, 0)))
        told.append(_with_level(old, new, read, high))
    return told


def _with_level(old: str, new: str, place: Pair, high: Pair) -> Pair:
    """Take in the 区 that both places' names end in: 合川 → 江北 is 合川区 → 江北区."""
    (a, b), (c, d) = place
    has_room = b < high[0][0] and d < high[1][0] and old[b] == new[d]
    if has_room and is_place(old[a:b]) and is_place(new[c:d]) and is_place(old[a : b + 1]):
        return place if is_word(old[b : b + 2]) else ((a, b + 1), (c, d + 1))
    return place


def _read(old: str, new: str, place: Pair, room: Range) -> Pair:
    (a, b), (c, d) = place
    if a == b and d - c > 1:
        shift = _shift(new, (c, d), room)
        return (a + shift, a + shift), (c + shift, d + shift)
    if c == d and b - a > 1:
        shift = _shift(old, (a, b), room)
        return (a + shift, b + shift), (c + shift, c + shift)
    return _widened(old, new, place, room)


def _shift(text: str, stretch: Range, room: Range) -> int:
    """Return by how much an insertion is best moved without changing what is told."""
    start, end = stretch
    shifts = [0]
    while -shifts[-1] < room[0] and text[start + shifts[-1] - 1] == text[end + shifts[-1] - 1]:
        shifts.append(shifts[-1] - 1)
    right = 0
    while right < room[1] and text[start + right] == text[end + right]:
        right += 1
        shifts.append(right)
    return max(shifts, key=lambda by: (_reads(text, start + by, end + by), -abs(by), by))


def _reads(text: str, start: int, end: int) -> int:
    if _splits_number(text, start) or _splits_number(text, end):
        return -1
    before, last = text[start - 1] if start else "\n", text[end - 1]
    if before in _ENDS + "\n\t" and last in _ENDS + "\n\t":
        return 5
    if before in _MARKS and last in _MARKS:
        return 4
    if is_word(text[start:end]):
        return 3
    return 2 if text[start] in _MARKS or last in _MARKS else 1 - any(_seams(text, start, end))


def _splits_number(text: str, at: int) -> bool:
    return (
        0 < at < len(text)
        and text[at - 1].isalnum()
        and text[at].isalnum()
        and (text[at - 1].isascii() and text[at].isascii())
    )


def _seams(text: str, start: int, end: int) -> Iterator[bool]:
    for at in (start, end):
        yield any(True for _ in covering(text, at, at))


def _widened(old: str, new: str, place: Pair, room: Range) -> Pair:
    (a, b), (c, d) = place
    slices = old[a:b], new[c:d]
    if not all(_is_chinese(each) for each in slices) or max(b - a, d - c) > _PART_OF_A_WORD:
        return place
    best, chosen = _worth(old, new, place), (0, 0)
    for left, right in sorted(_ways(old, new, place, room), key=lambda way: (sum(way), way)):
        worth = _worth(old, new, ((a - left, b + right), (c - left, d + right)))
        if worth > best:
            best, chosen = worth, (left, right)
    left, right = chosen
    return (a - left, b + right), (c - left, d + right)


def _is_chinese(text: str) -> bool:
    return all("一" <= char <= "龥" for char in text)


def _ways(old: str, new: str, place: Pair, room: Range) -> set[Range]:
    found = set()
    for text, (start, end) in zip((old, new), place, strict=True):
        for first, last in covering(text, start, end) if start < end else ():
            way = max(start - first, 0), max(last - end, 0)
            if way[0] <= room[0] and way[1] <= room[1]:
                found.add(way)
    return found


def _worth(old: str, new: str, place: Pair) -> int:
    sides = old[slice(*place[0])], new[slice(*place[1])]
    return sum(1 for side in sides if not side or is_word(side))
