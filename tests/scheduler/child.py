"""A crawl's process as tests need it: it does what the name of its source says."""

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

TOLD = {
    "id": 7,
    "outcome": "partial",
    "listed": 60,
    "errors": [{"url": "http://127.0.0.1/a", "reason": "timed out"}],
    "started_at": "2026-11-24T04:00:00+00:00",
    "finished_at": "2026-11-24T04:01:00+00:00",
}


def main() -> None:
    source = json.loads(sys.stdin.readline())["source"]
    act, _, place = source["name"].partition(":")
    threading.Thread(target=end_with_input, daemon=True).start()
    if place:
        Path(place).write_text(str(os.getpid()), "utf-8")
    say(json.dumps({"progress": {"listed": 60, "visited": 1}}))
    if act == "busy":
        sys.exit(75)
    if act == "crash":
        sys.exit(1)
    if act == "babble":
        say("hello")
    if act == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if act in {"hang", "deaf", "babble"}:
        time.sleep(60)
    say(json.dumps({"crawl": TOLD | {"source": source["name"]}}))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def end_with_input() -> None:
    sys.stdin.read()
    os._exit(1)


main()
