"""Check all that is stored against its digests and the ledger; name what was altered or lost."""

from storage.audit.damage import Damage
from storage.audit.verify import Checked, verify

__all__ = ["Checked", "Damage", "verify"]
