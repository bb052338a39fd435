"""Interfaces: how scripts of content management systems ask for the rows of a directory."""
