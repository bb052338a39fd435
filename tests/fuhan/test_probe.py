"""A probe says what would be read of a listing, and what stands in the way, over real HTTP."""

import json
import os
import pty
import signal
import subprocess
import threading
from pathlib import Path
from subprocess import PIPE

import pytest
import yaml

from replica.compose import compose
from replica.faults import Send, altered, page, redirect, status, truncated
from replica.server import Replica
from tests.fuhan.probe.composed_pages import HUB
from tests.python_server.command import forked_fuhan

PATIENCE = 120  # seconds until a process has done what it does at once, on a busy machine
CHALLENGE = "<html><script>$_ts=window['$_ts'];document.cookie='a=1'</script></html>"
LOGIN = "<form action='/login'><input type=password></form>"
BY_SCRIPT = "<meta charset=utf-8><h1>提案公开</h1><ul id='list'></ul><script>$.get('/search?page=1', fill)</script>"
# What other writers of YAML would read as something else, in titles and in who signs.
TRAPS = "提案: # '\"\\ - @ \U0001f600 1e3 &amp;"


def command(folder: Path, *words: str) -> list[str]:
    """Return the command of a probe that waits for nothing."""
    source = "{name: a, agency: b, kind: proposal, listing: 'http://127.0.0.1/list/'}"
    config = folder / "quick.yaml"
    config.write_text(
        f"sources: [{source}]\ncrawl: {{delay: 0, retries: 0, timeout: 10m}}\n", "utf-8"
    )
    return [*forked_fuhan(), "--config", str(config), "probe", *words]


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    """Return with what code a probe ended, and what it wrote to stdout and stderr."""
    done = subprocess.run(command(folder, *words), capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def replica() -> Replica:
    return Replica(compose(letters=20, suggestions=6))


def test_what_it_prints_is_pasted_and_the_crawl_is_complete(
    replica: Replica, tmp_path: Path
) -> None:
    replica.faults.add(
        r"/t20\d+_", altered(lambda body: body.replace("提案".encode(), TRAPS.encode()))
    )
    with replica as served:
        code, out, err = run(tmp_path, served.listing("proposal"))
        quiet = run(tmp_path, "-q", served.listing("proposal"))
        (tmp_path / "config.yaml").write_text(f"{out}crawl: {{delay: 0}}\n", "utf-8")
        fuhan = [*forked_fuhan(), "--config", str(tmp_path / "config.yaml")]
        checked = subprocess.run([*fuhan, "check"], capture_output=True, check=False)
        crawled = subprocess.run([*fuhan, "crawl", "--json"], capture_output=True, check=False)
    assert code == 0
    assert yaml.safe_load(out)["sources"] == [
        {
            "name": "127-0-0-1-tagk-53512",
            "agency": "重庆市发展和改革委员会",
            "kind": "proposal",
            "listing": served.listing("proposal"),
        }
    ]
    assert quiet == (0, out, "")
    assert (checked.returncode, crawled.returncode) == (0, 0)
    crawl = json.loads(crawled.stdout)
    assert (crawl["outcome"], crawl["listed"]) == ("complete", 20)
    said = {line[:14].strip(): line[14:] for line in err.splitlines()}
    assert said["robots"] == "robots.txt allows it"
    assert said["size"] == "20 letters on 2 pages, as the directory says"
    assert said["pager"].startswith("numbered; page 2 is ")
    assert "number 10/10" in said["fields"]
    assert said["twice"].endswith("all letters say the same")
    assert said["in the way"] == "nothing"


@pytest.mark.parametrize(
    ("path", "fault", "reason"),
    [
        pytest.param("tagk_53512/$", status(503), "HTTP 503", id="an error"),
        pytest.param("tagk_53512/$", page(CHALLENGE), "a JavaScript challenge", id="a challenge"),
        pytest.param("tagk_53512/$", page(LOGIN), "a login", id="a login"),
        pytest.param("tagk_53512/$", page(BY_SCRIPT), "written by a script", id="a script"),
        pytest.param(
            "tagk_53512/$", page("{}", **{"Content-Type": "application/json"}),
            "not a page but application/json", id="no page",
        ),
        pytest.param("tagk_53512/$", truncated(300, 9000), "truncated", id="cut off"),
        pytest.param(
            "tagk_53512/$", page("提案公开".encode("utf-16")), "its bytes are not utf-8", id="another charset"
        ),
        pytest.param(
            "tagk_53512/$", redirect("http://elsewhere.example/"), "elsewhere.example",
            id="another site",
        ),
        pytest.param(
            "robots.txt", page("User-agent: *\nDisallow: /\n"), "forbidden by robots.txt",
            id="robots.txt",
        ),
        pytest.param(
            r"/t20\d+_", page("<p>暂无</p>"), "none of the 10 letters tried could be read",
            id="no letters",
        ),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_said_in_one_line(
    replica: Replica, tmp_path: Path, path: str, fault: Send, reason: str
) -> None:
    replica.faults.add(path, fault)
    with replica as served:
        code, out, err = run(tmp_path, "-q", served.listing("proposal"))
    assert (code, out) == (3, "")
    first = err.splitlines()[0]
    assert "can't be watched: " in first
    assert reason in first


def test_a_home_page_names_its_channels(replica: Replica, tmp_path: Path) -> None:
    with replica as served:
        code, out, err = run(tmp_path, served.url + "/")
    assert (code, out) == (3, "")
    assert f"channel       提案公开 {served.listing('proposal')} (15 letters" in err
    assert f"channel       建议公开 {served.listing('suggestion')} (6 letters" in err


def test_a_hub_names_its_channels(replica: Replica, tmp_path: Path) -> None:
    replica.faults.add("tagk_53512/$", page(f"<meta charset=utf-8>{HUB}"))
    with replica as served:
        code, out, err = run(tmp_path, served.listing("proposal"))
    assert (code, out) == (3, "")
    assert "it is a hub" in err.splitlines()[0]
    assert f"channel       提案公开 {served.url}/t/" in err
    assert f"channel       建议公开 {served.url}/j/" in err


def test_a_pager_that_is_not_understood_is_a_comment(replica: Replica, tmp_path: Path) -> None:
    def with_a_button(body: bytes) -> bytes:
        text = body.decode()
        rows = text.partition("<script>")[0]
        return f"{rows}<div class='more' onclick='more()'>加载更多</div></body></html>".encode()

    replica.faults.add("tagk_53512/$", altered(with_a_button))
    with replica as served:
        code, out, err = run(tmp_path, served.listing("proposal"))
    assert code == 0
    assert out.startswith("# each crawl will be partial: ")
    assert "加载更多" in out.splitlines()[0]
    assert len(yaml.safe_load(out)["sources"]) == 1
    assert "in the way    nothing" not in err


def test_two_looks_that_differ_are_shown(replica: Replica, tmp_path: Path) -> None:
    replica.faults.add(r"/t20\d+_", _counting())
    with replica as served:
        code, _, err = run(tmp_path, served.listing("proposal"))
    assert code == 0
    assert "letters say something else" in err


def _counting() -> Send:
    """Return a fault that prints another figure in each answer."""
    count = iter(range(100, 10_000))

    def counted(body: bytes) -> bytes:
        return body.replace("收悉".encode(), f"收悉，全年投资{next(count)}亿元".encode())

    return altered(counted)


def test_progress_is_shown_on_a_terminal(replica: Replica, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with replica as served:
        words = command(tmp_path, served.listing("proposal"))
        done = subprocess.Popen(words, stdout=PIPE, stderr=theirs)
        os.close(theirs)
        shown = _all_of(ours)
        out, _ = done.communicate()
    assert "/20 letters" in shown
    assert out.startswith(b"sources:")


def _all_of(terminal: int) -> str:
    parts = []
    while part := _part_of(terminal):
        parts.append(part)
    return b"".join(parts).decode()


def _part_of(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


@pytest.mark.usefixtures("signals_are_heeded")
def test_it_ends_at_once_by_a_signal(replica: Replica, tmp_path: Path) -> None:
    asked, answered = threading.Event(), threading.Event()

    def stall(_: object) -> None:
        asked.set()
        answered.wait()

    replica.faults.add("tagk_53512/$", stall)
    with replica as served:
        words = command(tmp_path, served.listing("proposal"))
        child = subprocess.Popen(words, stdout=PIPE, stderr=PIPE, text=True)
        assert asked.wait(PATIENCE)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=PATIENCE)
        answered.set()
    assert (child.returncode, out) == (130, "")
    assert "interrupted" in err


def test_pages_and_goldens_are_saved(replica: Replica, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    with replica as served:
        code, out, err = run(tmp_path, "--save", str(folder), served.listing("proposal"))
        again = run(tmp_path, "--save", str(folder), served.listing("proposal"))
    assert code == 0
    assert out.startswith("sources:")
    assert "12 pages saved in " in err
    assert again[0] == 2
    pages = json.loads((folder / "served.json").read_text("utf-8"))
    assert {file.name for file in folder.glob("*.html")} == set(pages)
    assert len([*folder.glob("letter*.json")]) == 10
    assert "expected a folder that is empty" in again[2]
