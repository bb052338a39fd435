"""How much a change matters, from its edits."""

from collections.abc import Sequence

from letters.change import Category, Edit, Significance


def weigh(edits: Sequence[Edit]) -> tuple[Significance, str]:
    """Return the significance of a change and the reason in words."""
    categories = {edit.category for edit in edits}
    if categories <= {Category.PUNCTUATION}:
        return Significance.COSMETIC, "only punctuation or spacing changed"
    if categories <= {Category.PUNCTUATION, Category.WORDING, Category.CONTACT}:
        return Significance.MINOR, "only wording or contacts changed"
    told = ", ".join(sorted(categories - {Category.WORDING, Category.PUNCTUATION}))
    return Significance.SUBSTANTIVE, f"changed: {told}"
