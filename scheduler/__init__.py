"""When sources are due, and the service that crawls them then."""
