"""Families of sites: how each prints its lists and its letters."""

from crawler.sites.family import Family
from crawler.sites.jcms import JCMS
from crawler.sites.trs import TRS
from crawler.sites.ucap import UCAP

FAMILIES: dict[str, Family] = {family.name: family for family in (TRS, JCMS, UCAP)}

__all__ = ["FAMILIES", "Family"]
