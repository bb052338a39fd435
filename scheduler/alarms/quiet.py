"""Whether a source brings nothing new for longer than ever, by the days in its directory."""

from datetime import date, timedelta

from letters.listed_days import ListedDays

_DAYS = 10  # on which letters were listed, at least: fewer say nothing of how often they come
_HISTORY = timedelta(days=730)  # two winters, so that a season without letters is known
_MARGIN = timedelta(days=14)  # at least; more where letters come seldom: a season may begin late


def quiet_since(listed: ListedDays, arrived_on: date | None, seen_on: date) -> date | None:
    """Return from which day on a directory is quiet for longer than ever; None: it is not.

    `listed` are the days on which it listed letters; `arrived_on` is when one was new here, the
    letters of the first crawl too; `seen_on` when the directory was last read. Longer than ever is
    longer than the longest gap between two of its days, and a tenth: a directory that is filled
    each summer is not quiet in winter. None where the history is too short to know: fewer than
    ten days, or less than two years between the first and the last.
    """
    if listed.count < _DAYS or listed.newest - listed.first < _HISTORY:
        return None
    newest = max(listed.newest, arrived_on) if arrived_on else listed.newest
    quiet_from = newest + listed.longest_gap + max(_MARGIN, listed.longest_gap / 10)
    return quiet_from if seen_on > quiet_from else None
