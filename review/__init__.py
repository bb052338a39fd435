"""Web pages, JSON API, feed, metrics and reports."""
