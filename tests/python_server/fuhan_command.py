"""Runs fuhan's command line with crawls that are forked too; its first argument is the server's address."""

import sys

from fuhan.cli import main
from fuhan.context import CommandContext
from tests.python_server.command import client_command

if __name__ == "__main__":
    address = sys.argv.pop(1)
    real_command = CommandContext.child_command

    def child_command(self: CommandContext) -> list[str]:
        """Return the product's own command, but for its first words, which are `python -P`."""
        return [*client_command(address), *real_command(self)[2:]]

    CommandContext.child_command = child_command  # type: ignore[method-assign]
    main()
