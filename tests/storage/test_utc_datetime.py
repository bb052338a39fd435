"""Moments are kept in SQLite as SQLAlchemy's own type keeps them, in UTC."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import DateTime
from sqlalchemy.dialects.sqlite import pysqlite

from storage.schema.utc_datetime import UtcDateTime

DIALECT = pysqlite.dialect()
WRITE = UtcDateTime().bind_processor(DIALECT)
READ = UtcDateTime().result_processor(DIALECT, None)
WRITE_NAIVE = DateTime().dialect_impl(DIALECT).bind_processor(DIALECT)
MOMENTS = st.datetimes(timezones=st.timezones()).filter(lambda each: 1 < each.year < 9998)


@given(MOMENTS)
def test_a_moment_is_written_as_sqlalchemy_writes_it_and_read_again(moment: datetime) -> None:
    assert WRITE is not None
    assert READ is not None
    assert WRITE_NAIVE is not None
    written = WRITE(moment)
    assert written == WRITE_NAIVE(moment.astimezone(UTC).replace(tzinfo=None))
    assert (READ(written), READ(written).tzinfo) == (moment.astimezone(UTC), UTC)


def test_no_moment_is_null() -> None:
    assert WRITE is not None
    assert READ is not None
    assert (WRITE(None), READ(None)) == (None, None)
