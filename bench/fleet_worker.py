"""A worker that finds out within seconds that another one was lost: fleet_worker.py CONFIG NAME."""

import sys
from pathlib import Path

from fuhan.context import CommandContext
from fuhan.queue_wiring import run_worker
from fuhan.terminal.logs import start_logs
from scheduler.queue.job_queue import QueuePace

PACE = QueuePace(beat=0.5, lively=10.0, fetch=0.2, budget=1.0, first_wait=0.5, attempts=20)

if __name__ == "__main__":
    context = CommandContext(Path(sys.argv[1]), is_verbose=False, is_quiet=False)
    start_logs(context, serving=True)
    run_worker(context.config(), context.crawl_starter(many=True), sys.argv[2], 2, PACE)
