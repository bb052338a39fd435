"""Probes: whether a listing can be watched, what would be read, and what stands in the way."""
