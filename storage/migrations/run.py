"""Runs the migrations of this folder on an engine."""

from pathlib import Path

from sqlalchemy import Engine

HEAD = "0004"  # the newest revision; a test holds it to the files


class NewerSchemaError(Exception):
    """Raised for a revision that is none of ours; its text is the revision."""


def upgrade(engine: Engine) -> None:
    """Bring the database to HEAD, in one transaction; raise NewerSchemaError if it is beyond."""
    # Alembic takes 0.2 s to load, which a command on an up-to-date archive need not pay.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    with engine.execution_options(fuhan_writes=True).begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            told = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
            raise NewerSchemaError(str(told.scalar())) from error
