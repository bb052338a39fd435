"""Pairs the blocks and sentences of two bodies that belong together."""
