"""When: what is due, and the service that sees to it."""
