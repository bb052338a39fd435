"""The facts of a letter that its page lists beside the text."""

from letters.fields import LETTER_FIELDS, Shown
from letters.letter_record import LetterRecord


def letter_facts(record: LetterRecord) -> dict[str, str | list[str]]:
    """Return by name the facts that the letter has, in the order in which they are shown."""
    fields = record.as_json()
    facts = (each.name for each in LETTER_FIELDS if each.shown is not Shown.APART)
    return {name: fields[name] for name in facts if fields[name]}
