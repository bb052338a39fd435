"""A fork server as tests need it: its processes are those of child.py.

It is outdated when a file comes to be at the path that is its argument, or is there no more. It
writes its process id to a path like that which ends in .pid.
"""

import os
import runpy
import sys
from pathlib import Path

from scheduler.fork_server import ForkServer


def main(upgrade: Path) -> int:
    run = runpy.run_path(str(Path(__file__).with_name("child.py")))["main"]
    before = upgrade.exists()
    upgrade.with_suffix(".pid").write_text(str(os.getpid()), "utf-8")
    return ForkServer(lambda: upgrade.exists() != before, run).serve()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
