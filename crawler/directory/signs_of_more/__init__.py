"""Find every sign that a directory has more pages or rows than the one page shows."""
