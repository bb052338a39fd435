"""The kind of a directory's letters: whether they answer proposals or suggestions."""

import re
from collections.abc import Sequence

from fuhan.probe.agency import EntryValue
from letters.counted import counted
from letters.letter import Kind, Letter

_WORDS = {
    Kind.PROPOSAL: re.compile(r"政协|提案|委员[：:]"),
    Kind.SUGGESTION: re.compile(r"人大|人民代表大会|号建议|号议案|议案|代表建议|代表[：:]"),
}
_CHANNEL = {
    Kind.PROPOSAL: re.compile(r"提案|政协"),
    Kind.SUGGESTION: re.compile(r"建议|议案|人大"),
}
_OPENING = 3  # blocks of a letter that name whom it answers
_MIXED = 5  # one letter of so many makes a directory of both


def choose_kind(letters: Sequence[Letter], channel: str) -> EntryValue:
    """Return the kind of most letters; where they don't say, that of the `channel`'s name."""
    kinds = [kind for letter in letters if (kind := _kind_of(letter))]
    proposals = kinds.count(Kind.PROPOSAL)
    suggestions = len(kinds) - proposals
    answering = counted(proposals, "letter answers", "letters answer")
    both = f"{answering} proposals, {suggestions} suggestions"
    if proposals == suggestions:
        named = [kind for kind, words in _CHANNEL.items() if words.search(channel)]
        if len(named) == 1:
            return EntryValue(named[0].value)
        return EntryValue(Kind.PROPOSAL.value, both)
    kind = Kind.PROPOSAL if proposals > suggestions else Kind.SUGGESTION
    if min(proposals, suggestions) * _MIXED < len(kinds):
        return EntryValue(kind.value)
    return EntryValue(kind.value, f"{both}: all are kept as {kind.value}")


def _kind_of(letter: Letter) -> Kind | None:
    """Return the kind of a letter by its session, its title or its opening, the surest first."""
    opening = "\n".join(block.text[:200] for block in letter.body[:_OPENING])
    for text in (letter.session or "", letter.title.replace(letter.subject or "\0", ""), opening):
        named = [kind for kind, words in _WORDS.items() if words.search(text)]
        if len(named) == 1:
            return named[0]
    return None
