"""Read a disclosure directory: its rows, its pager, and whether all of it was read."""
