"""Outages: a host that does not answer, or a directory that can't be read; and their ends."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.database.archive import Archive
from storage.outbox.failing_sources import SourceHealth, source_health
from storage.outbox.notices import Notice, add_notices, keys_of

_FAILURES = 2  # crawls in a row: one may be a hiccup
# Reasons of failed crawls that say that the host gave no answer at all.
_UNREACHED = (
    *("timed out", "connection refused", "host not found", "no connection", "no answer"),
    *("the connection was closed", "TLS failed", "truncated"),
)


@dataclass(frozen=True, slots=True)
class WatchedHost:
    """A host with its sources, and by alert channel those whose outages it wants."""

    host: str
    sources: tuple[str, ...]
    channels: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Outage:
    topic: str  # the host, or the host and the one source of it that can't be read
    sources: tuple[str, ...]
    since: datetime
    reason: str


def record_outages(archive: Archive, hosts: Iterable[WatchedHost], at: datetime) -> None:
    """Have outages of `hosts`, and their ends, wait for the alert channels that want them."""
    with archive.reading() as connection:
        notices = [
            notice
            for host in {each.host: each for each in hosts}.values()
            for notice in outage_notices(connection, host, at)
        ]
    if notices:
        with archive.writing() as connection:
            add_notices(connection, notices)


def outage_notices(connection: Any, host: WatchedHost, at: datetime) -> list[Notice]:
    """Return a notice of each outage of a host, and of each end; most were written before."""
    health = {name: source_health(connection, name) for name in host.sources}
    told = keys_of(connection, f"outage {host.host} ")
    return [*_begun(host, list(health.values()), at), *_ended(host, health, told, at)]


def _begun(host: WatchedHost, health: Sequence[SourceHealth], at: datetime) -> Iterator[Notice]:
    for outage in _outages(host.host, health):
        about = {
            "host": host.host,
            "since": outage.since.isoformat(),
            "sources": list(outage.sources),
            "reason": outage.reason,
            "unreached": outage.reason.startswith(_UNREACHED),
        }
        key = f"outage {outage.topic} {outage.since.isoformat()}"
        for channel, wanted in host.channels.items():
            if wanted & set(outage.sources):
                yield Notice(channel, key, at, about=about)


def _outages(host: str, health: Sequence[SourceHealth]) -> list[_Outage]:
    """Return the outages that go on: one of the host where none of its sources was read since."""
    failing = [each for each in health if each.since and each.failures >= _FAILURES]
    if not failing:
        return []
    first = min(failing, key=lambda each: (each.since, each.source))
    names = tuple(each.source for each in health)
    if first.since and not any(_has_succeeded_since(each, first.since) for each in health):
        return [_Outage(f"{host} *", names, first.since, first.reason)]
    return [
        _Outage(f"{host} {each.source}", (each.source,), each.since, each.reason)
        for each in failing
        if each.since
    ]


def _ended(
    host: WatchedHost,
    health: Mapping[str, SourceHealth],
    told: Collection[tuple[str, str]],
    at: datetime,
) -> Iterator[Notice]:
    for channel, key in told:
        _, _, source, written = key.split(" ")
        since = datetime.fromisoformat(written)
        concerned = [each for name, each in health.items() if source in {"*", name}]
        ends = [each.succeeded_at for each in concerned if _has_succeeded_since(each, since)]
        if not ends or channel not in host.channels:
            continue
        about: dict[str, Any] = {"host": host.host, "since": written}
        about["until"] = min(end for end in ends if end).isoformat()
        yield Notice(channel, f"recovery {key.partition(' ')[2]}", at, about=about)


def _has_succeeded_since(health: SourceHealth, since: datetime) -> bool:
    return health.succeeded_at is not None and health.succeeded_at > since
