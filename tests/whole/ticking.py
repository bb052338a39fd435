"""The crawl's own process with a clock that is wrong by so many seconds: the first argument."""

import sys
from datetime import UTC, datetime, timedelta

from fuhan.crawl_process import main

if __name__ == "__main__":
    late = timedelta(seconds=float(sys.argv.pop(1)))
    sys.exit(main(lambda: datetime.now(UTC) + late))
