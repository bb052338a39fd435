"""Read stored pages again: with a better parser, or after an alarm was cleared."""
