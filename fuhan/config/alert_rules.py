"""Rules for `notify` and `ping`. What they refuse is never shown: it may hold a secret."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from urllib.parse import urlsplit

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from letters.change import Category, ChangeKind
from letters.search_text import search_form
from letters.subscription import ALARM, OUTAGE
from letters.urls import is_web_address
from review.alerts.quiet_hours import read_quiet_hours

_KINDS = (*(each.value for each in ChangeKind), OUTAGE, ALARM)
_CATEGORIES = tuple(each.value for each in Category)
_PRINTABLE = re.compile(r"[!-~]+")


def entries(given: object) -> object:
    """Return the entries of `notify`, each of which must be a section."""
    if not isinstance(given, tuple) or not all(isinstance(each, dict) for each in given):
        raise _refused("expected a list of sections, each with a url")
    return given


def alert_url(given: object, reader: ValidationInfo) -> str:
    """Return the URL of an alert channel; where alerts are sent, one that Apprise knows."""
    if not isinstance(given, str) or "://" not in given:
        raise _refused("expected an Apprise URL such as mailto://user:password@example.org")
    options = reader.context if isinstance(reader.context, dict) else {}
    if options.get("serving"):
        _refuse_unreadable(given)
    return given


def _refuse_unreadable(url: str) -> None:
    """Raise an error for a URL that Apprise does not read; it shows a scheme that is known alone.

    Apprise takes 50 MB, which a crawl need not pay.
    """
    apprise = import_module("review.alerts.apprise_channel")
    if apprise.is_known(url):
        return
    scheme, schemes = url.partition(":")[0].lower(), apprise.schemes()
    if scheme in schemes:
        raise _refused(f"expected a URL that Apprise reads ({scheme}:// needs other parts)")
    near = get_close_matches(scheme, schemes, n=1, cutoff=0.75)
    if near:
        raise _refused(
            f"expected a URL of a service that Apprise knows; did you mean {near[0]}://?"
        )
    raise _refused("expected a URL of a service that Apprise knows such as mailto:// or json://")


def ping_url(given: object) -> str | None:
    """Return the URL that is asked after each round, or None."""
    if given is None:
        return None
    if not isinstance(given, str) or not is_web_address(given):
        raise _refused("expected an http or https URL, or null")
    if not _PRINTABLE.fullmatch(given):
        raise _refused("expected a URL in ASCII without blanks")
    if "@" in urlsplit(given).netloc:
        raise _refused("expected a URL without a user name in it")
    return given


def word(text: str) -> str:
    """Return `text`, in which there must be something to search for."""
    if not search_form(text):
        raise ValueError("expected text that is not empty")
    return text


def quiet_hours(written: str) -> str:
    """Return `written`, which must be the beginning and the end of quiet hours."""
    read_quiet_hours(written)
    return written


def kind(name: str) -> str:
    """Return `name`, which must be a kind of changes, outage or alarm."""
    return _one_of(name, _KINDS)


def category(name: str) -> str:
    """Return `name`, which must be a category of edits."""
    return _one_of(name, _CATEGORIES)


def refuse_same_labels(labels: Sequence[str]) -> None:
    """Raise an error for the first alert channel with the name of one before it."""
    for place, label in enumerate(labels):
        if label in labels[:place]:
            raise _refused(
                f"expected a name of its own, found {label!r} twice", ("notify", place, "name")
            )


def _one_of(name: str, known: Sequence[str]) -> str:
    if name not in known:
        raise ValueError(f"expected one of {', '.join(known)}")
    return name


def _refused(expected: str, at: tuple[str | int, ...] = ()) -> PydanticCustomError:
    return PydanticCustomError("secret", "{expected}", {"expected": expected, "at": at})
