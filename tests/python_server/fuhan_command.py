"""Runs fuhan's command line with crawls that are forked too: the first argument is the server's address."""

import sys

from fuhan.cli import run
from fuhan.context import CommandContext
from tests.python_server.command import client_command

if __name__ == "__main__":
    address = sys.argv.pop(1)

    def child_command(self: CommandContext) -> list[str]:
        flags = ["-v"] * self.is_verbose + ["-q"] * self.is_quiet
        return [*client_command(address), "-m", "fuhan.crawl_process", *flags]

    CommandContext.child_command = child_command  # type: ignore[method-assign]
    sys.exit(run(sys.argv[1:]))
