"""Runs the command line as `python -m fuhan`."""

from fuhan.cli import main

main()
