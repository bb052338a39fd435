"""What a command prints, and the signals and arguments that it gets."""
