"""Cuts canonical text into tokens that are never split by an edit."""

import re

DATE = r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2}"
NUMBER = r"[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−]?\d+(?:\.\d+)?"
TOKEN = re.compile(rf"{DATE}|{NUMBER}|[A-Za-z][A-Za-z0-9-]*|[\s\S]")


def tokens(text: str) -> list[str]:
    """Return the tokens of `text`; joined they are the text."""
    return TOKEN.findall(text)
