"""Sentences that are written in English where they arise, and their Chinese."""
