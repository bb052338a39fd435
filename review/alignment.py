"""Two letters side by side, block by block: rows of runs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

from letters.letter import Block, BlockKind, Letter

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|.", re.DOTALL)


class RunKind(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    INSERT = "insert"
    DELETE = "delete"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row with one fate."""

    kind: RunKind
    text: str


class RowKind(StrEnum):
    """What became of a block."""

    SAME = "same"
    EDITED = "edited"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Row:
    """One block as it stood and as it stands."""

    kind: RowKind
    field: str  # "body", or the field of Letter
    block: BlockKind
    level: int | None
    old: tuple[Run, ...]  # empty where the block is new
    new: tuple[Run, ...]  # empty where the block is gone
    move: int | None = None  # the same number stands at both ends of a move


def rows(old: Letter, new: Letter) -> list[Row]:
    """Return both letters, title first, with every word of either in its place."""
    head = _pair("title", _title(old), _title(new))
    return [head, *_body(old.body, new.body)]


def _title(letter: Letter) -> Block:
    return Block(BlockKind.HEADING, letter.title)


def _body(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Row]:
    texts = [block.text for block in old], [block.text for block in new]
    for _, i1, i2, j1, j2 in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        for left, right in zip_longest(old[i1:i2], new[j1:j2]):
            yield _pair("body", left, right)


def _pair(field: str, old: Block | None, new: Block | None) -> Row:
    block = new or old
    if block is None:
        raise ValueError("a row needs a block")
    left, right = _runs(old.text if old else "", new.text if new else "")
    kind = RowKind.EDITED
    if old is None or new is None:
        kind = RowKind.INSERTED if old is None else RowKind.DELETED
    elif old.text == new.text:
        kind = RowKind.SAME
    return Row(kind, field, block.kind, block.level, left, right)


def _runs(old: str, new: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    words = _TOKEN.findall(old), _TOKEN.findall(new)
    left, right = [], []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        gone, come = "".join(words[0][i1:i2]), "".join(words[1][j1:j2])
        if gone:
            left.append(Run(RunKind.SAME if op == "equal" else RunKind.DELETE, gone))
        if come:
            right.append(Run(RunKind.SAME if op == "equal" else RunKind.INSERT, come))
    return tuple(left), tuple(right)
