"""Families of sites: how each prints its lists and its letters."""
