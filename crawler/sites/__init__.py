"""Families of sites: how each prints its lists and its letters."""

from crawler.sites.family import Family
from crawler.sites.jcms import JCMS
from crawler.sites.trs import TRS
from crawler.sites.ucap import UCAP

FAMILIES: dict[str, Family] = {family.name: family for family in (TRS, JCMS, UCAP)}

__all__ = ["FAMILIES", "Family", "is_known_body"]


def is_known_body(css: str | None) -> bool:
    """Return whether a selector is of an element that holds a body and nothing else."""
    return any(css in family.bodies for family in FAMILIES.values())
