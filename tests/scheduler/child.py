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
SLEEPS = {"stuck": 600, "hang": 600, "deaf": 600, "babble": 600, "slow": 3}  # seconds


def main() -> int:
    if not (line := sys.stdin.readline()):
        return 1
    job = json.loads(line)
    act, _, place = job["source"]["name"].partition(":")
    if act != "stuck":  # as within a library that lets no thread of Python run
        threading.Thread(target=end_with_input, daemon=True).start()
    begin(act, place, job)
    slowed = {"slowed": 600} if act == "slowed" else {}
    say({"progress": {"listed": 60, "visited": 1} | slowed})
    ACTS.get(act, lambda: None)()
    if act in EXITS:
        return EXITS[act]
    time.sleep(float(place) if act == "slowed" else SLEEPS.get(act, 0))
    say({"crawl": TOLD | {"source": job["source"]["name"]}})
    return 0


def begin(act: str, place: str, job: dict[str, object]) -> None:
    """Do what a crawl does before its first report."""
    if act == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if act == "record":
        record(job)
    while act == "gated" and not Path(place).exists():
        time.sleep(0.02)
    if act == "released":
        Path(place).read_bytes()  # waits until somebody writes to that pipe
    elif place and act not in {"gated", "slowed"}:  # by so many seconds
        Path(place).write_text(str(os.getpid()), "utf-8")


def babble() -> None:
    sys.stdout.write("hello\n")
    sys.stdout.flush()


def description() -> dict[str, object]:
    """Return what a process has and is, beside what it runs."""
    return {
        "files": sorted(each.name for each in Path("/proc/self/fd").iterdir())[
            :-1
        ],  # its own last
        "leads its group": os.getpgid(0) == os.getpid(),
        "heeds SIGTERM": signal.getsignal(signal.SIGTERM) == signal.SIG_DFL,
        "threads": threading.active_count(),
        "parent": os.getppid(),
    }


def record(job: dict[str, object]) -> None:
    """Leave in the archive that a crawl began."""
    from storage.database.archive import open_archive  # noqa: PLC0415 - the other acts start at once
    from storage.facts.crawls import begin_crawl  # noqa: PLC0415

    mode = "sweep" if job["full"] else "normal"
    with open_archive(str(job["database"]), create=bool(job["creates"])).writing() as connection:
        begin_crawl(connection, "record", mode, datetime.now(UTC))


def say(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def end_with_input() -> None:
    try:
        os.read(0, 1)
    finally:
        os._exit(1)


ACTS = {
    "crash natively": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "describe": lambda: say({"progress": description()}),
    "explain": lambda: say({"error": "database is locked"}),
    "babble": babble,
}

if __name__ == "__main__":
    sys.exit(main())
