"""CONTRIBUTING.md, followed to the letter, adds a field that every list of fields has."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from letters.letter import Block, BlockKind, Form, Kind, Letter
from letters.letter_json import letter_to_json

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
# In which file each line of the guide goes, and before which line of it.
PLACES = {
    "letters/fields.py": '    LetterField(\n        *("attachments"',
    "letters/letter.py": "    attachments: tuple[Attachment",
    "review/api_models.py": "    attachments: list[AttachmentModel]",
    "letters/record_labels.py": '    "主办单位": "agency",',
}
PROGRAM = """
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime

from differ.compare import compare
from fuhan.commands.show import summary
from letters.letter import BlockKind, Kind
from letters.letter_json import letter_from_json, letter_to_json
from letters.letter_record import LetterRecord, Status
from letters.printed_page import Line, PrintedPage
from letters.reading import read_letter
from review.api_models import LetterModel
from review.letter_facts import letter_facts
from review.terms import TERMS

stored, digest = json.loads(sys.argv[1]), sys.argv[2]
plain = letter_from_json(stored)
assert letter_to_json(plain) == stored, "an archive is kept as it was"
assert plain.digest() == digest, "its digests hold"

texts = ("案由：修缮河堤", "紧急程度：特急", "办复内容：已办结。")
lines = tuple(Line(BlockKind.PARAGRAPH, text) for text in texts)
urgent = read_letter(PrintedPage(plain.url, plain.title, lines=lines), Kind.PROPOSAL)
assert urgent.urgency == "特急", "it is read"
assert urgent.digest() != replace(urgent, urgency=None).digest(), "it counts"
assert letter_from_json(letter_to_json(urgent)) == urgent, "it is kept"

one, other = replace(plain, urgency="加急"), replace(plain, urgency="特急")
(edit,) = compare(one, other)
assert (edit.field, edit.old, edit.new) == ("urgency", "加急", "特急"), "an edit of it is reported"

at = datetime(2026, 11, 24, tzinfo=UTC)
records = [LetterRecord(1, "demo", Status.PUBLISHED, each, None, (), 1, 1, at, at) for each in (plain, other)]
answers = [LetterModel.model_validate(each.as_json()).urgency for each in records]
assert answers == [None, "特急"], "the API answers it"
assert TERMS["field.urgency"] == ("紧急程度", "urgency")
assert [letter_facts(each).get("urgency") for each in records] == [None, "特急"], "pages show it"
assert any(line.split() == ["urgency", "特急"] for line in summary(records[1]))
"""


def blocks() -> list[str]:
    section = GUIDE.partition("**A field of a letter.**")[2].partition("**A command.**")[0]
    return re.findall(r"^```\n(.*?)^```", section, re.DOTALL | re.MULTILINE)


def follow(guide: list[str], folder: Path) -> None:
    """Copy the rooms that the guide changes, with its lines at their places."""
    for room in ("letters", "review"):
        shutil.copytree(ROOT / room, folder / room)
    for (file, before), line in zip(PLACES.items(), guide, strict=True):
        text = (folder / file).read_text("utf-8")
        assert text.count(before) == 1, file
        (folder / file).write_text(text.replace(before, line + before), "utf-8")


def test_after_the_guide_every_list_has_the_field(tmp_path: Path) -> None:
    block = Block(BlockKind.PARAGRAPH, "已办结。")
    letter = Letter("http://gov.example/1", Kind.PROPOSAL, Form.RECORD, "办理情况", body=(block,))
    follow([*blocks(), '    "紧急程度": "urgency",\n'], tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(letter_to_json(letter)), letter.digest()],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
