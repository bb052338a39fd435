"""Checks all that is kept against its digests, and says what was altered or lost."""

from storage.audit.damage import Damage
from storage.audit.verify import Checked, verify

__all__ = ["Checked", "Damage", "verify"]
