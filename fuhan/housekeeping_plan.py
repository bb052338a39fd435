"""What the configuration says of housekeeping."""

from zoneinfo import ZoneInfo

from fuhan.config.sections import Config
from scheduler.housekeeping import HousekeepingPlan
from scheduler.housekeeping_task import BackupPlan


def housekeeping_plan(config: Config) -> HousekeepingPlan:
    """Return what the service is to do for the archive by itself."""
    section = config.backup
    backup = BackupPlan(section.every, section.folder, section.keep) if section.every else None
    return HousekeepingPlan(config.database, ZoneInfo(config.timezone), backup)
