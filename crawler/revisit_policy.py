"""When known letters are visited again: what a source's own history says of its next edits.

A letter's rate of edits is that of its age times a factor of its own. Rates by age have a Gamma
prior around the source's mean; how far ages differ, and how far letters do, is learned from the
same history: of a few values each, that under which it is likeliest (empirical Bayes). Without
history all letters are alike, and the one that waited longest is visited next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, lgamma, log

from letters.edit_rates import AGES, EditRates, History

# What is tried for how much is known beforehand, in edits: of an age by the mean of all, of a
# letter by its age. Without end: they don't differ.
_SHAPES = (0.25, 0.5, 1.0, 2.0, 5.0, inf)
_LEAST = 1.0  # days for which letters must have been watched to say anything
_ROUNDS = 6  # rates by age and factors of letters depend on each other
_DOUBT = 1.0  # by how much, as a logarithm, a difference must be likelier than none


@dataclass(frozen=True, slots=True)
class _Fit:
    likelihood: float  # its logarithm
    rates: EditRates


@dataclass(frozen=True, slots=True)
class _AgeSums:
    """What was seen by class of age, letters counted by their factors."""

    edits: tuple[float, ...]
    days: tuple[float, ...]
    own: float  # the logarithm of how likely it is that these letters had the edits

    @property
    def mean(self) -> float:
        return sum(self.edits) / sum(self.days)


def learned_rates(history: History) -> EditRates:
    """Return the rates that the history of a source makes likely; all alike where it has none."""
    history = dict(sorted(history.items()))  # sums of floats depend on their order
    edits = sum(each.edits for each in history.values())
    days = sum(each.days for each in history.values())
    if edits == 0 or days < _LEAST:
        return EditRates.of([1.0] * len(AGES), inf)
    fits = [_fit(history, edits / days, shape) for shape in _SHAPES]
    return max(fits, key=lambda fit: fit.likelihood).rates


def _fit(history: History, mean: float, shape: float) -> _Fit:
    """Return the likeliest rates where `shape` says how far letters differ."""
    by_age = [mean] * len(AGES)
    likelihood = -inf
    for _ in range(_ROUNDS):
        sums = _sums(history, EditRates.of(by_age, shape), by_age)
        of_ages = max(_SHAPES, key=lambda each: _likelihood(sums, each))
        likelihood = sums.own + _likelihood(sums, of_ages) - _DOUBT * (shape < inf)
        by_age = [
            _rate(*seen, sums.mean, of_ages) for seen in zip(sums.edits, sums.days, strict=True)
        ]
    return _Fit(likelihood, EditRates.of(by_age, shape))


def _sums(history: History, rates: EditRates, by_age: Sequence[float]) -> _AgeSums:
    edits, days, own = [0.0] * len(AGES), [0.0] * len(AGES), 0.0
    for each, seen in history.items():
        factor = rates.own(*each) / by_age[each.age]
        edits[each.age] += seen.edits
        days[each.age] += seen.days * factor
        own += seen.edits * log(factor)
    return _AgeSums(tuple(edits), tuple(days), own)


def _rate(edits: float, days: float, mean: float, shape: float) -> float:
    """Return the expected rate of an age: the mean of the Gamma distribution after its history."""
    return mean if shape == inf else (shape + edits) / (shape / mean + days)


def _likelihood(sums: _AgeSums, shape: float) -> float:
    """Return how likely the edits of all ages are, as a logarithm, up to a constant."""
    seen, mean = list(zip(sums.edits, sums.days, strict=True)), sums.mean
    if shape == inf:
        return sum(edits * log(mean) - mean * days for edits, days in seen)
    before = shape / mean
    known = shape * log(before) - lgamma(shape)
    likely = (
        known + lgamma(shape + edits) - (shape + edits) * log(before + days)
        for edits, days in seen
    )
    return sum(likely) - _DOUBT
