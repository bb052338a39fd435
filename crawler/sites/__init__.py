"""Families of sites: how each prints its lists and its letters."""

from crawler.sites.family import Family
from crawler.sites.jcms import JCMS
from crawler.sites.trs import TRS
from crawler.sites.ucap import UCAP

FAMILIES: dict[str, Family] = {family.name: family for family in (TRS, JCMS, UCAP)}
# Selectors of the elements that hold a body and nothing else, whatever the family.
KNOWN_BODIES = frozenset(css for family in FAMILIES.values() for css in family.bodies)

__all__ = ["FAMILIES", "KNOWN_BODIES", "Family"]
