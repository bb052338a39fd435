"""When known letters are visited again: by the expected rate of their edits."""

from datetime import timedelta
from math import inf

from letters.edit_rates import AGES, EditRates

LONGEST_INTERVAL = timedelta(days=30)  # no letter waits longer for a visit, whatever its rate
# The prior of a letter's rate of edits: so many edits in so many days of its first month, fewer
# as it grows old. Most quiet edits on record were made soon after publication.
_PRIOR_EDITS = 0.5
_PRIOR_DAYS = 60.0
_AGE_SCALE = 30.0  # days over which the expected rate halves


def _prior(high: float, low: float) -> float:
    age = low if high == inf else (low + high) / 2
    return _PRIOR_EDITS / _PRIOR_DAYS / (1 + age / _AGE_SCALE)


PRIOR_RATES = EditRates.of(
    [_prior(high, low) for high, low in zip(AGES, (0, *AGES[:-1]), strict=True)], _PRIOR_EDITS
)
