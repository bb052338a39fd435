"""The context of an edit, split so that the changed words can be marked in it."""

import re
from dataclasses import dataclass
from typing import Final

from letters.change import Edit

_DIGITS: Final = re.compile(r"\d\d")


@dataclass(frozen=True, slots=True)
class Quote:
    """A context around changed words; `words` is empty where they don't occur exactly once."""

    before: str
    words: str
    after: str


def quote_context(edit: Edit) -> Quote:
    """Return the context of `edit`, split at its new words; at its old ones where none are there.

    A figure is no part of a longer one: 5 does not occur in 15.
    """
    for words in (edit.new, edit.old):
        if words and (places := edit.context.count(words)):
            before, _, after = edit.context.partition(words)
            if places == 1 and not _is_within_number(before, words, after):
                return Quote(before, words, after)
            break
    return Quote(edit.context, "", "")


def _is_within_number(before: str, words: str, after: str) -> bool:
    ends = before[-1:] + words[:1], words[-1:] + after[:1]
    return any(_DIGITS.fullmatch(pair) for pair in ends)
