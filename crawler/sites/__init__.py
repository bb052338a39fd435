"""Families of sites: how each prints its lists and its letters."""

from crawler.sites.family import Family
from crawler.sites.others import JCMS, UCAP
from crawler.sites.trs import TRS

FAMILIES: dict[str, Family] = {family.name: family for family in (TRS, JCMS, UCAP)}

__all__ = ["FAMILIES", "Family"]
