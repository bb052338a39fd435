"""Turns what differs into edits: the field, the category, the context."""
