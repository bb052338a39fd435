"""What `backup` may say, and what is refused in one line before anything runs."""

from datetime import timedelta
from pathlib import Path

import pytest

from fuhan.config.load import load_config
from fuhan.errors import ConfigError
from tests.fuhan.conftest import SOURCE


def refused(file: Path, backup: str, more: str = "") -> list[str]:
    """Return the lines with which `serve` refuses what `backup` says."""
    file.write_text(f"backup: {backup}\n{more}{SOURCE}", "utf-8")
    with pytest.raises(ConfigError) as error:
        load_config(file, {}, serving=True)
    return [each.replace(f"{file.parent}/", "") for each in error.value.mistakes]


def test_none_are_made_unless_every_is_said(file: Path) -> None:
    file.write_text(SOURCE, "utf-8")
    backup = load_config(file, {}).backup
    assert (backup.every, backup.keep) == (None, 14)
    assert backup.folder == str(file.parent / "backups")


def test_its_folder_is_relative_to_the_configuration(file: Path, tmp_path: Path) -> None:
    file.write_text(f"backup: {{every: 6h, folder: a/b, keep: 3}}\n{SOURCE}", "utf-8")
    backup = load_config(file, {}, serving=True).backup
    assert (backup.every, backup.keep) == (timedelta(hours=6), 3)
    assert backup.folder == str(tmp_path / "a/b")
    assert load_config(file, {"FUHAN_BACKUP__FOLDER": "/b"}).backup.folder == "/b"


@pytest.mark.parametrize(
    ("backup", "line"),
    [
        ("{keep: 0}", "backup.keep: expected at least 1, found 0"),
        (
            "{every: 24}",
            "backup.every: expected at least 1m (a bare number is seconds), found 24",
        ),
        ("{every: daily}", "backup.every: expected a duration such as 30s, 10m, 6h or 2d, found"),
        ("{folders: a}", "backup.folders: unknown key; did you mean folder?"),
        (
            "{every: 1d, folder: config.yaml}",
            "backup.folder: expected a folder, found 'config.yaml', which is a file or in one",
        ),
        ("{every: 1d, folder: config.yaml/a}", "backup.folder: expected a folder, found"),
    ],
)
def test_mistakes_are_one_line(file: Path, backup: str, line: str) -> None:
    (said,) = refused(file, backup)
    assert said.startswith(f"config.yaml:1: {line}")


def test_a_database_on_a_server_has_its_own_tools(file: Path) -> None:
    (said,) = refused(file, "{every: 1d}", "database: postgresql+psycopg://u@h/fuhan\n")
    assert said.startswith("config.yaml:1: backup.every: expected null, as backups are copies")
    assert said.endswith("have pg_dump run")
