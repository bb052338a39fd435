"""How long comparing two letters takes, side by side with other differs, in one run.

Letters of 3,400, 34,000 and 340,000 characters with 1, 20 and 200 edits, a moved paragraph, a
shuffle of all paragraphs, a rewrite of each second sentence, and unrelated texts. Each cell
is the least of three rounds, in processor time, so that other work on the machine matters little;
a differ that takes longer than the limit is stopped.

    python bench/differ/speed.py [--quick] > table.md
"""

import argparse
import difflib
import multiprocessing
import platform
import random
import resource
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from diff_match_patch import diff_match_patch

from differ.compare import compare
from letters.letter import Block, BlockKind, Form, Kind, Letter
from replica.compose import compose

LIMIT = 5  # seconds of processor time that one differ may take for one pair
ROUNDS = 3
SHORTEST_ROUND = 0.1  # seconds
SIZES = (3_400, 34_000, 340_000)
Body = list[str]


def paragraphs(size: int, seed: int) -> Body:
    """Return paragraphs of composed letters, `size` characters in all."""
    body: Body = []
    count = 0
    while count < size:
        for document in compose(letters=60, suggestions=0, seed=seed).documents:
            for kind, text in document.blocks:
                if kind == "paragraph" and count < size:
                    body.append(text.replace("一、", f"第{count}条"))
                    count += len(text)
        seed += 1
    return body


def edited(body: Body, count: int) -> Body:
    """Return `body` with one character replaced at `count` places."""
    chance = random.Random(count)
    new = list(body)
    for _ in range(count):
        at = chance.randrange(len(new))
        cut = chance.randrange(max(len(new[at]), 1))
        new[at] = new[at][:cut] + chance.choice("甲乙丙丁戊己庚辛") + new[at][cut + 1 :]
    return new


def cases(size: int) -> Iterator[tuple[str, Body, Body]]:
    """Yield each case of one size: its name and the two bodies."""
    body = paragraphs(size, seed=1)
    for count in (1, 20, 200):
        yield f"{count} edits", body, edited(body, count)
    yield "a moved paragraph", body, [*body[1 : len(body) // 2], body[0], *body[len(body) // 2 :]]
    yield "a shuffle", body, random.Random(1).sample(body, len(body))
    rewritten = [text[: len(text) // 2] + "另行说明有关情况。" for text in body]
    yield "a rewrite", body, rewritten
    chance = random.Random(2)
    alphabet = [chr(0x4E00 + each) for each in range(3000)]
    strange = ["".join(chance.choices(alphabet, k=len(text))) for text in body]
    yield "unrelated", body, strange


def letter(body: Body) -> Letter:
    """Return a letter of these paragraphs."""
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in body)
    return Letter("http://x/1", Kind.PROPOSAL, Form.REPLY, "", body=blocks)


def ours(old: Body, new: Body) -> object:
    """Compare as fuhan does."""
    return compare(letter(old), letter(new))


def raw(old: Body, new: Body) -> object:
    """Compare by diff-match-patch over characters, with semantic cleanup and no time limit."""
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    runs = engine.diff_main("\n".join(old), "\n".join(new))
    engine.diff_cleanupSemantic(runs)
    return runs


def standard(old: Body, new: Body) -> object:
    """Compare by difflib over characters."""
    return difflib.SequenceMatcher(
        None, "\n".join(old), "\n".join(new), autojunk=False
    ).get_opcodes()


DIFFERS: dict[str, Callable[[Body, Body], object]] = {
    "fuhan": ours,
    "diff-match-patch": raw,
    "difflib": standard,
}
try:
    from fast_diff_match_patch import diff as fast_diff
except ImportError:
    pass
else:
    DIFFERS["fast-diff-match-patch"] = lambda old, new: fast_diff(
        "\n".join(old), "\n".join(new), timelimit=0, cleanup="Semantic"
    )


def _timed(name: str, old: Body, new: Body, results: Any) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    best = float("inf")
    for _ in range(ROUNDS):
        best = min(best, _round(DIFFERS[name], old, new))
        results.send(best)
    results.close()


def _round(compared: Callable[[Body, Body], object], old: Body, new: Body) -> float:
    """Return the mean of as many runs as the clock of processor time needs."""
    start, runs, elapsed = time.process_time(), 0, 0.0
    while elapsed < SHORTEST_ROUND:
        compared(old, new)
        runs += 1
        elapsed = time.process_time() - start
    return elapsed / runs


def measured(name: str, old: Body, new: Body) -> str:
    """Return the least time of a differ in milliseconds, or that it was stopped."""
    results, sender = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=_timed, args=(name, old, new, sender))
    child.start()
    sender.close()
    best = None
    try:
        while True:
            best = results.recv()
    except EOFError:
        pass  # all rounds are done, or the limit was met
    child.join()
    return f"> {LIMIT} s" if best is None else f"{best * 1000:,.1f} ms"


def peak(old: Body, new: Body) -> float:
    """Return the peak memory of our differ for one pair, in MiB."""
    tracemalloc.start()
    ours(old, new)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="only the smallest letters")
    sizes = SIZES[:1] if parser.parse_args().quick else SIZES
    machine = f"{platform.machine()}, {multiprocessing.cpu_count()} cores"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}, Python {platform.python_version()}\n")
    print("| characters | case |", " | ".join(DIFFERS), "| fuhan's peak MiB |")
    print("| --- " * (len(DIFFERS) + 3) + "|")
    for size in sizes:
        for name, old, new in cases(size):
            cells = [measured(each, old, new) for each in DIFFERS]
            memory = f"{peak(old, new):.1f}"
            print(f"| {size:,} | {name} |", " | ".join([*cells, memory]), "|", flush=True)


if __name__ == "__main__":
    main()
