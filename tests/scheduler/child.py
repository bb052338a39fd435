"""A crawl's process as tests need it: it does what the name of its source says."""

import json
import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

TOLD = {
    "id": 7,
    "outcome": "partial",
    "listed": 60,
    "errors": [{"url": "http://127.0.0.1/a", "reason": "timed out"}],
    "started_at": "2026-11-24T04:00:00+00:00",
    "finished_at": "2026-11-24T04:01:00+00:00",
}
EXITS = {"busy": 75, "crash": 1, "explain": 1}
SLEEPS = {"hang": 600, "deaf": 600, "babble": 600, "slow": 3, "slowed": 3}  # seconds


def main() -> None:
    job = json.loads(sys.stdin.readline())
    act, _, place = job["source"]["name"].partition(":")
    threading.Thread(target=end_with_input, daemon=True).start()
    if act == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if place:
        Path(place).write_text(str(os.getpid()), "utf-8")
    if act == "record":
        record(job)
    slowed = {"slowed": 60} if act == "slowed" else {}
    say({"progress": {"listed": 60, "visited": 1} | slowed})
    if act == "explain":
        say({"error": "database is locked"})
    if act in EXITS:
        sys.exit(EXITS[act])
    if act == "babble":
        sys.stdout.write("hello\n")
        sys.stdout.flush()
    time.sleep(SLEEPS.get(act, 0))
    say({"crawl": TOLD | {"source": job["source"]["name"]}})


def record(job: dict[str, object]) -> None:
    """Leave in the archive that a crawl began."""
    from storage.database.archive import open_archive  # noqa: PLC0415 - the other acts start at once
    from storage.facts.crawls import begin_crawl  # noqa: PLC0415

    mode = "sweep" if job["full"] else "normal"
    with open_archive(str(job["database"]), create=True).writing() as connection:
        begin_crawl(connection, "record", mode, datetime.now(UTC))


def say(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def end_with_input() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
