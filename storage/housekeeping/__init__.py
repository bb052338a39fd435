"""Look after the archive: backups, their restoring, nightly checks, tidying up."""
