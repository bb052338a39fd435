"""A process of housekeeping that does nothing: what it says for each task is an argument's."""

import json
import sys


def main() -> None:
    said = json.loads(sys.argv[1])[json.loads(sys.stdin.readline())["name"]]
    if said == "wait":
        sys.stdin.readline()  # which ends when the parent does, or never
    elif said != "nothing":
        sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
