"""Fetch and read: one spider, page classification, site families, pure parsers, one pipeline."""
