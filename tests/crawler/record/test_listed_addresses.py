"""What is planned by after a directory was recorded: its addresses as they are then on record."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.plan import as_listed
from letters.addresses import DirectoryRow
from storage.derived.addresses import add_address, known_addresses, record_listed
from tests.crawler.record.source import ComposedSource

AT = datetime(2026, 11, 28, 8, 30, 0, 250, tzinfo=UTC)
KEYS = st.sampled_from([f"gov.example/t{number}.html" for number in range(6)])
ROWS = st.builds(
    DirectoryRow,
    key=KEYS,
    url=st.sampled_from(["http://gov.example/a", "https://gov.example/a"]),
    title=st.sampled_from(["复函", "答复"]),
    listed_on=st.sampled_from([None, date(2022, 6, 7)]),
)
DIRECTORIES = st.lists(ROWS, max_size=6, unique_by=lambda row: row.key)


@settings(
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(before=DIRECTORIES, asked=st.sets(KEYS), now=DIRECTORIES)
def test_addresses_are_those_that_are_loaded_anew(
    source: ComposedSource, before: list[DirectoryRow], asked: set[str], now: list[DirectoryRow]
) -> None:
    with source.archive.rehearsing() as connection:
        record_listed(connection, "s", before, AT)
        for key in sorted(asked):
            add_address(connection, "s", key, f"http://{key}")
        add_address(connection, "another", "k", "u")
        known = known_addresses(connection, "s")
        at = AT + timedelta(hours=6)
        record_listed(connection, "s", now, at)
        new = known_addresses(connection, "s", after=max((each.id for each in known), default=0))
        listed = as_listed(known, {row.key: row for row in now}, at)
        assert [*listed, *new] == known_addresses(connection, "s")
