"""A composed disclosure directory over real HTTP, with nights of edits, noise and faults."""
