"""A service that runs for days keeps no more than in the beginning, and is never late."""

from datetime import timedelta
from pathlib import Path

from bench.fair_turns import nation
from bench.service_week import live


def test_days_of_many_sources_leave_nothing_behind(tmp_path: Path) -> None:
    watched = nation(5)
    few = [each for each in watched if each.name.endswith(("-0", "-1", "-2"))]
    _, second, last = live(tmp_path, few, days=3)
    assert second.crawls >= 4 * (len(few) - 3) - 4
    assert abs(last.crawls - second.crawls) <= 3
    assert last.longest_wait <= timedelta(minutes=1)
    assert last.handles <= second.handles
    assert last.threads <= second.threads
    assert last.tasks <= second.tasks + 3, "a crawl more or less is under way"
    assert last.timers <= second.timers + 6
    assert last.objects <= second.objects + 10 * last.crawls
