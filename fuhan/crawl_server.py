"""The process from which crawls are forked: it imports what they need, and waits for orders.

Its flags are those of the crawl's own process, which each crawl that is forked from it reads.
"""

import gc
import sys
from importlib import import_module

from fuhan.code_on_disk import code_on_disk
from scheduler.fork_server import ForkServer


def main() -> int:
    """Return the exit code: of the server, or of a crawl in the process that was forked for it."""
    imported = code_on_disk()  # before: what is written meanwhile may not be what was imported
    crawl = import_module("fuhan.crawl_process")
    import_module("fuhan.crawl_imports").import_late()
    gc.collect()
    gc.freeze()  # so that no crawl copies memory that it only reads
    return ForkServer(lambda: code_on_disk() != imported, crawl.main).serve()


if __name__ == "__main__":
    sys.exit(main())
