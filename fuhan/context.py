"""What every command is told: which configuration, how much to say; and what it opens with it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fuhan.config.load import find_config, load_config
from fuhan.config.sections import Config
from fuhan.errors import UnknownError
from storage import queries
from storage.database.archive import Archive, open_archive, read_archive


@dataclass(frozen=True, slots=True)
class Session:
    """The options that may stand before or after every command."""

    config_file: Path | None = None
    is_verbose: bool = False
    is_quiet: bool = False

    def config(self, *, serving: bool = False, fetching: bool = False) -> Config:
        """Return the configuration; raise ConfigError where it can't be used."""
        return load_config(find_config(self.config_file), serving=serving, fetching=fetching)

    @contextmanager
    def archive(self, *, writes: bool = False) -> Iterator[tuple[Config, Archive]]:
        """Yield the configuration and its archive, for reading alone unless the command `writes`.

        An archive not made yet is empty.
        """
        config = self.config()
        url = config.database
        archive = open_archive(url, create=False) if writes else read_archive(url)
        try:
            yield config, archive
        finally:
            archive.close()

    def child_command(self) -> list[str]:
        """Return the command that runs one crawl in a process of its own.

        -P keeps a folder named storage/ in the working folder from being imported.
        """
        flags = ["-v"] * self.is_verbose + ["-q"] * self.is_quiet
        return [sys.executable, "-P", "-m", "fuhan.crawl_process", *flags]


def known_source(config: Config, archive: Archive, name: str | None) -> str | None:
    """Return `name`; raise UnknownError if neither configuration nor archive knows it."""
    if name is None or name in {source.name for source in config.sources}:
        return name
    with archive.reading() as connection:
        held = {state.source for state in queries.sources(connection)}
    if name not in held:
        raise UnknownError(f"source {name!r} is not known")
    return name
