"""The right to send alerts: one process at a time has it, as long as it lives."""

from storage.database.archive import Archive
from storage.database.process_lock import ProcessLock


class DispatchLock(ProcessLock):
    """The right of one process to send the alerts of an archive."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive, "alerts")
