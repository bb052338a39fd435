"""How similar two texts are, by the pairs of characters that they share."""


def character_pairs(text: str) -> set[str]:
    """Return the pairs of characters of `text`; a single one by itself."""
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}


def dice(one: set[str], other: set[str]) -> float:
    """Return the share of their character pairs that two texts have in common, from 0 to 1.

    The coefficient of Dice (1945).
    """
    return 2 * len(one & other) / (len(one) + len(other))


def similarity(one: str, other: str) -> float:
    """Return how similar two texts are, from 0 to 1."""
    return dice(character_pairs(one), character_pairs(other))
