"""What a visit comes to where what it is compared with can't be read: it is broken, no edit."""

from crawler.visit import Visit
from letters.visit_span import VisitOutcome


class LastVersionError(Exception):
    """Raised when the newest version of a letter can't be read; verify names what is lost."""


def unreadable(visit: Visit, error: Exception) -> Visit:
    """Return a visit that says that what is on record of its letter can't be read."""
    reason = f"what is on record of it can't be read: {error}"
    return visit.settled(VisitOutcome.BROKEN, reason)
