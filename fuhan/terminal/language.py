"""In which language a command speaks: as --lang says, else the locale, else English.

Machine output, logs and what a site says are never translated.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module

from review.languages import LANGUAGES, Language

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides (POSIX, 8.2)
_MARKS = {", ": "，", "; ": "；", ": ": "："}
_OPTION = "--lang"
# One for the whole command, as its streams and its logs are.
_language: ContextVar[Language] = ContextVar("language", default="en")


def choose_language(arguments: Sequence[str], variables: Mapping[str, str]) -> None:
    """Speak from now on as `arguments` ask for, else as the locale of `variables` does.

    It is read before all other options, so that their mistakes are told in it, too.
    """
    option = _option(arguments)
    written = option if option.lower().startswith(LANGUAGES) else _locale(variables)
    _language.set("zh" if written.lower().startswith("zh") else "en")


def language() -> Language:
    """Return the language in which the command speaks."""
    return _language.get()


@contextmanager
def in_english() -> Iterator[None]:
    """Speak English within the block: what is written there is for programs."""
    before = _language.set("en")
    try:
        yield
    finally:
        _language.reset(before)


def said(sentence: str) -> str:
    """Return an English sentence in the language of the command; as it is where nobody knows it.

    Spaces around it stay.
    """
    if language() == "en" or not (bare := sentence.strip()):
        return sentence
    chinese: str | None = import_module("review.sentences.chinese").chinese(bare)
    return sentence if chinese is None else sentence.replace(bare, chinese)


def mark(english: str) -> str:
    """Return a mark that stands between words, as the language writes it."""
    return english if language() == "en" else _MARKS[english]


def in_brackets(words: str) -> str:
    """Return a remark as it follows what it is on."""
    return f" ({words})" if language() == "en" else f"（{words}）"


def term(family: str, value: str) -> str:
    """Return the word for a value of an enumeration; in English the value itself."""
    if language() == "en":
        return value
    terms: Mapping[str, tuple[str, str]] = import_module("review.terms").TERMS
    phrases: Mapping[str, tuple[str, str]] = import_module("review.phrases").PHRASES
    key = f"{family}.{value}"
    words = terms.get(key) or phrases.get(key)
    return words[0] if words else said(value)


def _option(arguments: Sequence[str]) -> str:
    for place, argument in enumerate(arguments):
        name, is_joined, value = argument.partition("=")
        if name == _OPTION:
            return value if is_joined else "".join(arguments[place + 1 : place + 2])
    return ""


def _locale(variables: Mapping[str, str]) -> str:
    return next(filter(None, map(variables.get, _VARIABLES)), "")
