"""The README in Chinese says what the one in English says."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

from fuhan.commands.changes import changes_sheet
from fuhan.terminal.language import choose_language, said

ROOT = Path(__file__).parents[1]
ENGLISH, CHINESE = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh.md"))


def code(text: str) -> list[list[str]]:
    """Return what each block of code says to a machine: without comments, headings, words."""
    blocks = re.findall(r"^```.*?\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    # Where a line has two commands, each has its own comment; rows of tables are words.
    commands = re.compile(
        r"\$ fuhan .*|\b(?:fuhan|make) [\w./:-]+(?: (?:--?\w+ )?[\w./:-]+)*|^ *\w+/"
    )
    return [
        [found.group().strip() for line in block.splitlines() for found in commands.finditer(line)]
        for block in blocks
    ]


def test_both_have_the_same_headings() -> None:
    marks = re.compile(r"^#+ ", re.MULTILINE)
    assert marks.findall(CHINESE) == marks.findall(ENGLISH)


def test_both_have_the_same_commands_and_folders() -> None:
    assert code(CHINESE) == code(ENGLISH)


def test_both_link_to_the_same_documents_and_to_each_other() -> None:
    link = re.compile(r"\]\(([^)]+)\)")
    theirs, ours = (
        link.findall(each.replace("-zh.png", "-en.png")) for each in (ENGLISH, CHINESE)
    )
    assert [each for each in theirs if each != "README.zh.md"] == [
        each for each in ours if each != "README.md"
    ]
    assert "README.zh.md" in theirs
    assert "README.md" in ours


def test_both_have_the_same_figures_and_quoted_names() -> None:
    for form in (r"\d[\d,.]+ %", r"\d,\d{3}\b", r"`[^`\n]+`"):
        assert sorted(re.findall(form, CHINESE)) == sorted(re.findall(form, ENGLISH))


def test_both_have_as_many_points_and_rows() -> None:
    for form in (r"(?m)^- ", r"(?m)^\| "):
        assert len(re.findall(form, CHINESE)) == len(re.findall(form, ENGLISH))


def test_the_changes_that_they_show_have_the_columns_of_today() -> None:
    for language, text in (("en", ENGLISH), ("zh", CHINESE)):
        (heading,) = re.findall(r"^\$ fuhan changes .*\n(.*)", text, re.MULTILINE)
        choose_language(["--lang", language], {})
        titles = list(map(said, changes_sheet(ZoneInfo("UTC")).columns))
        choose_language([], {})
        assert heading.split() == titles
