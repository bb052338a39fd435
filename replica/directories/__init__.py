"""Directories of many forms: each a small whole site, its table a line for each."""
