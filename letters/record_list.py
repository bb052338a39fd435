"""The records of a page that holds many: where each begins, and what it is headed by."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from letters.headings import LONGEST, level_of
from letters.labels import labels_in
from letters.letter import Block, BlockKind
from letters.opening import is_salutation
from letters.printed_page import Line
from letters.record_labels import ENOUGH_FOR_A_RECORD, RECORD_LABELS, TEXT_LABELS
from letters.table_labels import find_cells, is_list
from letters.text import HAN

# 第11号; 一、县人大第11号建议; 建议第11号：关于修路的建议; （2）0012号提案（王小明）
_HEAD = re.compile(
    r"[【\[]?(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[）)]|[.．、]) ?)?"
    rf"(?:[{HAN}]{{0,24}}?(?:会议|人大|政协|提案|建议|议案|重点|编号|案号)的?)?[：:]? ?"
    r"(?:第 ?[0-9０-９A-Za-z-]{1,12} ?号|[0-9０-９A-Za-z-]{1,12} ?号(?=的?(?:提案|建议|议案)))"
    r"的?(?:提案|建议|议案|件)?[】\]]?"
    r"(?: ?[（(][^（）()]{1,40}[）)]"
    r"| ?[：:]? ?(?:《[^》]+》|“[^”]+”|关于[^，。；]{2,50})| ?[：:])?"
)
_NUMBERED = re.compile(r"(?:编 ?号|序 ?号|案 ?号) ?[：:] ?第? ?[0-9０-９-]{1,8} ?号?")
_ANSWERED = re.compile("[您你贵收现](?=.*(?:收悉|收到|[答函回]复如下))")
_HEADS_LETTER = re.compile(
    "(?:提案|建议|议案|号).{0,12}(?:答复|复函|函|回复|意见)(?:[（(].{1,6}[）)])?$"
)
_MAY_HAVE_LABELS = re.compile("[：:【［\t]")
_NEAR = 3  # blocks between a record's head and its first label


@dataclass(slots=True)
class _Record:
    """One record while its labels are gathered."""

    start: int  # block of its first label
    names: set[str]


def find_records(lines: Sequence[Line], *, is_titled: bool, saluted_at: int | None) -> list[int]:
    """Return the blocks that the records of a page begin with; none where it holds but one.

    Records are like sets of labels one after the other, or the text below lines that are
    numbers of papers where `is_titled` says that the page is for many. A letter that answers
    several papers (whom it speaks to stands above them, at `saluted_at`) holds none.
    """
    heads = [n for n, line in enumerate(lines) if _is_head(line)]
    labelled = _labelled(lines, heads)
    if saluted_at is not None:
        labelled = [each for each in labelled if each.names & TEXT_LABELS]
    if len(labelled) > 1:
        starts = (_head_above(each.start, lines, heads) for each in labelled)
        return sorted(set(starts))
    is_below = saluted_at is None or (bool(heads) and saluted_at > heads[0])
    return heads if is_titled and is_below and len(heads) > 1 else []


def find_letters(texts: Sequence[str]) -> list[int]:
    """Return the blocks that the letters of a page begin with; none where it holds but one.

    A letter is whom it speaks to above what it answers; its title may be above that.
    """
    openings = enumerate(pairwise(texts))
    saluted = [
        n for n, (line, below) in openings if _ANSWERED.match(below) and is_salutation(line)
    ]
    return [_title_above(n, texts) for n in saluted] if len(saluted) > 1 else []


def _title_above(saluted: int, texts: Sequence[str]) -> int:
    """Return the block of the title right above whom a letter speaks to, or that block."""
    above = range(saluted - 1, max(saluted - _NEAR, 0) - 1, -1)
    return next((n for n in above if _HEADS_LETTER.search(texts[n])), saluted)


def holds_a_list(lines: Sequence[Line]) -> bool:
    """Return whether a table of the page lists papers, a row each."""
    return any(line.kind is BlockKind.TABLE and is_list(line.text) for line in lines)


def with_sections(blocks: Sequence[Block], starts: Sequence[int]) -> Iterator[Block]:
    """Yield the blocks with the head of each record as a heading over all that is in it.

    A heading right above a record's head is of a group of records.
    """
    heads = {n for n in starts if _can_head(blocks[n])}
    groups = {
        n for n in range(len(blocks)) if n + 1 in heads and blocks[n].level and n not in heads
    }
    depth = 2 if groups else 1
    first = min(heads, default=len(blocks))
    for number, block in enumerate(blocks):
        if number in heads:
            yield replace(block, kind=BlockKind.HEADING, level=depth)
        elif block.level and number > first and number not in groups:
            yield replace(block, level=block.level + depth)
        else:
            yield replace(block, level=1) if number in groups else block


def _can_head(block: Block) -> bool:
    return block.kind is not BlockKind.TABLE and len(block.text) <= LONGEST


def _is_head(line: Line) -> bool:
    if line.kind is BlockKind.TABLE or "号" not in line.text:
        return False
    return bool(_HEAD.fullmatch(line.text) or _NUMBERED.fullmatch(line.text))


def _labelled(lines: Sequence[Line], heads: Sequence[int]) -> list[_Record]:
    """Return the sets of labels of a page that are like another one.

    One begins below a head, or where a label comes again.
    """
    records: list[_Record] = []
    is_new = True
    for index, line in enumerate(lines):
        is_new = is_new or index in heads
        for name in _names(index, line):
            if is_new or name in records[-1].names:
                records.append(_Record(index, set()))
                is_new = False
            records[-1].names.add(name)
    whole = [each for each in records if len(each.names) >= ENOUGH_FOR_A_RECORD]
    return [each for each in whole if any(_are_alike(each, other) for other in whole)]


def _are_alike(one: _Record, other: _Record) -> bool:
    return one is not other and len(one.names & other.names) >= ENOUGH_FOR_A_RECORD


def _names(index: int, line: Line) -> list[str]:
    if not _MAY_HAVE_LABELS.search(line.text):
        return []
    if line.kind is BlockKind.TABLE:
        labels = find_cells(index, line.text)
    else:
        # 第11号 案由：…, in one block
        head = _HEAD.match(line.text) if "号" in line.text else None
        labels = labels_in(line.text[head.end() if head else 0 :].lstrip())
    return [each.name for each in labels if each.name in RECORD_LABELS]


def _head_above(start: int, lines: Sequence[Line], heads: Sequence[int]) -> int:
    """Return the block of the number above a record's first label, or that of the label."""
    near = [head for head in heads if start - _NEAR <= head <= start]
    if near:
        return near[-1]
    above = start - 1
    is_numbered = above >= 0 and level_of(lines[above].text) and len(lines[above].text) <= LONGEST
    return above if is_numbered else start
