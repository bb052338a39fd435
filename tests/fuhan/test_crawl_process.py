"""What a crawl's own process says on stderr is what its service shows people."""

import subprocess
import sys

# The first line of stdin is the job: without one the process ends.
IGNORED_ERROR = """
import logging
from fuhan.crawl_process import main
main()
logging.getLogger("psycopg").warning("error ignored terminating: the connection is lost")
logging.getLogger("fuhan").warning("a warning of ours")
"""


def test_a_broken_connection_is_told_by_the_crawl_and_not_by_the_driver_besides() -> None:
    crawl = subprocess.run(
        [sys.executable, "-c", IGNORED_ERROR], input="", capture_output=True, text=True, check=True
    )
    assert crawl.stderr == "WARNING fuhan: a warning of ours\n"
