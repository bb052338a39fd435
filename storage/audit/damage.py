"""One finding of an audit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Damage:
    """One place that was altered or lost."""

    place: str  # such as "evidence 4f2a…" or "change 12"
    fault: str  # what is wrong with it

    def __str__(self) -> str:
        """Return it in one line."""
        return " ".join(f"{self.place}: {self.fault}".split())
