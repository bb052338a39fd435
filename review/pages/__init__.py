"""The pages that people read, made on the server and complete without any script."""
