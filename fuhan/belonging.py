"""To which source a letter's address belongs."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from sqlalchemy import Connection

from fuhan.errors import UnknownError
from fuhan.sections import Config, SourceSection
from storage import queries


def source_of(url: str, config: Config, connection: Connection) -> SourceSection:
    """Return the source that `url` belongs to; raise UnknownError where there is none.

    A letter that is held belongs where it was found. Another belongs to the source on its host
    whose directory it lies deepest in, or to the only one there.
    """
    held = _holder(url, connection)
    there = [source for source in config.sources if _host(source.listing) == _host(url)]
    inside = [source for source in there if _path(url).startswith(_folder(source))]
    if found := [source for source in config.sources if source.name == held]:
        return found[0]
    if inside:
        return max(inside, key=lambda source: len(_folder(source)))
    if len(there) == 1:
        return there[0]
    raise UnknownError(f"{url}: no source has this URL; those on its host: {_names(there)}")


def _holder(url: str, connection: Connection) -> str | None:
    try:
        held = queries.letter(connection, queries.find_letter(connection, url))
    except queries.UnknownLetterError:
        return None
    return held.source if held else None


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _path(url: str) -> str:
    return urlsplit(url).path


def _folder(source: SourceSection) -> str:
    """Return the folder of a source's directory, with a slash at its end."""
    path = _path(source.listing)
    return path if path.endswith("/") else str(PurePosixPath(path).parent).rstrip("/") + "/"


def _names(sources: list[SourceSection]) -> str:
    return ", ".join(source.name for source in sources) or "none"
