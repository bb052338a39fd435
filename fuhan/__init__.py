"""The command line, the configuration and the wiring: the only room that knows all others."""
