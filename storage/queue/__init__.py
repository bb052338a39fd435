"""The database of the queue: who works, what waits, and how crawls on workers ended."""
