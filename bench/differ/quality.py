"""Whether edits are told as they were made: edits with known truth over composed letters.

Each trial takes a composed letter, sets sentences into it whose changing part is known, applies
one to four edits of several kinds at once, and cuts some paragraphs anew, which is no edit.
What a differ says is held against the truth.

    python bench/differ/quality.py [--trials N]
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

from differ.compare import compare
from letters.letter import Block, BlockKind, Form, Kind, Letter
from replica.compose import compose

Pair = tuple[str | None, str | None]  # old and new words


@dataclass(frozen=True, slots=True)
class Made:
    """One edit as it was made."""

    category: str
    old: str | None
    new: str | None
    before: str  # the sentence on the old side; empty for one that came
    after: str


def _pick(chance: random.Random, *values: str) -> tuple[str, str]:
    one, other = chance.sample(values, 2)
    return one, other


def _figure(chance: random.Random) -> Made:
    whole, part = chance.randint(11, 980), chance.randint(1, 9)
    old = chance.choice((f"{whole}.{part}", f"{whole}", f"{whole // 10 + 1},{whole:03d}"))
    at = chance.choice([i for i, char in enumerate(old) if char.isdigit()])
    digit = chance.choice([each for each in "123456789" if each != old[at]])
    new = old[:at] + digit + old[at + 1 :]
    form = chance.choice(
        (
            "去年本市累计完成相关投资{}亿元。",
            "全市共建成充电桩{}个，覆盖主要街镇。",
            "上半年产值同比增长{}%，好于预期。",
            "已向区县拨付补助资金{}万元。",
        )
    )
    return Made("figure", old, new, form.format(old), form.format(new))


def _unit(chance: random.Random) -> Made:
    number = f"{chance.randint(2, 99)}.{chance.randint(1, 9)}"
    one, other = _pick(chance, "万", "亿", "万亿")
    form = "目前相关产业规模达{}元，居西部前列。"
    return Made(
        "figure",
        number + one,
        number + other,
        form.format(number + one),
        form.format(number + other),
    )


def _date(chance: random.Random) -> Made:
    year, month = chance.randint(2018, 2021), chance.randint(1, 9)
    old, new = (f"{year}年{month}月{day}日" for day in chance.sample(range(10, 28), 2))
    form = chance.choice(("该办法已于{}印发实施。", "{}，专题会议在本市召开。"))
    return Made("date", old, new, form.format(old), form.format(new))


def _name(chance: random.Random) -> Made:
    old, new = _pick(chance, "周远航", "周远行", "林静怡", "林静宜", "何志强", "何志刚")
    form = chance.choice(("感谢{}委员长期关注此项工作。", "{}同志参加了现场调研。"))
    return Made("name", old, new, form.format(old), form.format(new))


def _place(chance: random.Random) -> Made:
    old, new = _pick(chance, "涪陵区", "永川区", "渝北区", "万州区", "北碚区")
    form = "有关试点首先在{}开展，效果较好。"
    return Made("name", old, new, form.format(old), form.format(new))


def _body(chance: random.Random) -> Made:
    old, new = _pick(chance, "市财政局", "市水利局", "市农业农村委", "市住房城乡建委", "市教委")
    form = chance.choice(("具体工作由{}牵头推进。", "我委会同{}开展了联合督查。"))
    return Made("organisation", old, new, form.format(old), form.format(new))


def _title(chance: random.Random) -> Made:
    old, new = _pick(chance, "意见", "方案", "办法", "规划")
    form = "依据《关于促进物流业发展的{}》有关要求办理。"
    return Made("title", old, new, form.format(old), form.format(new))


def _contact(chance: random.Random) -> Made:
    old, new = (f"6756{chance.randint(1000, 9999)}" for _ in range(2))
    form = "有关事项可致电，咨询电话：{}。"
    return Made(
        "contact",
        old,
        f"{new[:-1]}{(int(old[-1]) + 1) % 10}",
        form.format(old),
        form.format(f"{new[:-1]}{(int(old[-1]) + 1) % 10}"),
    )


def _weakened(chance: random.Random) -> Made:
    old, new = chance.choice(
        (("确保", "力争"), ("确保", "争取"), ("将", "将研究"), ("将", "将探索"))
    )
    form = "下一步，我们{}扩大覆盖范围。"
    return Made("commitment", old, new, form.format(old), form.format(new))


def _postponed(chance: random.Random) -> Made:
    year = chance.randint(2024, 2026)
    old, new = f"{year}年", f"{year + chance.randint(1, 4)}年"
    form = chance.choice(("{}底前将全面完成改造任务。", "项目将于{}底前建成投用。"))
    return Made("commitment", old, new, form.format(old), form.format(new))


def _dropped(chance: random.Random) -> Made:
    what = chance.choice(("公共停车场", "社区食堂", "充电设施", "农村公路"))
    text = f"下一步，我们将加快建设{what}，年底前建成投用。"
    return (
        Made("commitment", text, None, text, "")
        if chance.random() < 0.5
        else Made("commitment", None, text, "", text)
    )


def _wording(chance: random.Random) -> Made:
    old, new = chance.choice(
        (("做出", "作出"), ("试验", "实验"), ("零售", "销售"), ("倍受", "备受"), ("制定", "制订"))
    )
    form = f"有关方面对此项{{}}工作{'给予关注' if chance.random() < 0.5 else '十分重视'}。"
    return Made("wording", old, new, form.format(old), form.format(new))


def _one_character(chance: random.Random) -> Made:
    char = chance.choice("的了也还均更")
    return Made("wording", None, char, "各方面的反映普遍良好。", f"各方面的反映{char}普遍良好。")


def _mark(chance: random.Random) -> Made:
    old, new = _pick(chance, "，", "、", "；")
    form = "统筹协调有力{}基础工作扎实。"
    return Made("punctuation", old, new, form.format(old), form.format(new))


KINDS: tuple[Callable[[random.Random], Made], ...] = (
    *(_figure, _unit, _date, _name, _place, _body, _title, _contact, _weakened, _postponed),
    *(_dropped, _wording, _one_character, _mark),
)


def trial(seed: int, letters: Sequence[list[str]]) -> tuple[list[str], list[str], list[Made]]:
    """Return both bodies and the edits between them."""
    chance = random.Random(seed)
    base = list(chance.choice(letters))
    kinds = [KINDS[seed % len(KINDS)], *chance.sample(KINDS, chance.randint(0, 3))]
    made = [kind(chance) for kind in dict.fromkeys(kinds)]
    places = chance.sample(range(2, len(base) - 3), len(made))
    old, new = list(base), list(base)
    for at, edit in zip(places, made, strict=True):
        old[at] = old[at] + edit.before if old[at].endswith("。") else edit.before + old[at]
        new[at] = new[at] + edit.after if new[at].endswith("。") else edit.after + new[at]
    if chance.random() < 0.5:
        at = chance.randrange(len(new) - 1)
        new[at : at + 2] = [new[at] + new[at + 1]]
    return old, new, [edit for edit in made if edit.old != edit.new]


def _letter(body: Sequence[str]) -> Letter:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in body)
    return Letter("http://x/1", Kind.PROPOSAL, Form.REPLY, "", body=blocks)


Told = list[tuple[str | None, str | None, str | None]]  # category, old, new


def ours(old: Sequence[str], new: Sequence[str]) -> Told:
    """Tell edits as fuhan does."""
    return [
        (each.category.value, each.old, each.new) for each in compare(_letter(old), _letter(new))
    ]


def _joined(runs: Sequence[tuple[int, str]]) -> Told:
    told: Told = []
    gone = come = ""
    for op, text in [*runs, (0, "")]:
        if op == 0:
            if gone or come:
                told.append((None, gone or None, come or None))
            gone = come = ""
        gone += text if op < 0 else ""
        come += text if op > 0 else ""
    return told


def raw(old: Sequence[str], new: Sequence[str]) -> Told:
    """Compare by diff-match-patch over characters, with semantic cleanup."""
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    found = engine.diff_main("".join(old), "".join(new))
    engine.diff_cleanupSemantic(found)
    return _joined(found)


def _by(pieces: Callable[[str], list[str]]) -> Callable[[Sequence[str], Sequence[str]], Told]:
    def told(old: Sequence[str], new: Sequence[str]) -> Told:
        one, other = pieces("".join(old)), pieces("".join(new))
        runs: list[tuple[int, str]] = []
        for op, a, b, c, d in difflib.SequenceMatcher(
            None, one, other, autojunk=False
        ).get_opcodes():
            if op == "equal":
                runs.append((0, "".join(one[a:b])))
            else:
                runs += [(-1, "".join(one[a:b])), (1, "".join(other[c:d]))]
        return _joined(runs)

    return told


_WORD = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|[一-龥]+|.", re.DOTALL)
DIFFERS: dict[str, Callable[[Sequence[str], Sequence[str]], Told]] = {
    "fuhan": ours,
    "diff-match-patch": raw,
    "difflib": _by(list),
    "words (difflib)": _by(_WORD.findall),
}


@dataclass(slots=True)
class Score:
    """What a differ said of all trials."""

    trials: int = 0
    exact: int = 0
    told: int = 0
    made: int = 0
    right: int = 0
    named: int = 0

    def add(self, told: Told, made: Sequence[Made]) -> bool:
        """Count one trial; return whether it was told exactly."""
        said = Counter((old, new) for _, old, new in told)
        truth = Counter((each.old, each.new) for each in made)
        self.trials += 1
        self.exact += said == truth
        self.told += sum(said.values())
        self.made += len(made)
        self.right += sum((said & truth).values())
        names = Counter((each.category, each.old, each.new) for each in made)
        self.named += sum((Counter(told) & names).values())
        return said == truth

    def row(self, name: str) -> str:
        """Return the row of a table: shares in percent."""
        category = self.named / self.right if self.named else None
        shares = (
            self.right / self.told,
            self.right / self.made,
            self.exact / self.trials,
            category,
        )
        return (
            f"| {name} | "
            + " | ".join("–" if each is None else f"{each:.2%}" for each in shares)
            + " |"
        )


def main() -> None:
    """Run all trials and print the table and what was missed."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--trials", type=int, default=2800)
    count = asked.parse_args().trials
    letters = [
        [text for kind, text in document.blocks if kind == "paragraph"]
        for document in compose(letters=60, suggestions=0).documents
        if len(document.blocks) > 14
    ]
    scores = {name: Score() for name in DIFFERS}
    missed: list[str] = []
    for seed in range(count):
        old, new, made = trial(seed, letters)
        for name, differ in DIFFERS.items():
            told = differ(old, new)
            if not scores[name].add(told, made) and name == "fuhan":
                missed.append(
                    f"{seed}: made {[(e.category, e.old, e.new) for e in made]}, told {told}"
                )
            elif name == "fuhan" and Counter(told) != Counter(
                (e.category, e.old, e.new) for e in made
            ):
                missed.append(
                    f"{seed}: named otherwise: {sorted(set(told) - {(e.category, e.old, e.new) for e in made}, key=str)}"
                )
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}, {count} trials\n"
    )
    print("| differ | precision | recall | exactness | category |")
    print("| --- | --- | --- | --- | --- |")
    for name, score in scores.items():
        print(score.row(name))
    print(f"\nMissed: {len(missed)}")
    for line in missed[:20]:
        print(f"- {line}")


if __name__ == "__main__":
    main()
