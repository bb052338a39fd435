"""Whether edits are reported as they were made: known edits in composed letters.

Each trial takes a composed letter, sets sentences, lines and tables into it whose changing part is
known, applies one to four edits of several kinds at once, and cuts some paragraphs anew, which is
no edit. What a differ reports is compared with the truth.

    python bench/differ/quality.py [--trials N] [--go first|…|sixth|all] [--kind KIND] [--alone]
"""

import argparse
import difflib
import platform
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from diff_match_patch import diff_match_patch
from known_edits import Edit, Make, kinds
from sentences import FIFTH, FIRST, FOURTH, SECOND, SIXTH, THIRD

from differ.compare import compare
from letters.letter import Block, BlockKind, Form, Kind, Letter
from replica.compose import compose

TRIALS = 100  # of each kind
OURS = "fuhan"
GOES = {
    "first": FIRST,
    "second": SECOND,
    "third": THIRD,
    "fourth": FOURTH,
    "fifth": FIFTH,
    "sixth": SIXTH,
    "all": FIRST | SECOND | THIRD | FOURTH | FIFTH | SIXTH,
}


def trial(
    seed: int, letters: Sequence[list[str]], makes: dict[str, Make], first: Sequence[str]
) -> tuple[list[str], list[str], list[tuple[str, Edit]]]:
    """Return both bodies and the edits between them, each with its kind."""
    chance = random.Random(seed)
    body = list(chance.choice(letters))
    others = chance.sample([*makes], chance.randint(0, 3))
    made = [
        (kind, makes[kind](chance)) for kind in dict.fromkeys((first[seed % len(first)], *others))
    ]
    at = dict(zip(chance.sample(range(2, len(body) - 3), len(made)), made, strict=True))
    old: list[str] = []
    new: list[str] = []
    for index, text in enumerate(body):
        edit = at[index][1] if index in at else None
        old += _with(text, edit.before if edit else "")
        new += _with(text, edit.after if edit else "")
    prose = [each for each in range(len(new) - 1) if "\t" not in new[each] + new[each + 1]]
    if chance.random() < 0.5:
        cut = chance.choice(prose)
        new[cut : cut + 2] = [new[cut] + new[cut + 1]]
    return old, new, made


def _with(text: str, words: str) -> list[str]:
    """Return a paragraph with a sentence set into it; a line or a table stands by itself."""
    if words and (words[-1] != "。" or "\t" in words):
        return [text, words]
    return [text + words if text.endswith("。") else words + text]


def _letter(body: Sequence[str]) -> Letter:
    blocks = tuple(
        Block(BlockKind.TABLE if "\t" in text else BlockKind.PARAGRAPH, text) for text in body
    )
    return Letter("http://x/1", Kind.PROPOSAL, Form.REPLY, "", body=blocks)


Reported = list[tuple[str | None, str | None, str | None]]  # category, old, new


def ours(old: Sequence[str], new: Sequence[str]) -> Reported:
    """Return the edits that fuhan reports."""
    return [
        (each.category.value, each.old, each.new) for each in compare(_letter(old), _letter(new))
    ]


def _joined(runs: Sequence[tuple[int, str]]) -> Reported:
    reported: Reported = []
    gone = come = ""
    for op, text in [*runs, (0, "")]:
        if op == 0:
            if gone or come:
                reported.append((None, gone or None, come or None))
            gone = come = ""
        gone += text if op < 0 else ""
        come += text if op > 0 else ""
    return reported


def raw(old: Sequence[str], new: Sequence[str]) -> Reported:
    """Compare by diff-match-patch over characters, with semantic cleanup."""
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    runs = engine.diff_main("".join(old), "".join(new))
    engine.diff_cleanupSemantic(runs)
    return _joined(runs)


def _by(pieces: Callable[[str], list[str]]) -> Callable[[Sequence[str], Sequence[str]], Reported]:
    def compared(old: Sequence[str], new: Sequence[str]) -> Reported:
        one, other = pieces("".join(old)), pieces("".join(new))
        matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
        runs: list[tuple[int, str]] = []
        for op, a, b, c, d in matcher.get_opcodes():
            if op == "equal":
                runs.append((0, "".join(one[a:b])))
            else:
                runs += [(-1, "".join(one[a:b])), (1, "".join(other[c:d]))]
        return _joined(runs)

    return compared


_WORD = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|[一-龥]+|.", re.DOTALL)
DIFFERS: dict[str, Callable[[Sequence[str], Sequence[str]], Reported]] = {
    OURS: ours,
    "diff-match-patch": raw,
    "difflib": _by(list),
    "words (difflib)": _by(_WORD.findall),
}


def is_named(edit: Edit, reported: Reported) -> bool:
    """Return whether an edit was reported in its words under its category."""
    allowed = edit.category.split("|")
    return any(
        (old, new) == (edit.old, edit.new)
        and category is not None
        and (not edit.category or category in allowed)
        for category, old, new in reported
    )


@dataclass(slots=True)
class Score:
    """What a differ said of all trials."""

    trials: int = 0
    exact: int = 0
    reported: int = 0
    made: int = 0
    right: int = 0
    named: int = 0

    def add(self, reported: Reported, made: Sequence[Edit]) -> bool:
        """Count one trial; return whether it was reported exactly."""
        said = Counter((old, new) for _, old, new in reported)
        truth = Counter((each.old, each.new) for each in made)
        self.trials += 1
        self.exact += said == truth
        self.reported += sum(said.values())
        self.made += len(made)
        self.right += sum((said & truth).values())
        self.named += sum(is_named(each, reported) for each in made)
        return said == truth

    def row(self, name: str) -> str:
        """Return the row of a table: shares in percent."""
        shares = [self.right / self.reported, self.right / self.made, self.exact / self.trials]
        cells = [f"{each:.2%}" for each in shares]
        cells.append(f"{self.named / self.right:.2%}" if self.named else "–")
        return f"| {name} | {' | '.join(cells)} |"


@dataclass(slots=True)
class Tally:
    """How often edits of one kind were made, reported as made, and named as made."""

    made: int = 0
    reported: int = 0
    named: int = 0

    def add(self, edit: Edit, reported: Reported) -> None:
        """Count one edit."""
        self.made += 1
        self.reported += (edit.old, edit.new) in {each[1:] for each in reported}
        self.named += is_named(edit, reported)


def _miss(seed: int, made: Sequence[tuple[str, Edit]], reported: Reported) -> str:
    truth = {(each.old, each.new) for _, each in made}
    wrong = [each for each in reported if each[1:] not in truth]
    lost = [
        (kind, each.before[:60], each.old, each.new)
        for kind, each in made
        if not is_named(each, reported)
    ]
    return f"{seed}: made {lost}, reported {wrong}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--trials", type=int, help=f"{TRIALS} of each kind by default")
    parser.add_argument("--go", choices=[*GOES], default="all", help="which carriers")
    parser.add_argument("--kind", action="append", help="each trial has one of these")
    parser.add_argument("--alone", action="store_true", help="without the other differs")
    parser.add_argument("--misses", type=int, default=20, help="how many to show")
    return parser.parse_args()


def _run(
    trials: int, makes: dict[str, Make], first: Sequence[str], differs: Sequence[str]
) -> tuple[dict[str, Score], dict[str, Tally], list[str]]:
    """Return the scores by differ, ours by kind, and what ours missed."""
    letters = [
        [text for kind, text in document.blocks if kind == "paragraph"]
        for document in compose(letters=60, suggestions=0).documents
        if len(document.blocks) > 14
    ]
    scores = {name: Score() for name in differs}
    tallies = {kind: Tally() for kind in makes}
    missed: list[str] = []
    for seed in range(trials):
        old, new, made = trial(seed, letters, makes, first)
        edits = [edit for _, edit in made]
        for name, score in scores.items():
            reported = DIFFERS[name](old, new)
            exact = score.add(reported, edits)
            if name == OURS:
                for kind, edit in made:
                    tallies[kind].add(edit, reported)
                if not exact or not all(is_named(each, reported) for each in edits):
                    missed.append(_miss(seed, made, reported))
    return scores, tallies, missed


def main() -> None:
    """Run all trials and print the tables and what was missed."""
    options = _options()
    makes = kinds(GOES[options.go])
    trials = options.trials or TRIALS * len(makes)
    differs = [OURS] if options.alone else [*DIFFERS]
    scores, tallies, missed = _run(trials, makes, options.kind or [*makes], differs)
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}, {trials} trials, {options.go} carriers\n")
    print(
        "| differ | precision | recall | exactness | category |\n| --- | --- | --- | --- | --- |"
    )
    for name, score in scores.items():
        print(score.row(name))
    print(
        "\n| kind of edit | made | reported as made | named as made |\n| --- | --- | --- | --- |"
    )
    for kind, tally in sorted(tallies.items()):
        print(f"| {kind} | {tally.made} | {tally.reported} | {tally.named} |")
    print(f"\nMissed: {len(missed)}")
    for line in missed[: options.misses]:
        print(f"- {line}")


if __name__ == "__main__":
    main()
