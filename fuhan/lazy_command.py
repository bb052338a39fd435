"""The commands in the order of `fuhan --help`, each imported when it is called.

A command's libraries take most of a second to import, so help must not need them.
"""

import gc
from importlib import import_module
from typing import Any

from typer.core import TyperCommand, TyperGroup

# The first sentence of each command's docstring, which a test compares.
SUMMARIES = {
    "init": "Write a new configuration, with what each key is for.",
    "crawl": "Crawl once, now: all sources, some, or single letters.",
    "serve": "Crawl on schedule and show what is found.",
    "worker": "Run the crawls that fuhan serve puts into the queue.",
    "letters": "List the letters held, of every status.",
    "show": "Show one letter: its fields and its text.",
    "history": "Tell a letter's versions, visits and changes, oldest first.",
    "diff": "Compare two versions of a letter.",
    "changes": "List the changes recorded, newest first.",
    "report": "Write a change report for people, in one file.",
    "crawls": "List past crawls, newest first.",
    "status": "Tell where each source stands.",
    "coverage": "Prove what was looked at.",
    "review": "Record a decision on changes; accepting one that is held lets it be announced.",
    "check": "Check configuration and database, without fetching.",
    "probe": "Tell whether a listing can be watched.",
    "sources": "List, add, pause and resume sources, and write them as YAML.",
    "verify": "Check all that is kept against its digests.",
    "import": "Read captures that were made elsewhere as earlier looks at letters.",
    "reparse": (
        "Read every stored page again with today's parser; correct versions, invent no edits."
    ),
    "reindex": "Write anew what searches go through.",
    "compact": "Pack what is kept into fewer bytes; no fact changes, and no digest.",
    "resume": "Say that a source is as its pages show it: end its alarm, tell what was held back.",
    "notify": "Send what waits for alert channels, once.",
    "export": "Write what is held to files.",
    "evidence": "Write what proves changes, a ZIP for each, to be checked without fuhan.",
    "backup": "Copy the archive to FILE while crawls go on.",
    "restore": "Check a backup, then put it where the archive is.",
    "migrate": "Copy the archive whole to another database, and verify it there.",
    "demo": "Show the main job in a minute, without network.",
}
_MODULES = {"import": "import_warc"}  # where it isn't the command's name

_FUNCTIONS = {"import": "import_warc"}  # a word of Python's own


class LazyCommand(TyperCommand):
    """A command of which only name and summary are known until it is called."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Return the context of the command itself, imported now."""
        return load_command(str(self.name)).make_context(*args, **extra)


def add_commands(group: TyperGroup) -> None:
    """Add every command to `group`."""
    for name, summary in SUMMARIES.items():
        group.add_command(LazyCommand(name, callback=None, help=summary))


def load_command(name: str) -> Any:
    """Import the module of a command and return the command."""
    gc.disable()  # what is imported stays: searches for garbage in it cost a fourth of the time
    module = import_module(f"fuhan.commands.{_MODULES.get(name, name)}")
    gc.freeze()
    gc.enable()
    return getattr(module, _FUNCTIONS.get(name, name)).build()
