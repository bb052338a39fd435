"""The crawl's own process with a clock of its own: the first argument says when it begins.

Each reading of the clock is a fifth of a second later, so that the same crawl is the same each time.
"""

import sys
from datetime import datetime, timedelta
from itertools import count

from fuhan.crawl_process import main

_TICK = timedelta(milliseconds=200)

if __name__ == "__main__":
    begin, ticks = datetime.fromisoformat(sys.argv.pop(1)), count()
    sys.exit(main(lambda: begin + next(ticks) * _TICK))
