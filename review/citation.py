"""How a version of a letter and a change are cited: one line each, in Chinese and in English."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from letters.change import Change
from letters.letter import Letter
from letters.letter_record import Version
from review.languages import LANGUAGES, Language
from review.translator import Translator


def cite_version(version: Version, zone: ZoneInfo) -> dict[Language, str]:
    """Return the citation of a version by language, times in `zone`."""
    return {each: _of_version(version, Translator(each, zone)) for each in LANGUAGES}


def cite_change(
    change: Change, versions: Sequence[Version], zone: ZoneInfo
) -> dict[Language, str]:
    """Return the citation of a change by language, with the digests of its `versions`."""
    return {each: _of_change(change, versions, Translator(each, zone)) for each in LANGUAGES}


def _of_version(version: Version, translator: Translator) -> str:
    return translator.phrase(
        "cite.of_version",
        names=_names(version.letter, version.url, translator),
        number=version.number,
        at=translator.moment(version.seen_at, seconds=True),
        zone=translator.zone_name(),
        digest=version.letter.digest(),
    )


def _of_change(change: Change, versions: Sequence[Version], translator: Translator) -> str:
    if not versions:
        return translator.sentence(change)
    digests = (
        translator.phrase("cite.digest", number=each.number, digest=each.letter.digest())
        for each in versions
    )
    return translator.phrase(
        "cite.of_change",
        names=_names(versions[-1].letter, change.letter.url, translator),
        sentence=translator.sentence(change),
        digests=translator.phrase("cite.semicolon").join(digests),
    )


def _names(letter: Letter, url: str, translator: Translator) -> str:
    """Return who answered, the title, when it was published, and where."""
    day = letter.published_on
    published = translator.phrase("cite.published", day=day.isoformat()) if day else None
    parts = (letter.agency, f"《{letter.title}》", published, url)
    return translator.phrase("cite.comma").join(filter(None, parts))
