"""Two letters in, edits out: alignment, tokens, moves, categories, significance. Pure."""
