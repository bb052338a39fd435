"""A page of a directory, composed of the numbers of its letters."""

URL = "http://gov.example/zwgk/tagk/"


def row(number: int) -> str:
    return f'<li><a href="./202206/t20220617_{number}.html">第{number}号复函</a><span>2022-06-17</span></li>'


def directory(*numbers: int, script: str = "", more: str = "") -> str:
    rows = "".join(map(row, numbers))
    return f"<html><body><ul>{rows}</ul>{more}<script>{script}</script></body></html>"
