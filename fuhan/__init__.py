"""The command line, the configuration and the wiring: the only package that imports all others."""
