"""What is not known or can't be read: what was asked for, what there is or could be, a way on."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from review.languages import LANGUAGES
from review.sentences.chinese import chinese

_SHOWN = 60  # characters of a value that can't be read


@dataclass(frozen=True, slots=True)
class WayOn:
    """A link that leads on from a refusal."""

    phrase: str  # key of what it leads to
    path: str  # within the pages
    values: tuple[tuple[str, object], ...] = ()  # of the phrase


class NotKnownError(HTTPException):
    """Raised for what is not on record: as a page it is said in the reader's language."""

    def __init__(
        self, detail: str, phrase: str, ways: tuple[WayOn, ...], **values: object
    ) -> None:
        super().__init__(404, detail)  # in English, for the API
        self.phrase = phrase
        self.ways = ways
        self.values = values


class BadParameterError(HTTPException):
    """Raised for a parameter that can't be read: as a page it says what the parameter could be."""

    def __init__(
        self, detail: str, phrase: str, choices: tuple[str, ...] = (), **values: object
    ) -> None:
        super().__init__(400, detail)  # in English, for the API
        self.phrase = phrase
        self.choices = choices  # values that it can have, where there are few
        self.values = {name: _cut(value) for name, value in values.items()}


def _cut(value: object) -> object:
    """Return `value` without what nobody needs in order to recognise it."""
    return f"{value[:_SHOWN]}…" if isinstance(value, str) and len(value) > _SHOWN else value


def refusal_line(request: HTTPConnection, error: HTTPException) -> str:
    """Return why a program's request is refused: in Chinese where it asks for that, else English.

    By `?lang=`, else by the language that its Accept-Language names first.
    """
    chosen = request.query_params.get("lang", "")
    accepted = request.headers.get("accept-language", "").strip().lower()
    is_chinese = chosen == "zh" if chosen in LANGUAGES else accepted.startswith("zh")
    return (chinese(error.detail) if is_chinese else None) or error.detail


def unknown_letter(letter_id: int) -> NotKnownError:
    """Return that there is no such letter."""
    detail = f"letter {letter_id} is not known"
    return NotKnownError(
        detail, "unknown.letter", (WayOn("way.letters", "/letters"),), id=letter_id
    )


def unknown_change(change_id: int) -> NotKnownError:
    """Return that there is no such change; one that a better parser took back is none any more."""
    detail = f"change {change_id} is not known"
    return NotKnownError(
        detail, "unknown.change", (WayOn("way.changes", "/changes"),), id=change_id
    )


def unknown_versions(letter_id: int, asked: list[int], there: list[int]) -> NotKnownError:
    """Return that a letter has not all the versions `asked`, and which are `there`."""
    said, known = (", ".join(map(str, numbers)) for numbers in (asked, there))
    return NotKnownError(
        f"letter {letter_id} has no versions {said}, only {known}",
        "unknown.versions",
        (way_to_letter(letter_id),),
        asked=said,
        there=known,
    )


def unknown_part(letter_id: int, number: int, there: int) -> NotKnownError:
    """Return that a version was read from fewer pages than were asked for."""
    return NotKnownError(
        f"version {number} of letter {letter_id} was read from {there} pages",
        "unknown.part",
        (way_to_letter(letter_id),),
        count=there,
    )


def unknown_file(letter_id: int, sha256: str) -> NotKnownError:
    """Return that no version of a letter had the file."""
    return NotKnownError(
        f"letter {letter_id} has no file {sha256}",
        "unknown.file",
        (way_to_letter(letter_id),),
        sha256=sha256,
    )


def lost_evidence(detail: str, ways: tuple[WayOn, ...]) -> NotKnownError:
    """Return that bytes which were stored are lost or damaged."""
    return NotKnownError(detail, "unknown.bytes", ways)


def way_to_letter(letter_id: int) -> WayOn:
    """Return the link to a letter."""
    return WayOn("way.letter", f"/letters/{letter_id}", (("id", letter_id),))
