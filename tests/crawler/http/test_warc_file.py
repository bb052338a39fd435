"""WARC files: captures as they were served; what is damaged or cut off is named."""

import gzip
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.snapshot import Snapshot
from crawler.http.warc_file import DamagedCapture, NotWarcError, WarcError, addresses, captures
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
        pytest.param(
            Recorded(URL, "2021-01-01T00:00:00Z", "x" * 2000, content_type="image/png"),
            id="a picture, too large",
        ),
    ],
)
def test_what_is_no_answer_of_a_page_is_left_out(tmp_path: Path, record: Recorded) -> None:
    path = write_warc(tmp_path / "a.warc", [record, PAGES[0]])
    assert [each.body.decode() for each in captures(path, 1000)] == [PAGES[0].body]


AT = "2021-01-01T00:00:00Z"
PAGE = "<html><body><p>全年投入31亿元。</p></body></html>"


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        pytest.param(Recorded(URL, AT, "x" * 2000), "more than 1000 bytes", id="too large"),
        pytest.param(
            Recorded(URL, AT, gzip.compress(b"x" * 2000), headers=(("Content-Encoding", "gzip"),)),
            "more than 1000 bytes",
            id="too large once it is unpacked",
        ),
        pytest.param(Recorded(URL, "long ago", PAGE), "does not say when", id="without a time"),
        pytest.param(
            Recorded(URL, AT, PAGE, fields=(("WARC-Truncated", "length"),)),
            "cut off when it was captured: length",
            id="cut off by its maker",
        ),
        pytest.param(
            Recorded(URL, AT, PAGE, headers=(("Content-Length", "9000"),)),
            "shorter than its answer says",
            id="cut off by its server",
        ),
        pytest.param(
            Recorded(
                URL,
                AT,
                gzip.compress(PAGE.encode())[:-20],
                headers=(("Content-Encoding", "gzip"),),
            ),
            "its coding has no end",
            id="cut off in its coding",
        ),
        pytest.param(
            Recorded(URL, AT, PAGE, kind="revisit"),
            "in another file",
            id="a revisit of what is elsewhere",
        ),
    ],
)
def test_a_page_that_is_not_whole_is_named_and_what_follows_is_read(
    tmp_path: Path, record: Recorded, reason: str
) -> None:
    path = write_warc(tmp_path / "a.warc.gz", [record, PAGES[0]])
    damaged, page = sorted(captures(path, 1000), key=lambda each: isinstance(each, Snapshot))
    assert isinstance(damaged, DamagedCapture)
    assert reason in damaged.reason
    assert isinstance(page, Snapshot)
    assert page.body.decode() == PAGES[0].body


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body, wbits=-15)),
        ("br", brotli.compress),
        ("zstd", zstandard.compress),
        ("gzip", bytes),  # kept without its coding, with the header
        ("br", bytes),
    ],
)
def test_a_page_is_read_without_its_coding(
    tmp_path: Path, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    body = pack(PAGE.encode())
    chunked = b"".join(
        b"%x\r\n%s\r\n" % (len(body[at : at + 9]), body[at : at + 9])
        for at in range(0, len(body), 9)
    )
    codings = ("Content-Encoding", coding), ("Transfer-Encoding", "chunked")
    records = [
        Recorded(URL, AT, body, headers=codings[:1]),
        Recorded(URL, AT, chunked + b"0\r\n\r\n", headers=codings),
    ]
    read = list(captures(write_warc(tmp_path / "a.warc", records), 1 << 20))
    assert [each.body.decode() for each in read if isinstance(each, Snapshot)] == [PAGE, PAGE]


def test_a_file_that_is_compressed_as_a_whole_is_read_and_its_end_is_known(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    packed = gzip.compress(write_warc(tmp_path / "a.warc", PAGES).read_bytes())
    path.write_bytes(packed)
    assert len(list(captures(path, 1 << 20))) == len(PAGES)
    assert addresses(path) == {URL}
    path.write_bytes(packed[:-30])
    with pytest.raises(WarcError, match="damaged or cut off"):
        list(captures(path, 1 << 20))


def test_a_revisit_may_come_before_the_bytes_to_which_it_refers(tmp_path: Path) -> None:
    records = [
        Recorded(URL, "2021-06-01T00:00:00Z", PAGE, kind="revisit"),
        Recorded(URL, AT, PAGE),
    ]
    read = list(captures(write_warc(tmp_path / "a.warc.gz", records), 1 << 20))
    assert [each.body.decode() for each in read if isinstance(each, Snapshot)] == [PAGE, PAGE]
    assert {each.fetched_at.month for each in read if isinstance(each, Snapshot)} == {1, 6}


REPLAY = "https://web.archive.org/web/20210105010203"


@pytest.mark.parametrize(
    ("url", "memento", "at"),
    [
        (f"{REPLAY}id_/{URL}", "", datetime(2021, 1, 5, 1, 2, 3, tzinfo=UTC)),
        (f"{REPLAY}/{URL}", "", datetime(2021, 1, 5, 1, 2, 3, tzinfo=UTC)),
        (f"{REPLAY}if_/{URL}", "", datetime(2021, 1, 5, 1, 2, 3, tzinfo=UTC)),
        (
            f"https://arquivo.example/wayback/20210105010203id_/{URL}",
            "",
            datetime(2021, 1, 5, 1, 2, 3, tzinfo=UTC),
        ),
        (
            f"{REPLAY}id_/{URL}",
            "Wed, 06 Jan 2021 04:05:06 GMT",
            datetime(2021, 1, 6, 4, 5, 6, tzinfo=UTC),
        ),
        (f"https://web.archive.org/web/2021id_/{URL}", "", None),
        (f"https://web.archive.org/web/20211399010203id_/{URL}", "", None),
    ],
)
def test_a_replayed_page_is_of_its_own_address_and_time(
    tmp_path: Path, url: str, memento: str, at: datetime | None
) -> None:
    headers = (("Memento-Datetime", memento),) if memento else ()
    record = Recorded(url, "2026-11-20T08:00:00Z", PAGE, headers=headers)
    (read,) = captures(write_warc(tmp_path / "a.warc", [record]), 1 << 20)
    assert read.url == URL
    assert (read.fetched_at if isinstance(read, Snapshot) else None) == at


def test_where_an_archive_only_leads_to_another_moment_is_no_capture(tmp_path: Path) -> None:
    to = (("Location", f"{REPLAY}id_/{URL}"),)
    record = Recorded(f"{REPLAY[:-6]}000000id_/{URL}", AT, "", "302 Found", headers=to)
    assert list(captures(write_warc(tmp_path / "a.warc", [record]), 1 << 20)) == []


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


def test_a_digest_that_is_none_damages_its_capture_alone(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc", PAGES)
    path.write_bytes(path.read_bytes().replace(b"sha1:", b"sha1:?????", 2))
    damaged, *others = captures(path, 1 << 20)
    assert isinstance(damaged, DamagedCapture)
    assert len(others) == len(PAGES) - 1


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\x1f\x8b\x08nothing"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(content)
    with pytest.raises(NotWarcError, match="expected a WARC file: no whole record is in it"):
        list(captures(path, 1 << 20))


def test_what_is_said_of_a_file_that_is_none_is_short(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"x" * 90_000)
    with pytest.raises(NotWarcError) as raised:
        list(captures(path, 1 << 20))
    assert len(str(raised.value)) < 200


@given(st.binary(max_size=200), st.integers(0, 900))
def test_no_damage_raises_anything_else(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    path = write_warc(tmp_path_factory.mktemp("warc") / "a.warc", PAGES)
    content = path.read_bytes()
    path.write_bytes(content[:at] + noise + content[at + len(noise) :])
    with suppress(WarcError):
        list(captures(path, 1 << 20))
