"""Of one thing a line says that it is one."""

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from fuhan.commands.compact import packed_words
from fuhan.commands.reparse import reread_words
from fuhan.commands.resume import filled_words
from fuhan.queue_report import state_lines
from review.sentences.chinese import chinese
from storage.compaction.repack import Compacted
from storage.queue.queue_state import QueueState, WorkerState

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("waiting", "crawls", "line"),
    [
        pytest.param(1, ("city",), "queue: 1 crawl waits; 1 is running", id="one"),
        pytest.param(2, (), "queue: 2 crawls wait; 0 are running", id="two and none"),
    ],
)
def test_a_queue_says_how_many_crawls_wait_and_run(
    waiting: int, crawls: tuple[str, ...], line: str
) -> None:
    worker = WorkerState("w", "1", NOON, None, crawls)
    lines = state_lines(QueueState(waiting, None, (worker,)), ZoneInfo("Asia/Shanghai"))
    assert next(lines) == line
    assert chinese(line) == f"队列：排队 {waiting} 次；进行中 {len(crawls)} 次"


def test_pages_that_waited_are_counted() -> None:
    words = filled_words(Counter(filled=1, told=1, unreadable=1))
    assert words == "1 page that waited was read, 1 change told, 1 waits on"
    assert chinese(words) == "读了待读网页 1 个，记录 1 条变更，仍待读 1 个"
    assert filled_words(Counter(waiting=1)) == "1 page waits to be read"


def test_what_is_packed_anew_is_counted() -> None:
    words = packed_words(Compacted(pages=1, letters=2, saved=1))
    assert words == "1 page and 2 versions packed anew, 1 byte saved"
    assert chinese(words) == "重新压缩 1 页、2 个版本，节省 1 字节"
    many = packed_words(Compacted(pages=2, letters=1, saved=1234))
    assert many == "2 pages and 1 version packed anew, 1,234 bytes saved"


def test_what_is_read_again_is_counted() -> None:
    words = reread_words(Counter(pages=1, letters=1, corrected=2, files=1, compared=1))
    assert words == (
        "1 page of 1 letter read again, 2 versions corrected, 0 unreadable, 1 file read; "
        "1 change compared again, 0 told anew, 0 taken back"
    )
    assert chinese(words) == (
        "重读 1 件复函的网页 1 个，改正版本 2 个，读不出 0 个，读附件 1 个；"
        "重新比对变更 1 条，改记 0 条，撤回 0 条"
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(
            "city: 1 capture imported, 1 version, 2 edits; 0 imported before, 0 of other pages, 0 skipped",
            "city: 导入网页 1 个，1 个版本，改动 2 处；先前已导入 0 个，其他网页 0 个，略过 0 个",
            id="import",
        ),
        pytest.param(
            "read twice in a row, 1 of 10 pages was served differently; all letters say the same",
            "连读两次，10 页中 1 个的字节不同；各件文字都相同",
            id="probe",
        ),
        pytest.param("1 letter on 1 page, as the directory says", "1 件复函，1 页，目录自称", id="size"),
        pytest.param("17 blocks, 1 character", "17 段，1 字", id="text"),
    ],
)  # fmt: skip
def test_lines_with_counts_have_their_chinese(line: str, expected: str) -> None:
    assert chinese(line) == expected
