"""The Chinese of an English sentence: by a table of templates, and by how sentences are joined."""

from collections.abc import Iterable, Mapping
from functools import cache
from string import Formatter
from typing import NamedTuple

from review.sentences.tables import SENTENCES
from review.sentences.titles import TITLES

_LONGEST = 2000  # characters of what is still translated: no longer sentence is one of ours
_DEEPEST = 6  # sentences within one another
_MOST_PARTS = 200  # of one sentence that are looked up: whoever wrote it, it takes no longer
_MOST_PLACES = 12  # where one may be cut in two
# How English joins sentences, and how Chinese does where all of them are translated.
_JOINS = (("; ", "；"), (", ", "，"))


class _Field(NamedTuple):
    """A field of a template, and the words that follow it."""

    name: str
    holds: str  # "d": digits; "w": one word; "s": a sentence; "": what is shown as it is
    after: str


class _Template(NamedTuple):
    """An English template, cut at its fields."""

    before: str  # its first field
    fields: tuple[_Field, ...]
    chinese: str

    def rank(self) -> tuple[int, int]:
        """Return where it stands among those that may fit: who says most of a sentence is first.

        What begins with a sentence goes before all that might take its end for a part of their
        own, and what begins with any text is tried last.
        """
        literal = len(self.before) + sum(len(each.after) for each in self.fields)
        return _RANKS["words" if self.before else self.fields[0].holds], -literal


_OPEN = 2  # the rank of those that begin with any text: a list of others may fit, too
_RANKS = {"s": 0, "words": 1, "d": 1, "w": _OPEN, "": _OPEN}  # by what a template begins with


def chinese(sentence: str) -> str | None:
    """Return the Chinese of `sentence`; None where the tables have none for any part of it.

    What a template has as a field, such as a name or what a site says, stays as it is.
    """
    return _Translation().of(sentence, 0) if len(sentence) <= _LONGEST else None


class _Translation:
    """The translation of one sentence, which counts how many of its parts were looked up."""

    def __init__(self) -> None:
        self._left = _MOST_PARTS

    def of(self, sentence: str, depth: int) -> str | None:
        """Return the Chinese of a part that is so many sentences deep within the whole."""
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            return None
        if sentence in SENTENCES and "{" not in sentence:
            return SENTENCES[sentence]
        closed, open_ = _templates()
        return (
            self._by_template(closed, sentence, depth)
            or self._by_lists(sentence, depth)
            or self._by_template(open_, sentence, depth)
            or self._by_joins(sentence, depth)
        )

    def _by_template(
        self, templates: Iterable[_Template], sentence: str, depth: int
    ) -> str | None:
        for template in templates:
            values = _values(template, sentence)
            shown = None if values is None else self._shown(template, values, depth)
            if shown is not None:
                return template.chinese.format_map(shown)
        return None

    def _shown(
        self, template: _Template, values: Mapping[str, str], depth: int
    ) -> Mapping[str, str] | None:
        """Return the fields in Chinese; None where one with which all begins has none."""
        shown = dict(values)
        for place, field in enumerate(template.fields):
            if field.holds == "s":
                said = self.of(values[field.name], depth + 1)
                if said is None and place == 0 and not template.before:
                    return None
                shown[field.name] = said or values[field.name]
        return shown

    def _by_lists(self, sentence: str, depth: int) -> str | None:
        """Return the Chinese of sentences in a list, all of which are known."""
        for english, joined in _JOINS:
            parts = sentence.split(english)
            if 1 < len(parts) <= _MOST_PLACES and (said := self._all(parts, depth)):
                return joined.join(said)
        return None

    def _by_joins(self, sentence: str, depth: int) -> str | None:
        """Return the Chinese of a sentence with a remark, or behind a place."""
        return (
            self._with_found(sentence, depth)
            or self._with_hint(sentence, depth)
            or self._after_place(sentence, depth)
        )

    def _all(self, parts: Iterable[str], depth: int) -> list[str] | None:
        """Return the Chinese of all `parts`; None where one has none."""
        shown: list[str] = []
        for part in parts:
            if (said := self.of(part, depth + 1)) is None:
                return None
            shown.append(said)
        return shown

    def _with_found(self, sentence: str, depth: int) -> str | None:
        """Return the Chinese of "…, found …"."""
        expected, is_found, found = sentence.rpartition(", found ")
        said = self.of(expected, depth + 1) if is_found else None
        shown = self.of(found, depth + 1) if said else None
        return f"{said}，实为{shown or f' {found}'}" if said else None

    def _with_hint(self, sentence: str, depth: int) -> str | None:
        """Return the Chinese of "… (…)"."""
        head, is_hint, hint = sentence.removesuffix(")").rpartition(" (")
        if not (is_hint and sentence.endswith(")")):
            return None
        said, hinted = self.of(head, depth + 1), self.of(hint, depth + 1)
        return f"{said or head}（{hinted or hint}）" if said or hinted else None

    def _after_place(self, sentence: str, depth: int) -> str | None:
        """Return the Chinese of "…: …", where what stands before may be a place or a name."""
        for at in _places(sentence, ": "):
            head, tail = sentence[:at], sentence[at + 2 :]
            if said := self.of(tail, depth + 1):
                # The name of a source, with which a line begins, may be one of our words, too.
                is_name = depth == 0 and head in TITLES
                place = None if is_name else self.of(head, depth + 1)
                return f"{place}：{said}" if place else f"{head}: {said}"
        return None


def _values(template: _Template, sentence: str) -> Mapping[str, str] | None:
    """Return what stands in the fields of `template`; None where it is not the sentence's.

    Each field ends where the words behind it are first, the last one at the end. A sentence with
    which a template begins may have these words in it, too: it ends where they are last.
    """
    if not sentence.startswith(template.before):
        return None
    first = template.fields[0] if template.fields else None
    if first is None or template.before or first.holds != "s":
        return _values_from(template.fields, sentence, len(template.before))
    for at in reversed(_places(sentence, first.after)):
        rest = _values_from(template.fields[1:], sentence, at + len(first.after))
        if rest is not None and at:
            return {first.name: sentence[:at], **rest}
    return None


def _values_from(fields: tuple[_Field, ...], sentence: str, at: int) -> Mapping[str, str] | None:
    """Return what stands in `fields`, the first of which begins at `at`; None: they don't fit."""
    values: dict[str, str] = {}
    for place, field in enumerate(fields):
        is_last = place == len(fields) - 1
        end = _end(sentence, field.after, at, is_last=is_last)
        value = sentence[at:end]
        if end <= at or not _may_hold(field.holds, value):
            return None
        values[field.name] = value
        at = end + len(field.after)
    return values if at == len(sentence) else None


def _end(sentence: str, after: str, at: int, *, is_last: bool) -> int:
    """Return where a field that begins at `at` ends; -1: it can't."""
    if not is_last:
        return sentence.find(after, at)
    return len(sentence) - len(after) if sentence.endswith(after) else -1


def _may_hold(holds: str, value: str) -> bool:
    if holds == "d":
        return value.replace(",", "").replace(".", "", 1).removeprefix("-").isdecimal()
    return holds != "w" or " " not in value


def _places(sentence: str, words: str) -> list[int]:
    """Return where `words` are in a sentence, of many the first."""
    places: list[int] = []
    at = sentence.find(words)
    while at >= 0 and len(places) < _MOST_PLACES:
        places.append(at)
        at = sentence.find(words, at + 1)
    return places


@cache
def _templates() -> tuple[list[_Template], list[_Template]]:
    """Return all templates in the order in which they are tried, those that begin openly apart."""
    templates = [_template(*pair) for pair in SENTENCES.items() if "{" in pair[0]]
    templates.sort(key=_Template.rank)
    closed = [each for each in templates if each.rank()[0] < _OPEN]
    return closed, templates[len(closed) :]


def _template(english: str, shown: str) -> _Template:
    words, named = [""], list[tuple[str, str]]()
    for literal, name, holds, _ in Formatter().parse(english):  # {{ is a literal of its own
        words[-1] += literal
        if name is not None:
            named.append((name, holds or ""))
            words.append("")
    fields = (_Field(*each, after) for each, after in zip(named, words[1:], strict=True))
    return _Template(words[0], tuple(fields), shown)
