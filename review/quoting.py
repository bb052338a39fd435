"""An edit's context with its new words marked, so that it is understood alone."""

from dataclasses import dataclass

from letters.change import Edit


@dataclass(frozen=True, slots=True)
class Quote:
    """A context around the words of an edit; `words` is empty where they stand not just once."""

    before: str
    words: str
    after: str


def quoted(edit: Edit) -> Quote:
    """Return the context of `edit`, split where its words stand."""
    for words in (edit.new, edit.old):
        if words and edit.context.count(words) == 1:
            before, _, after = edit.context.partition(words)
            return Quote(before, words, after)
    return Quote(edit.context, "", "")
