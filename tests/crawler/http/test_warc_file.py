"""WARC files: captures as they were served; what is damaged or cut off is named."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.snapshot import Snapshot
from crawler.http.warc_file import DamagedCapture, NotWarcError, WarcError, captures
from tests.crawler.reprocess.warc import Recorded, write_warc

URL = "http://gov.example/1.html"
PAGES = [
    Recorded(URL, f"2021-0{month}-01T00:00:00Z", f"<p>{month}</p>" * 9) for month in (1, 2, 3)
]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_captures_are_read_as_they_were_served(tmp_path: Path, name: str) -> None:
    first, *_ = read = list(captures(write_warc(tmp_path / name, PAGES), 1 << 20))
    assert [each.body.decode() for each in read] == [each.body for each in PAGES]
    assert (first.url, first.status, first.content_type) == (URL, 200, "text/html; charset=utf-8")
    assert first.fetched_at == datetime(2021, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(Recorded(URL, "2021-01-01T00:00:00Z", kind="request"), id="a request"),
        pytest.param(Recorded(URL, "2021-01-01T00:00:00Z", kind="metadata"), id="metadata"),
        pytest.param(Recorded("dns:gov.example", "2021-01-01T00:00:00Z", "x"), id="no page"),
        pytest.param(Recorded(URL, "2021-01-01T00:00:00Z", "x" * 2000), id="too large"),
        pytest.param(Recorded(URL, "long ago", "x"), id="without a time"),
    ],
)
def test_what_is_no_answer_of_a_page_is_left_out(tmp_path: Path, record: Recorded) -> None:
    path = write_warc(tmp_path / "a.warc", [record, PAGES[0]])
    assert [each.body.decode() for each in captures(path, 1000)] == [PAGES[0].body]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_of_a_file_that_is_cut_off_what_is_whole_is_read(tmp_path: Path, name: str) -> None:
    path = write_warc(tmp_path / name, PAGES)
    path.write_bytes(path.read_bytes()[:-40])
    read = []
    with pytest.raises(WarcError, match="cut off after 2 records"):
        read.extend(captures(path, 1 << 20))


def test_a_capture_that_is_not_of_its_digest_is_named(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc", PAGES)
    path.write_bytes(path.read_bytes().replace(b"<p>2</p>", b"<p>8</p>"))
    _, damaged, last = captures(path, 1 << 20)
    assert isinstance(damaged, DamagedCapture)
    assert damaged.url == URL
    assert isinstance(last, Snapshot)


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\x1f\x8b\x08nothing"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(content)
    with pytest.raises(NotWarcError, match="expected a WARC file"):
        list(captures(path, 1 << 20))


@given(st.binary(max_size=200), st.integers(0, 900))
def test_no_damage_raises_anything_else(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    path = write_warc(tmp_path_factory.mktemp("warc") / "a.warc", PAGES)
    content = path.read_bytes()
    path.write_bytes(content[:at] + noise + content[at + len(noise) :])
    with suppress(WarcError):
        list(captures(path, 1 << 20))
