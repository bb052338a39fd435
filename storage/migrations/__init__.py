"""How an archive of an earlier version is brought to today's schema."""
