from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from fuhan.added_sources import add_to_archive
from fuhan.config.load import load_config
from fuhan.config.sections import Config
from fuhan.errors import UsageError
from storage.database.archive import Archive
from storage.facts.watch_decisions import add_source
from tests.archive_copy import new_archive

AT = datetime(2026, 11, 28, 20, tzinfo=UTC)
ENTRY = {
    "name": "village",
    "agency": "某村",
    "kind": "proposal",
    "listing": "http://www.gov.example/gkmlpt/index#3012",
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = new_archive(tmp_path / "fuhan.db")
    yield opened
    opened.close()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    file = tmp_path / "config.yaml"
    file.write_text(
        "sources:\n- {name: city, agency: 某市, kind: proposal, listing: http://gov.example/x/}\n",
        "utf-8",
    )
    return load_config(file, {})


def add(archive: Archive, config: Config, **given: str) -> str:
    return add_to_archive(archive, config, ENTRY | given, "lin", AT).source


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"name": "city"}, "a source is named city already"),
        ({"name": "村"}, "name: expected a name of a-z, 0-9 and -"),
        ({"agency": " "}, "agency: expected text that is not empty"),
        ({"agency": "某\0市"}, "agency: expected text without control characters"),
        ({"agency": "？"}, "agency: the pages don't say whose they are"),
        ({"kind": "motion"}, "kind: expected 'proposal' or 'suggestion', found 'motion'$"),
        ({"listing": "ftp://gov.example/"}, "listing: expected an http or https URL"),
        ({"listing": "http://gov.example/\0"}, "listing: expected an http or https URL"),
        ({"listing": "https://gov.example/x/"}, "city is a source with this directory already"),
        ({"owner": "lin"}, "owner: unknown key; expected one of delay, concurrency"),
        ({"listng": "http://x/"}, r"listng: unknown key; did you mean listing\?$"),
    ],
    ids=str,
)
def test_what_can_not_be_watched_is_refused(
    archive: Archive, config: Config, given: dict[str, str], why: str
) -> None:
    with pytest.raises(UsageError, match=f"^{why}"):
        add(archive, config, **given)


def test_channels_behind_one_address_are_directories_of_their_own(
    archive: Archive, config: Config
) -> None:
    assert add(archive, config) == "village"
    other = ENTRY["listing"].replace("3012", "3013")
    assert add(archive, config, name="hamlet", listing=other) == "hamlet"
    with pytest.raises(UsageError, match="village is a source with this directory already"):
        add(archive, config, name="third")


def test_of_two_who_add_a_directory_at_once_one_is_refused(
    archive: Archive, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one is added after whatever is looked at before the transaction."""
    writing = archive.writing

    @contextmanager
    def after_another_one() -> Iterator[Connection]:
        with writing() as connection:
            add_source(connection, ENTRY | {"name": "hamlet"}, "zhao", AT)
        with writing() as connection:
            yield connection

    monkeypatch.setattr(archive, "writing", after_another_one)
    with pytest.raises(UsageError, match="hamlet is a source with this directory already"):
        add(archive, config)
