"""A host of a fleet: a replica with two directories, what happened there, and what was told of it."""

import itertools
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from replica.checker import Checker
from replica.compose import Directory
from replica.document import CHANNELS
from replica.happenings import Event, Life, now
from replica.server import Replica


@dataclass
class Host:
    """One replica with two directories, what happened there, and what was told of it."""

    replica: Replica
    life: Life
    checker: Checker = field(default_factory=Checker)

    def happen(self, events: int, left_alone: Container[str] = ()) -> None:
        """Let so many things happen now, but not to letters at these paths."""

        def is_open(path: str) -> bool:
            return path in left_alone or self.checker.is_open(path)

        with self.replica.standing_still():
            for each in self.life.go_on(events, is_open):
                self.checker.expect([each])

    def advance(self) -> None:
        """Let a night of the demo's story pass."""
        happened, at = self.replica.advance(), now()
        self.checker.expect(
            Event(each["kind"], each["path"], at, each["edits"]) for each in happened
        )

    def turns(self) -> int:
        """Return how often the requests went over from one directory to the other."""
        channels = {path: kind for kind, path in CHANNELS.items()}
        asked = [
            kind
            for path, _ in list(self.replica.log)
            for channel, kind in channels.items()
            if path.startswith(channel)
        ]
        return len(list(itertools.groupby(asked)))


@contextmanager
def served(directory: Directory, seed: int, unborn: int) -> Iterator[Host]:
    """Yield a host that serves a directory, of which so many letters are published later."""
    with Replica(directory) as replica:
        host = Host(replica, Life(directory, seed, unborn))
        host.checker.expect(host.life.born())
        yield host
