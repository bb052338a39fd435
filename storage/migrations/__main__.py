"""Prints new_archive.sql: the statements that make an archive of the newest schema."""

import sys

from sqlalchemy import create_engine

from storage.migrations.new_archive import script_of
from storage.migrations.run import migrate

with create_engine("sqlite://").begin() as connection:
    migrate(connection)
    sys.stdout.write(script_of(connection))
