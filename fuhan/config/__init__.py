"""Read config.yaml into one frozen value, and report its mistakes."""
