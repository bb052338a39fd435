import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fuhan.config.file_watch import FileWatch, file_digest


def rewrite(file: Path) -> None:
    file.write_text("mass: 0.9\n", "utf-8")


def rewrite_in_the_same_size_and_time(file: Path) -> None:
    found = file.stat()
    file.write_text("mass: 0.6\n", "utf-8")
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))


def rename_another_one_over_it(file: Path) -> None:
    beside = file.with_suffix(".new")
    beside.write_text("mass: 0.9\n", "utf-8")
    beside.rename(file)


def point_its_link_elsewhere(file: Path) -> None:
    """Change it as Kubernetes changes a ConfigMap: the link leads through a folder that is one."""
    folder = file.parent
    (folder / "v2").mkdir()
    (folder / "v2" / file.name).write_text("mass: 0.9\n", "utf-8")
    (folder / "next").symlink_to("v2")
    (folder / "next").rename(folder / "data")


def remove(file: Path) -> None:
    file.unlink()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file that a link leads to, by way of a link to a folder."""
    (tmp_path / "v1").mkdir()
    (tmp_path / "v1" / "config.yaml").write_text("mass: 0.5\n", "utf-8")
    (tmp_path / "data").symlink_to("v1")
    (tmp_path / "config.yaml").symlink_to("data/config.yaml")
    wait_for_next_tick(tmp_path / "config.yaml")
    return tmp_path / "config.yaml"


def wait_for_next_tick(file: Path) -> None:
    """Wait until what is written has a later time than a file: some systems tell few milliseconds."""
    later = file.with_name("later")
    while True:
        later.touch()
        if later.stat().st_ctime_ns > file.stat().st_ctime_ns:
            break
    later.unlink()


@pytest.mark.parametrize(
    "change",
    [
        rewrite,
        rewrite_in_the_same_size_and_time,
        rename_another_one_over_it,
        point_its_link_elsewhere,
        remove,
    ],
)
def test_a_change_is_noticed_once_when_the_file_is_still(
    file: Path, change: Callable[[Path], None]
) -> None:
    watch = FileWatch(file)
    assert not watch.has_changed()
    change(file)
    assert [watch.has_changed() for _ in range(4)] == [False, True, False, False]


def test_a_file_that_is_being_written_is_waited_for(file: Path) -> None:
    watch = FileWatch(file)
    with file.open("a", encoding="utf-8") as half:
        for line in ("confirm:", " 3", "\n"):
            half.write(line)
            half.flush()
            assert not watch.has_changed()
    assert watch.has_changed()


def test_a_file_that_was_touched_says_the_same(file: Path) -> None:
    watch = FileWatch(file)
    file.touch()
    assert [watch.has_changed() for _ in range(3)] == [False, False, False]


def test_what_was_written_while_the_service_started_is_noticed(file: Path) -> None:
    watch = FileWatch(file)
    rewrite_in_the_same_size_and_time(file)
    assert any(watch.has_changed() for _ in range(3))


def test_a_file_that_is_back_as_it_was_is_another_change(file: Path) -> None:
    watch = FileWatch(file)
    text = file.read_bytes()
    remove(file)
    assert [watch.has_changed() for _ in range(2)] == [False, True]
    file.write_bytes(text)
    assert [watch.has_changed() for _ in range(2)] == [False, True]


def test_what_was_taken_is_no_change(file: Path) -> None:
    watch = FileWatch(file)
    rewrite(file)
    watch.take()
    assert [watch.has_changed() for _ in range(3)] == [False, False, False]
    assert watch.digest == file_digest(file)


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "config.yaml")
    watch = FileWatch(tmp_path / "config.yaml")
    assert watch.digest is None
    assert [watch.has_changed() for _ in range(3)] == [False, False, False]
