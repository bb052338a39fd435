"""What the search of a site goes through: a file of data for its script, in each language."""

import json
from collections.abc import Iterable, Iterator

from letters.change import Change
from review.headline import headline
from review.site.public_change import PublicChange
from review.translator import Translator


def search_data(changes: Iterable[PublicChange], translator: Translator) -> Iterator[str]:
    """Yield the file of data piece by piece.

    It is a script, as a page that was opened from a folder may load one, and no data.
    """
    yield "window.fuhanChanges = [\n"
    for public in changes:
        yield f"{json.dumps(_entry(public.change, translator), ensure_ascii=False)},\n"
    yield "];\n"


def _entry(change: Change, translator: Translator) -> dict[str, object]:
    letter = change.letter
    number = translator.phrase("letter.number", number=letter.number) if letter.number else ""
    kind = translator.term("kind", change.kind.value)
    words = (
        each
        for edit in change.edits
        for each in (edit.old, edit.new, edit.context, *edit.section)
        if each
    )
    return {
        "id": change.id,
        "subject": letter.subject or letter.title,
        "line": " · ".join(filter(None, (kind, str(headline(change, translator))))),
        "names": " · ".join(
            filter(None, (number, translator.join(letter.addressees), letter.source))
        ),
        "title": letter.title,
        "text": "\n".join(dict.fromkeys(words)),
    }
