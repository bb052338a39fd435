"""What alarms are called and what to do about each, in English.

The Chinese of each is in `review/sentences/alarms.py`, found by the English sentence.
"""

from typing import Final

from letters.alarm import AlarmKind

NAMES: Final[dict[AlarmKind, str]] = {
    AlarmKind.OVERDUE: "overdue",
    AlarmKind.UNREACHABLE: "unreachable",
    AlarmKind.BLOCKED: "blocked",
    AlarmKind.UNREADABLE: "directory unreadable",
    AlarmKind.DRIFT: "drift",
    AlarmKind.MASS: "changes held",
    AlarmKind.QUIET: "nothing new",
    AlarmKind.FEWER: "fewer letters read",
    AlarmKind.DISK: "disk nearly full",
    AlarmKind.CLOCK: "clock jumped",
    AlarmKind.LEDGER: "ledger broken",
    AlarmKind.ALERTS: "alerts not leaving",
    AlarmKind.WORKERS: "no worker",
    AlarmKind.CONFIGURATION: "configuration refused",
    AlarmKind.BACKUP: "backup failed",
}

ADVICE: Final[dict[AlarmKind, str]] = {
    AlarmKind.OVERDUE: "See whether fuhan serve runs, and its log",
    AlarmKind.UNREACHABLE: (
        "Open the directory in a browser; if it opens there, check network, proxy and DNS of this "
        "machine"
    ),
    AlarmKind.BLOCKED: (
        "Have fewer requests made (delay, every); ask the agency: a block is never evaded"
    ),
    AlarmKind.UNREADABLE: (
        "Open the directory in a browser; if it has moved, find its address by fuhan probe and "
        "put it into the configuration"
    ),
    AlarmKind.DRIFT: (
        "Compare a letter with its page: fuhan resume if all is right, else a newer fuhan and "
        "fuhan reparse"
    ),
    AlarmKind.MASS: "Decide on the changes that are held: accept or dismiss them",
    AlarmKind.QUIET: (
        "See in a browser whether newer letters are published elsewhere; fuhan probe finds the "
        "directory"
    ),
    AlarmKind.FEWER: "See the errors of the last crawls, and whether the site shows all to you",
    AlarmKind.DISK: "Free space on the disk of the database, or move the database",
    AlarmKind.CLOCK: (
        "See that the clock is right and kept so by NTP; windows of changes are wider meanwhile"
    ),
    AlarmKind.LEDGER: (
        "Run fuhan verify; restore the archive from a backup that is older than the damage"
    ),
    AlarmKind.ALERTS: "Run fuhan notify --test with the channel's name, and mend its entry",
    AlarmKind.WORKERS: "Start a fuhan worker of the same version as the service",
    AlarmKind.CONFIGURATION: (
        "Run fuhan check and mend config.yaml; until then the one read before is in force"
    ),
    AlarmKind.BACKUP: "See that the backup folder can be written and has room",
}
