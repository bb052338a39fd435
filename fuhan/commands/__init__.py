"""The commands, a small module for each group of them."""
