"""Look up the letter or source that an argument of the command line names."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from sqlalchemy import Connection

from fuhan.config.rules import web_address, without_secrets
from fuhan.config.sections import Config, SourceSection
from fuhan.errors import UnknownError, UsageError
from storage import queries
from storage.database.archive import Archive


def find_letter_id(connection: Connection, reference: str) -> int:
    """Return the id of the letter that an id, a URL or SOURCE/NUMBER names.

    Raises UsageError for a URL that is none, UnknownLetterError where there is no such letter.
    """
    if "://" in reference:
        _check_url(reference)
    return queries.find_letter(connection, reference)


def known_source(config: Config, archive: Archive, name: str | None) -> str | None:
    """Return `name`; raise UnknownError if neither configuration nor archive knows it."""
    if name is None or name in {source.name for source in config.sources}:
        return name
    with archive.reading() as connection:
        if not queries.was_crawled(connection, name):
            raise UnknownError(f"source {name!r} is not known")
    return name


def source_of_url(url: str, config: Config, connection: Connection) -> SourceSection:
    """Return the source that `url` belongs to; raise UnknownError where there is none.

    A letter on record belongs to its source. Another URL belongs to the source on its host
    whose directory it lies deepest in, or to the only one there.
    """
    _check_url(url)
    recorded = _recorded_source(url, connection)
    if named := [source for source in config.sources if source.name == recorded]:
        return named[0]
    on_host = [source for source in config.sources if _host(source.listing) == _host(url)]
    inside = [source for source in on_host if _path(url).startswith(_folder(source))]
    if inside:
        return max(inside, key=lambda source: len(_folder(source)))
    if len(on_host) == 1:
        return on_host[0]
    names = ", ".join(source.name for source in on_host) or "none"
    raise UnknownError(f"{url}: no source has this URL; those on its host: {names}")


def _check_url(url: str) -> None:
    try:
        web_address(url)
    except ValueError as error:
        raise UsageError(f"{error}, found {without_secrets(url)!r}") from None


def _recorded_source(url: str, connection: Connection) -> str | None:
    try:
        record = queries.letter(connection, queries.find_letter(connection, url))
    except queries.UnknownLetterError:
        return None
    return record.source if record else None


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _path(url: str) -> str:
    return urlsplit(url).path


def _folder(source: SourceSection) -> str:
    """Return the folder of a source's directory, with a slash at its end."""
    path = _path(source.listing) or "/"
    return path if path.endswith("/") else str(PurePosixPath(path).parent).rstrip("/") + "/"
