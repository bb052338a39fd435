"""The words of the domain: frozen values, and the reading of titles, sessions, dates and names.

Knows nothing of pages, networks or databases; uses the standard library only.
"""
