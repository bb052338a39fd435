"""Packs anew what an archive keeps, into fewer bytes: no fact changes, and no digest."""
