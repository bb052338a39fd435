"""A probe's own process: reads one order from stdin, writes progress and what it shows to stdout.

It ends when stdin closes: a probe dies with its parent.
"""

import json
import os
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from crawler.job import Politeness
from fuhan.errors import FuhanError
from fuhan.probe.agency import UNKNOWN
from fuhan.probe.listing_probe import Probe, probe_listing
from fuhan.probe.probed_site import ProbedSite, ask_site
from fuhan.probe.report import rows


def main() -> int:
    """Run the probe that the first line of stdin orders, and return the exit code."""
    if not (line := sys.stdin.readline()):
        return 1
    order = json.loads(line)
    threading.Thread(target=_die_with_parent, daemon=True).start()

    async def work(site: ProbedSite) -> Probe:
        return await probe_listing(site, order["url"], _show)

    politeness = Politeness(**order["politeness"])
    try:
        probe: Probe = ask_site(order["url"], politeness, work, order["known"])
    except FuhanError as error:
        _write({"error": str(error)})
        return 1
    _write({"probe": _shown(probe)})
    return 0


def _shown(probe: Probe) -> dict[str, Any]:
    entry = probe.entry() if probe.is_watchable else None
    if entry and entry["agency"] == UNKNOWN:
        entry["agency"] = ""
    channels = [[each.name, each.url] for each in probe.channels if each.is_directory]
    return {"rows": list(rows(probe)), "entry": entry, "channels": channels}


def _show(counts: Mapping[str, int]) -> None:
    _write({"progress": dict(counts)})


def _write(line: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _die_with_parent() -> None:
    with suppress(ConnectionResetError):
        while os.read(sys.stdin.fileno(), 4096):
            pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
