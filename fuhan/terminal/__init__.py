"""Output, logs, progress, signals and arguments of a command."""
