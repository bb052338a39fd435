"""How alike two texts are, by the pairs of characters that they share."""


def pieces(text: str) -> set[str]:
    """Return the pairs of characters of `text`; a single one by itself."""
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}


def alike(one: set[str], other: set[str]) -> float:
    """Return how many of their pairs of characters two texts share, from 0 to 1 (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other))


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1."""
    return alike(pieces(one), pieces(other))
