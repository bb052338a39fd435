"""What grows with the archive: CPU and p95 of each page, API call and command at several sizes.

python -m bench.growth --letters 1000 10000 --keep DIR [--store postgresql]

CPU of a request is that of the service's process, so a busy machine changes it little; p95 it does.
An archive that is in DIR already is used again. PostgreSQL is a server of our own.
"""

import argparse
import html
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from sqlalchemy import create_engine, text

from bench.grown_archive import fill, source_name
from bench.own_postgres import OwnPostgres, own_postgres
from storage.database.archive import open_archive

STORES = ("sqlite", "postgresql")
USERS = 10
REQUESTS, SECONDS = 40, 4.0  # of one page, at most
_TICKS = os.sysconf("SC_CLK_TCK")
_LAST = re.compile(r'rel="last" href="([^"]+)"|<([^>]+)>; rel="last"')
_SOURCE = "agency: 发展和改革委员会, kind: proposal, listing: https://gov.example/, schedule: {every: 300d}"
PAGES = {
    "/": "/",
    "/letters": "/letters",
    "/letters last page": "last /letters",
    "/letters?source=": "/letters?source=source-00001",
    "/letters?status=": "/letters?status=delisted",
    **{
        f"/letters?search={what}": f"/letters?search={quote(words)}{filters}"
        for what, words, filters in (
            ("one character", "的", ""),
            ("two", "交通", ""),
            ("a phrase", "委员会的建议", ""),
            ("two words", "交通 建议", ""),
            ("a number", "100321", ""),
            ("no such word", "囧囧", ""),
            ("no such number", "987654", ""),
            ("no such phrase", "的建议的建议", ""),
            ("two&source=", "交通", "&source=source-00001"),
            ("two&status=", "交通", "&status=suspect"),
            ("two, last page", "交通", "&cursor=last"),
        )
    },
    "/letters/{id}": "/letters/2",
    "/changes": "/changes",
    "/changes last page": "last /changes",
    "/changes?kind=&source=": "/changes?kind=withdrawn&source=source-00001",
    "/changes/{id}": "/changes/3",
    "/crawls": "/crawls",
    "/feed.atom": "/feed.atom",
    "/api/letters": "/api/letters",
    "/api/letters?search=two": f"/api/letters?search={quote('交通')}",
    "/api/letters last page": "last /api/letters",
    "/api/changes": "/api/changes",
    "/api/crawls": "/api/crawls",
    "/metrics": "/metrics",
    "/healthz": "/healthz",
}
COMMANDS = {
    "letters": ["letters", "--format", "jsonl"],
    "letters, a table": ["letters", "--format", "table"],
    "letters --search, few": ["letters", "--search", "100321", "--format", "jsonl"],
    "letters --search, many": ["letters", "--search", "交通", "--format", "jsonl"],
    "changes": ["changes", "--format", "jsonl"],
    "changes, a table": ["changes", "--format", "table"],
    "coverage": ["coverage", "--format", "jsonl"],
    "coverage of one source": ["coverage", "--source", "source-00001", "--format", "jsonl"],
    "status": ["status", "--format", "table"],
    "report --since 30d": ["report", "--since", "30d", "-o", "report.html"],
    "export --format jsonl": ["export", "--format", "jsonl", "-o", "exported"],
    "export --format warc": ["export", "--format", "warc", "-o", "exported"],
    "--help": ["--help"],
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What one page or command cost."""

    cpu: float  # ms of a request, s of a command
    p95: float  # s with one user; of a command: until the first row
    crowded: float  # p95 with ten users, s; of a command: its memory, MiB


def main() -> None:
    """Measure at each size, and print a table of pages and one of commands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--store", choices=STORES, default=STORES[0])
    parser.add_argument("--only", default="", help="a regular expression of names")
    parser.add_argument("--most", type=float, help="fail where a page is so many times dearer")
    asked = parser.parse_args()
    pages, commands = (
        {name: of[name] for name in of if re.search(asked.only, name)} for of in (PAGES, COMMANDS)
    )
    measured: dict[str, dict[int, Figures]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        homes((asked.keep or Path(folder)).resolve(), asked.store) as prepared,
    ):
        for letters in asked.letters:
            home = prepared(letters)
            with _served(home) as (pid, port):
                before = _memory(pid)
                _measure(measured, letters, pages, partial(_page, pid, port))
                print(f"{letters:,} letters: {before:.0f} MiB, after it {_memory(pid):.0f}")
            _measure(measured, letters, commands, partial(_command, home))
    _print("page", ["CPU ms", "p95 s", f"p95 s of {USERS} users"], measured, pages)
    _print("command", ["CPU s", "first row s", "MiB"], measured, commands)
    dear = [name for name in pages if asked.most and _ratio(measured[name]) > asked.most]
    sys.exit(f"these grow with the archive: {', '.join(dear)}" if dear else 0)


def _measure(
    measured: dict[str, dict[int, Figures]],
    letters: int,
    wanted: dict[str, Any],
    cost: Callable[[Any], Figures],
) -> None:
    for name, what in wanted.items():
        figures = measured.setdefault(name, {})[letters] = cost(what)
        print(letters, name, figures, file=sys.stderr, flush=True)


@contextmanager
def homes(keep: Path, store: str) -> Iterator[Callable[[int], Path]]:
    """Yield what makes an archive of so many letters, unless it is there, and returns its folder.

    Each has its config.yaml; they are in `keep`, by store and size.
    """
    folder = keep / store
    if store != "postgresql":
        yield lambda letters: _prepared(folder, letters, None)
        return
    folder.mkdir(parents=True, exist_ok=True)
    with own_postgres(folder / "server") as server:
        yield lambda letters: _prepared(folder, letters, server)


def _prepared(folder: Path, letters: int, server: OwnPostgres | None) -> Path:
    home = folder / str(letters)
    if (home / "config.yaml").exists():
        return home
    home.mkdir(parents=True, exist_ok=True)
    url = server.create_database(f"growth_{letters}") if server else f"sqlite:///{home}/fuhan.db"
    with closing(open_archive(url, create=True)) as archive:
        sources = fill(archive, letters, datetime.now(UTC))
    if server:
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("VACUUM ANALYZE"))
        engine.dispose()
    names = [f"  - {{name: {source_name(place)}, {_SOURCE}}}" for place in range(sources)]
    lines = [f"database: {url}", "review: {port: 0}", "sources:", *names]
    (home / "config.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return home


@contextmanager
def _served(home: Path) -> Iterator[tuple[int, int]]:
    """Yield process and port of a service over the archive, which has nothing to crawl."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    service = subprocess.Popen(
        [sys.executable, "-P", "-m", "fuhan", "-q", "serve"],
        cwd=home,
        env=os.environ | {"FUHAN_REVIEW__PORT": str(port)},
    )
    try:
        until = time.monotonic() + 120
        while not _answers(port):
            if time.monotonic() > until:
                raise TimeoutError("the service does not answer")
            time.sleep(0.2)
        yield service.pid, port
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait()


def _answers(port: int) -> bool:
    try:
        return _get(port, "/healthz")[0] == 200
    except OSError:
        return False


def _get(port: int, path: str) -> tuple[int, bytes, str]:
    """Return status, body and Link header of an answer that a browser would ask for."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=180)) as connection:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.getheader("Link", "")


def _page(pid: int, port: int, path: str) -> Figures:
    """Return what a page costs: requests of one user, then of ten at once."""
    path = _last_page(port, path[len("last ") :]) if path.startswith("last ") else path
    _time(port, path)
    before, took = _cpu(pid), []
    while len(took) < REQUESTS and (len(took) < 3 or sum(took) < SECONDS):
        took.append(_time(port, path))
    cpu = (_cpu(pid) - before) / len(took) * 1000
    crowded: list[float] = []
    each = max(1, min(REQUESTS, round(SECONDS / (sum(took) / len(took)))) // 2)
    threads = [
        threading.Thread(target=lambda: crowded.extend(_time(port, path) for _ in range(each)))
        for _ in range(USERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Figures(round(cpu, 1), _p95(took), _p95(crowded))


def _last_page(port: int, path: str) -> str:
    """Return the path of the last page of a list, as its first page links it."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=180)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        link = _LAST.search(answer.getheader("Link", "") + answer.read().decode())
    if link is None:
        raise ValueError(f"{path} has no link to its last page")
    target = urlsplit(html.unescape(link[1] or link[2]))
    return f"{target.path}?{target.query}"


def _time(port: int, path: str) -> float:
    began = time.monotonic()
    status, *_ = _get(port, path)
    if status != 200:
        raise ValueError(f"{path}: {status}")
    return time.monotonic() - began


def _p95(took: list[float]) -> float:
    return round(sorted(took)[max(0, round(len(took) * 0.95) - 1)], 3)


def _cpu(pid: int) -> float:
    """Return the CPU seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _command(home: Path, words: list[str]) -> Figures:
    """Return what a command costs."""
    began = time.monotonic()
    command = [sys.executable, "-P", "-m", "fuhan", "-q", *words]
    reading, writing = os.pipe()
    with subprocess.Popen(command, cwd=home, stdout=writing) as process:
        os.close(writing)
        os.read(reading, 1)
        first = time.monotonic() - began
        while os.read(reading, 1 << 16):
            pass
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    os.close(reading)
    if process.returncode:
        print(f"{words[0]} ended with {process.returncode}", file=sys.stderr)
    cpu = usage.ru_utime + usage.ru_stime
    return Figures(round(cpu, 2), round(first, 2), round(usage.ru_maxrss / 1024))


def _print(
    title: str, heads: list[str], measured: dict[str, dict[int, Figures]], names: Iterable[str]
) -> None:
    """Print one table."""
    shown = {name: measured[name] for name in names if name in measured}
    sizes = list(next(iter(shown.values()), {}))
    titles = [f"{head}, {size:,}" for head in heads for size in sizes]
    print(f"\n| {title} | {' | '.join(titles)} | ratio |")
    print(f"| --- |{' ---: |' * (len(titles) + 1)}")
    for name, of in shown.items():
        cells = [f"{astuple(of[size])[head]:g}" for head in range(len(heads)) for size in sizes]
        print(f"| `{name}` | {' | '.join(cells)} | {_ratio(of):.1f} |")


def _ratio(of: dict[int, Figures]) -> float:
    """Return the ratio of CPU at the last size to that at the first, as far as a clock tells."""
    least, sizes = 2.0, list(of)
    return max(of[sizes[-1]].cpu, least) / max(of[sizes[0]].cpu, least)


if __name__ == "__main__":
    main()
