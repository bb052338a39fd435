"""Edits inside a file that a letter carries, where its text was read before and after."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, groupby

from differ.body_text import BodyText
from differ.edit_script import edit_script
from differ.edits.body_edits import body_edits
from letters.change import Edit
from letters.file_text import FilePage, FileText
from letters.headings import as_block
from letters.letter import Block, BlockKind, Letter
from letters.text import squashed

_CELL = "\t"  # parts the cells of a row


class FileBody(BodyText):
    """The text of a file as a body, in the place of its letter's; its sections are its pages."""

    def __init__(self, letter: Letter, text: FileText, *, has_tables: bool) -> None:
        blocks = [list(_blocks(page, has_tables=has_tables)) for page in text.pages]
        super().__init__(replace(letter, body=tuple(block for page in blocks for block in page)))
        self._labels = [page.label for page in text.pages]
        lengths = (sum(len(block.text) for block in page) for page in blocks)
        self._page_ends = list(accumulate(lengths))

    def page_label(self, offset: int) -> str | None:
        """Return the label of the page or sheet at `offset`; None where the file has none."""
        at = min(bisect_right(self._page_ends, offset), len(self._labels) - 1)
        return self._labels[at] if self._labels else None

    def section(self, offset: int) -> tuple[str, ...]:
        """Return the page, empty where the file has none, then the headings above `offset`."""
        return (self.page_label(offset) or "", *super().section(offset))


def file_edits(
    old: tuple[Letter, FileText], new: tuple[Letter, FileText], name: str
) -> Iterator[Edit]:
    """Yield the edits inside the file called `name`, each with the file and its page as section.

    Blanks say nothing in a file: a line or a page that breaks elsewhere makes or takes one.
    """
    # A PDF prints the rows of a table as lines, whatever it was made from.
    has_tables = all(_has_tables(text) for _, text in (old, new))
    bodies = FileBody(*old, has_tables=has_tables), FileBody(*new, has_tables=has_tables)
    for edit in body_edits(*bodies, edit_script(*bodies).steps):
        if edit.old != edit.new and squashed(edit.old or "") == squashed(edit.new or ""):
            continue
        page = filter(None, edit.section[:1])
        yield replace(edit, field="attachments", section=(name, *page))


def _has_tables(text: FileText) -> bool:
    return any(_CELL in line for page in text.pages for line in page.lines)


def _blocks(page: FilePage, *, has_tables: bool) -> Iterator[Block]:
    """Yield the blocks of a page; rows that follow each other are a table, or lines."""
    for is_table, lines in groupby(page.lines, lambda line: _CELL in line):
        if is_table and has_tables:
            yield Block(BlockKind.TABLE, "\n".join(lines))
        else:
            yield from (as_block(line.replace(_CELL, " ")) for line in lines)
