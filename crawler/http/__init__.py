"""Ask a site, politely, and keep its answer as it was served."""
