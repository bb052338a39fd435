"""Read config.yaml into one frozen value, and say what is wrong with it."""
