"""Records whose line breaks were lost: 第11号案由：…提案人：…第12号案由：… in one paragraph."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from letters.labels import repeated_labels
from letters.letter import BlockKind
from letters.printed_page import Line
from letters.record_labels import ENOUGH_FOR_A_RECORD

# The number of a paper, right before the first label of its record.
_HEAD = re.compile(
    r"(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）).．、] ?)?"
    r"第 ?[0-9A-Za-z-]{1,12} ?号(?:提案|建议|议案|件)?[：:]?(?= ?$)"
)
_MARK = re.compile("[：:】］]")  # behind each label
_LONGEST = 30  # code points of it
_FEWEST = 2  # records
_FEWEST_LABELS = _FEWEST * ENOUGH_FOR_A_RECORD


def with_records_apart(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines, each that holds several records cut before their numbers and labels.

    Where a paragraph is cut is no edit, so that a line that holds them is as good as one for each.
    """
    for line in lines:
        cuts = [] if line.kind is BlockKind.TABLE else _cuts(line.text)
        if not cuts:
            yield line
            continue
        for start, end in pairwise([0, *cuts, len(line.text)]):
            if text := line.text[start:end].strip():
                yield replace(line, text=text)


def _cuts(text: str) -> list[int]:
    """Return where to cut a line; nowhere unless it holds several records of the same labels."""
    if not _MARK.search(text) or sum(map(text.count, "：:】］")) < _FEWEST_LABELS:
        return []
    places = repeated_labels(text)
    if len(places) < _FEWEST_LABELS:
        return []
    first = places[0][0]
    records: list[list[str]] = []
    for name, _ in places:
        if name == first:
            records.append([])
        records[-1].append(name)
    if len(records) < _FEWEST or not _are_alike(records):
        return []
    starts = [start for name, start in places if name == first]
    heads = [_HEAD.search(text, max(start - _LONGEST, 0), start) for start in starts]
    return sorted({*(start for _, start in places), *(head.start() for head in heads if head)})


def _are_alike(records: list[list[str]]) -> bool:
    return all(len({*each} & {*records[0]}) >= ENOUGH_FOR_A_RECORD for each in records)
