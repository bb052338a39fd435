"""What of a page a reader sees: its own styles, and what they hide."""
