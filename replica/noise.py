"""What differs on every request without a word of the letter having changed."""

import html
import random
from dataclasses import dataclass

BLANKS = ("　　", "&nbsp;&nbsp;&nbsp;&nbsp;", "\n        ", "")
WEATHER = ("晴 12～21℃", "多云 9～17℃", "小雨 8～11℃", "阴转小雨 10～14℃")
FONTS = ("仿宋_GB2312", "宋体, SimSun", "方正仿宋_GBK", "微软雅黑")


@dataclass(frozen=True, slots=True)
class Noise:
    """The chance of one request; the same seed and count give the same bytes."""

    seed: int
    count: int
    is_on: bool = True

    def chance(self) -> random.Random:
        """Return the random numbers of this request."""
        return random.Random(f"{self.seed}/{self.count if self.is_on else 0}")

    def stamp(self) -> str:
        """Return a stamp that a page generator writes."""
        chance = self.chance()
        clock = f"{chance.randint(0, 23):02d}:{chance.randint(0, 59):02d}"
        return f"2026-11-{chance.randint(1, 28):02d} {clock}:{chance.randint(0, 59):02d}"


def paragraph(text: str, chance: random.Random) -> str:
    """Return the markup of `text` as editors leave it: styled, cut into spans, indented."""
    cut = chance.randint(0, len(text))
    style = f"font-family: {chance.choice(FONTS)}; font-size: {chance.choice((16, 21))}px;"
    first, second = html.escape(text[:cut]), html.escape(text[cut:])
    inner = f'<span style="{style}">{chance.choice(BLANKS)}{first}</span>'
    if second:
        inner += f'<span data-index="{chance.randint(1, 999)}">{second}</span>'
    empty = chance.choice(("", "", '<p style="line-height: 2em;"><br/></p>\n', "<p>&nbsp;</p>"))
    return f'{empty}<p style="text-indent: {chance.randint(0, 2) * 16}px;">{inner}</p>\n'
