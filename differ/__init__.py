"""Two letters in, edits out: tokens, names, alignment, edits, significance. Pure."""
