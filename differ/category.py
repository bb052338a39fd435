"""What kind of words an edit touched."""

import re
import unicodedata

from differ.tokens import DATE, NUMBER
from letters.change import Category

_FIELDS = {"title": Category.TITLE, "published_on": Category.DATE}


def category_of(old: str, new: str, field: str) -> Category:
    """Return the category of an edit from what it changed."""
    both = [side for side in (old, new) if side]
    if field in _FIELDS:
        return _FIELDS[field]
    if all(re.fullmatch(DATE, side) for side in both):
        return Category.DATE
    if all(re.fullmatch(NUMBER, side) for side in both):
        return Category.FIGURE
    if all(unicodedata.category(char)[0] in "PZS" for side in both for char in side):
        return Category.PUNCTUATION
    return Category.WORDING
