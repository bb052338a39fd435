"""What every command works with: the global options, and the archive that they lead to."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from fuhan.config.load import find_config, load_config
from fuhan.config.sections import Config
from fuhan.global_options import GlobalOptions
from fuhan.terminal.log_format import JSON_FLAG, LogFormat
from fuhan.terminal.upgrade_line import show_upgrade
from fuhan.watch_list import WatchList, watch_list
from scheduler.crawl_starter import CrawlStarter, FreshStarter
from scheduler.fork_server import can_fork
from scheduler.warm_starter import WarmStarter
from storage.database.archive import Archive, open_archive, read_archive


@dataclass(frozen=True, slots=True)
class CommandContext(GlobalOptions):
    """The global options with what they lead to: configuration, archive, crawl process."""

    def config(self, *, serving: bool = False, fetching: bool = False) -> Config:
        """Return the configuration; raise ConfigError where it can't be used."""
        return load_config(find_config(self.config_file), serving=serving, fetching=fetching)

    @contextmanager
    def archive(self, *, writes: bool = False) -> Iterator[tuple[Config, Archive]]:
        """Yield the configuration and its archive, for reading alone unless the command `writes`.

        The configuration has the sources that people added, too. An archive not made yet is empty.
        """
        with self.unread_archive(writes=writes) as (config, archive):
            with archive.reading() as connection:
                known = watch_list(config, connection).config
            yield known, archive

    @contextmanager
    def unread_archive(self, *, writes: bool = False) -> Iterator[tuple[Config, Archive]]:
        """Yield the configuration as its file has it and its archive, of which nothing was read.

        Whatever is damaged in that, it is opened.
        """
        config = self.config()
        url = config.database
        if writes:
            archive = open_archive(url, create=False, follow=show_upgrade)
        else:
            archive = read_archive(url, follow=show_upgrade)
        with closing(archive):
            yield config, archive

    def watch_list(self, *, fetching: bool = False) -> WatchList:
        """Return what is watched by the configuration and by what people decided."""
        config = self.config(fetching=fetching)
        with (
            closing(read_archive(config.database, follow=show_upgrade)) as archive,
            archive.reading() as connection,
        ):
            return watch_list(config, connection)

    def crawl_starter(self, *, many: bool) -> CrawlStarter:
        """Return what starts a crawl's process; `many` are forked where that is safe."""
        fresh = FreshStarter(self._python("fuhan.crawl_process"))
        if many and can_fork():
            return WarmStarter(self._python("fuhan.crawl_server"), fresh)
        return fresh

    def probe_starter(self) -> CrawlStarter:
        """Return what starts the process of a probe that somebody asks for on a page."""
        return FreshStarter(self._python("fuhan.probe_process"))

    def housekeeper(self) -> Sequence[str]:
        """Return the command of the process that does one task of housekeeping."""
        return self._python("fuhan.housekeeping_process")

    def _python(self, module: str) -> list[str]:
        """Return the command that runs a module of ours.

        -P keeps a folder named storage/ in the working folder from being imported.
        """
        flags = ["-v"] * self.is_verbose + ["-q"] * self.is_quiet
        if self.log_format is LogFormat.JSON:
            flags.append(JSON_FLAG)
        return [sys.executable, "-P", "-m", module, *flags]
