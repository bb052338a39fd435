"""Serves the replica for a person, a service or a bench: `python -m replica --port 8000`."""

import argparse
import sys
import threading
import time

from replica.compose import compose
from replica.server import Replica


def main() -> None:
    """Serve until interrupted; with --night-every, let a night pass now and then."""
    parser = argparse.ArgumentParser(prog="replica", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--letters", type=int, default=60)
    parser.add_argument("--night-every", type=float, metavar="SECONDS")
    parser.add_argument("--nights", action="store_true", help="a night passes at each Enter")
    parser.add_argument("--still", action="store_true", help="serve each page as it was before")
    asked = parser.parse_args()
    with Replica(compose(asked.letters), noise=not asked.still, port=asked.port) as replica:
        print(replica.listing("proposal"), replica.listing("suggestion"), sep="\n", flush=True)  # noqa: T201
        for _ in sys.stdin if asked.nights else ():
            print(f"a night has passed: {len(replica.advance())} things happened", flush=True)  # noqa: T201
        while asked.night_every:
            time.sleep(asked.night_every)
            replica.advance()
        threading.Event().wait()


if __name__ == "__main__":
    main()
