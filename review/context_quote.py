"""The context of an edit, split so that the changed words can be marked in it."""

from dataclasses import dataclass

from letters.change import Edit


@dataclass(frozen=True, slots=True)
class Quote:
    """A context around changed words; `words` is empty where they don't occur exactly once."""

    before: str
    words: str
    after: str


def quote_context(edit: Edit) -> Quote:
    """Return the context of `edit`, split at its new words, else at its old ones."""
    for words in (edit.new, edit.old):
        if words and edit.context.count(words) == 1:
            before, _, after = edit.context.partition(words)
            return Quote(before, words, after)
    return Quote(edit.context, "", "")
