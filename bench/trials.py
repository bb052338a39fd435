"""Crawls that die: by kill -9 at each commit and at any time, by a full disk, by a locked database.

python -m bench.trials --kills 200 --lock 30

After each trial one crawl runs undisturbed, and what is told is held against what happened.
"""

import argparse
import json
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bench.living import Living, ended, living, wait_for
from storage.database.failpoint import VARIABLE

LETTERS = 6  # besides those that are published later
WRONG = ("lost", "invented", "doubled", "misdated", "misfiled")
PHASES = ("at the begin", "after the directory", "amid letters", "at the end")


def at_each_commit(lived: Living, events: int) -> Counter[str]:
    """Kill crawls before and after their first commit, their second, until one has no more."""
    done: Counter[str] = Counter()
    for place in ("before-commit", "after-commit"):
        number, died = 0, True
        while died:
            number += 1
            lived.happen(events)
            process = lived.start({VARIABLE: f"{place}:{number}"})
            ended(process)
            died = process.returncode == -signal.SIGKILL
            done[place] += died
            lived.crawl()
            lived.check()
    return done


def at_any_time(lived: Living, kills: int, *, quietly: bool = True) -> Counter[str]:
    """Kill crawls at moments drawn by lot, until so many died before their end."""
    done: Counter[str] = Counter()
    with Progress(console=Console(stderr=True), disable=quietly) as progress:
        task = progress.add_task("kills", total=kills)
        while done["killed"] < kills:
            lived.happen(1)
            process = lived.start()
            time.sleep(lived.chance.uniform(0.2, 1.2))
            process.kill()
            process.communicate()
            done["killed" if process.returncode == -signal.SIGKILL else "ended before"] += 1
            if done.total() % 3 == 0:  # now and then two are killed in a row
                lived.crawl()
                lived.check()
            progress.update(task, completed=done["killed"])
    return done


def on_a_full_disk(
    lives: Iterator[Living], sizes: Iterable[int]
) -> tuple[Counter[str], Counter[str]]:
    """Let the disk of a new archive be full after so many bytes, until a crawl runs through.

    Return how the crawls ended, and how what was told afterwards stands to what happened.
    """
    done, figures = Counter[str](), Counter[str]()
    for lived, size in zip(lives, sizes, strict=False):
        process = lived.start(fsize=size)
        said = ended(process)
        done[_ending(process, said)] += 1
        lived.crawl()
        lived.happen(1)
        lived.come_to_rest()
        found = lived.figures()
        figures.update({name: found[name] for name in ("told", *WRONG)})
        figures["damages"] += len(lived.damages())
        if done["ran through"]:
            break
    return done, figures


def while_it_is_locked(lived: Living, seconds: float) -> Counter[str]:
    """Hold the database's lock for so long in each phase of a crawl."""
    done: Counter[str] = Counter()
    lived.crawl()
    for phase in PHASES:
        lived.happen(2)
        locking = threading.Thread(target=_lock, args=(lived, phase, seconds))
        locking.start()
        if phase == PHASES[0]:
            time.sleep(0.2)
        process = lived.start()
        ended(process)
        locking.join()
        done["lived on" if process.returncode == 0 else "stopped"] += 1
        lived.crawl()
        lived.check()
    return done


def _lock(lived: Living, phase: str, seconds: float) -> None:
    log, began = lived.replica.log, len(lived.replica.log)

    def has_come() -> bool:
        paths = [path for path, _ in log[began:]]
        letters = sum("/t20" in path for path in paths)
        listed = len(lived.replica.directory.of("proposal"))
        wanted = {PHASES[0]: True, PHASES[1]: any(path.endswith("/") for path in paths)}
        wanted |= {PHASES[2]: letters > listed // 2, PHASES[3]: letters >= listed}
        return wanted[phase]

    wait_for(has_come)
    with _locked(Path(lived.folder / "fuhan.db")):
        time.sleep(seconds)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, timeout=120, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def cut_amid(lived: Living, times: int, cut: Callable[[], object]) -> Counter[str]:
    """Cut crawls off from their database at places drawn by lot: after so many of their requests."""
    done: Counter[str] = Counter()
    lived.crawl()
    requests = len(lived.replica.log)
    for _ in range(times):
        lived.happen(1)
        wanted = len(lived.replica.log) + lived.chance.randint(1, requests)
        process = lived.start()
        wait_for(partial(_is_amid, lived, wanted, process))
        cut()
        said = ended(process)
        done[_ending(process, said)] += 1
        lived.crawl()
        lived.check()
    return done


def _is_amid(lived: Living, requests: int, process: "subprocess.Popen[str]") -> bool:
    """Return whether the replica had so many requests, or a crawl has ended."""
    return len(lived.replica.log) >= requests or process.poll() is not None


def _ending(process: "subprocess.Popen[str]", said: str) -> str:
    """Return how a crawl ended that was disturbed."""
    if process.returncode == 0:
        return "ran through"
    is_told = process.returncode == 1 and said.count("\n") == 1
    return "told in one line" if is_told else f"ended otherwise: {said[:200]}"


def folders_in(parent: Path) -> Iterator[Path]:
    """Make new folders, as many as are asked for."""
    for number in count():
        folder = parent / str(number)
        folder.mkdir()
        yield folder


def main() -> None:
    """Make all trials and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--lock", type=float, default=30.0, metavar="SECONDS")
    parser.add_argument(
        "--step", type=int, default=16384, metavar="BYTES", help="of the full disk"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as parent:
        raise SystemExit(_try_all(folders_in(Path(parent)), asked))


def _try_all(folders: Iterator[Path], asked: argparse.Namespace) -> bool:
    lived = living(next(folders), LETTERS + 5)
    failed = report("kill -9 at each commit", at_each_commit(lived, 1), lived)
    lived = living(next(folders), LETTERS + 5, seed=2)
    killed = at_any_time(lived, asked.kills, quietly=False)
    failed |= report("kill -9 at any time", killed, lived)
    lived = living(next(folders), LETTERS + 5, seed=3)
    failed |= report("a locked database", while_it_is_locked(lived, asked.lock), lived)
    lives = (living(folder, LETTERS + 5, seed) for seed, folder in enumerate(folders))
    done, figures = on_a_full_disk(lives, count(asked.step, asked.step))
    print(json.dumps({"trial": "a full disk", **done, **figures}, ensure_ascii=False))
    return failed or any(figures[name] for name in (*WRONG, "damages"))


def report(name: str, done: Counter[str], lived: Living) -> bool:
    """Print what came of a trial; return whether anything was lost, invented, doubled or damaged."""
    lived.come_to_rest()
    damages = lived.damages()
    told = {"trial": name, **done, **lived.figures(), "damages": len(damages)}
    print(json.dumps(told, ensure_ascii=False))
    print(lived.explain(), *damages, sep="\n", end="")
    return bool(damages) or not lived.is_true()


if __name__ == "__main__":
    main()
