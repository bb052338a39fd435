"""The journeys in docs/architecture.md lead through code that exists, each step into the next."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")
STEP = re.compile(r"`([\w/]+\.py)` · `([\w.]+)`")
NUMBERED = re.compile(r"^(\d+)\. `([\w/]+\.py)` · `([\w.]+)`", re.MULTILINE)

Place = tuple[str, str]


def journeys() -> list[list[Place]]:
    """Return the numbered steps, cut wherever counting begins anew."""
    cut: list[list[Place]] = []
    for number, file, name in NUMBERED.findall(TEXT):
        if number == "1":
            cut.append([])
        cut[-1].append((file, name))
    return cut


def source_of(place: Place) -> str | None:
    """Return the source of a function or method; None where there is none of that name."""
    file, name = place
    path = ROOT / file
    text = path.read_text("utf-8") if path.exists() else ""
    nodes: list[ast.AST] = [ast.parse(text)]
    for part in name.split("."):
        body = [each for node in nodes for each in getattr(node, "body", ())]
        nodes = [each for each in body if getattr(each, "name", None) == part]
    return ast.get_source_segment(text, nodes[0]) if nodes else None


@pytest.mark.parametrize("place", sorted(set(STEP.findall(TEXT))), ids=": ".join)
def test_each_function_that_is_named_exists(place: Place) -> None:
    assert source_of(place)


@pytest.mark.parametrize(
    ("step", "next_step"),
    [pair for journey in journeys() for pair in pairwise(journey)],
    ids=lambda place: place[1],
)
def test_each_step_leads_to_the_next(step: Place, next_step: Place) -> None:
    body, name = source_of(step) or "", next_step[1].rpartition(".")[2]
    helpers = re.findall(r"self\.(_\w+)\(", body)  # a step may pass by a method of its own class
    owner = step[1].rpartition(".")[0]
    bodies = [body, *(source_of((step[0], f"{owner}.{each}")) or "" for each in helpers)]
    assert any(re.search(rf"\b{name}\b", each) for each in bodies), f"{step} calls no {name}"


def test_a_page_becomes_a_change_in_six_calls() -> None:
    assert len(journeys()[0]) == 1 + 6
