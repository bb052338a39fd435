"""What a message says of alarms: what is true when it is sent, not when it was written."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from storage.outbox.notices import Notice

_Facts = Mapping[str, Any]


def alarm_news(told: Sequence[Notice], waiting: Sequence[Notice]) -> Iterator[_Facts]:
    """Yield the facts of alarms in a message; of one that has ended meanwhile its end alone.

    `told` are the notices in the message, `waiting` all of the channel: an end that waits for the
    next message, as this one is sent again, is said of the beginning, too.
    """
    numbers = {notice.id for notice in told}
    for notice in told:
        about = notice.about or {}
        if "until" in about:
            yield about
        elif "alarm" in about:
            ends = [each for each in waiting if each.id > notice.id and _is_end(each, about)]
            here = [each.about or {} for each in ends if each.id in numbers]
            yield from _begun(about, [each.about or {} for each in ends], here)


def _begun(about: _Facts, ends: Sequence[_Facts], here: Sequence[_Facts]) -> Iterator[_Facts]:
    """Yield what is true of a beginning: of what it is still, or when all of it ended."""
    if standing := _left(about, ends):
        yield standing
    elif left := _left(about, here):
        last = next(end for n, end in enumerate(ends, 1) if not _left(about, ends[:n]))
        yield {**left, **{key: last[key] for key in ("until", "unwatched") if key in last}}


def _left(about: _Facts, ends: Sequence[_Facts]) -> _Facts | None:
    """Return a beginning without the sources for which it has ended; None: it is over."""
    if about["host"] or not about["sources"]:  # all ends at once
        return None if ends else about
    ended = {source for end in ends for source in end["sources"]}
    sources = [each for each in about["sources"] if each not in ended]
    return {**about, "sources": sources} if sources else None


def _is_end(notice: Notice, begun: _Facts) -> bool:
    about = notice.about or {}
    is_same = all(about.get(key) == begun[key] for key in ("alarm", "host", "subject"))
    return is_same and "until" in about
