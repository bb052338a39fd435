"""What is watched: the sources of the configuration's file, and those that people added."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError
from sqlalchemy import Connection

from fuhan.config.messages import entry_mistake
from fuhan.config.sections import Config, SourceSection
from fuhan.errors import ConfigError
from letters.urls import url_key
from letters.watching import DecidedSource, WatchDecision, decided_sources
from review.settings import WatchedSource
from storage import queries


@dataclass(frozen=True, slots=True)
class WatchList:
    """The sources that are known, and what people decided on them."""

    config: Config  # its sources are all that are known, those of the file first
    in_file: frozenset[str] = frozenset()  # names
    decided: Mapping[str, DecidedSource] = field(default_factory=dict)  # by name
    problems: tuple[str, ...] = ()  # what is wrong with sources that were added, in words

    @property
    def paused(self) -> dict[str, WatchDecision]:
        """The decisions by which sources are paused, by their names."""
        return {
            each.name: decided.paused
            for each in self.config.sources
            if (decided := self.decided.get(each.name)) and decided.paused
        }

    @property
    def watched(self) -> Config:
        """The configuration with the sources alone that are crawled on schedule."""
        paused = self.paused
        return with_sources(
            self.config, (each for each in self.config.sources if each.name not in paused)
        )

    @property
    def shown(self) -> tuple[WatchedSource, ...]:
        """All sources as people are shown them."""
        paused = self.paused
        return tuple(
            WatchedSource(
                each.name,
                each.agency,
                each.kind,
                each.listing,
                added=self._added(each.name),
                paused=paused.get(each.name),
            )
            for each in self.config.sources
        )

    def _added(self, name: str) -> WatchDecision | None:
        """Return by which decision a source is known; None: the file has it."""
        decided = self.decided.get(name)
        return decided.added if decided and name not in self.in_file else None


def watch_list(config: Config, connection: Connection) -> WatchList:
    """Return what is watched by `config`, as it was read from its file, and by people's decisions.

    Raises ConfigError where an alert channel is for a source that neither has.
    """
    listed = known_sources(config, connection)
    added = {name for name, each in listed.decided.items() if each.added}
    if mistakes := list(_unknown_sources(config, listed.in_file | added)):
        raise ConfigError(*mistakes)
    return listed


def _unknown_sources(config: Config, known: Collection[str]) -> Iterator[str]:
    for place, channel in enumerate(config.notify):
        for at, name in enumerate(channel.sources):
            if name not in known:
                expected = "expected the name of a source"
                yield f"notify[{place}].sources[{at}]: {expected}, found {name[:60]!r}"


def known_sources(config: Config, connection: Connection) -> WatchList:
    """Return the sources of both. Where both have a name, the file's source is it."""
    decided = decided_sources(queries.watch_decisions(connection))
    of_file = {each.name: each for each in config.sources}
    sections: list[SourceSection] = []
    problems: list[str] = []
    for name, each in decided.items():
        if each.added is None or each.added.entry is None:
            continue
        try:
            section = read_entry(each.added.entry)
        except ValidationError as error:
            problems.append(f"{name}: is not watched: {entry_mistake(error)}")
            continue
        if name not in of_file:
            sections.append(section)
        elif section != of_file[name]:
            problems.append(f"{name}: the configuration's source is watched, not the one added")
    problems += _crawled_twice(config, sections, decided)
    known = with_sources(config, (*config.sources, *sections))
    return WatchList(known, frozenset(of_file), decided, tuple(problems))


def _crawled_twice(
    config: Config, added: Sequence[SourceSection], decided: Mapping[str, DecidedSource]
) -> Iterator[str]:
    """Yield which sources have a directory that the file took under another name."""
    if not added:
        return
    paused = {name for name, each in decided.items() if each.paused}
    by_directory = {directory(each): each.name for each in config.sources}
    for each in added:
        twin = by_directory.get(directory(each))
        if twin is not None and not paused & {each.name, twin}:
            yield f"{each.name}: has the directory of {twin}, and both are crawled: pause one"


def directory(section: SourceSection) -> tuple[str, str]:
    """Return what tells one directory from another; some sites name a channel behind #."""
    return url_key(section.listing), urlsplit(section.listing).fragment


def read_entry(entry: Mapping[str, Any]) -> SourceSection:
    """Return the source of an entry that was added; raise ValidationError where it is none."""
    return SourceSection.model_validate(dict(entry))


def with_sources(config: Config, sources: Iterable[SourceSection]) -> Config:
    """Return `config` with these sources in place of its own."""
    return config.model_copy(update={"sources": tuple(sources)})
