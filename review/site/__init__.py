"""A public site of changes: pages, lists, search and feed as files that any web server serves."""
