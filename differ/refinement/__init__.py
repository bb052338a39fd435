"""Finds what differs inside a pair of sentences, in whole tokens and words."""
