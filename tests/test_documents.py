"""What the documents name exists: paths, targets of make, links, commands."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDES = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/adding-a-site.md",
    "docs/operations.md",
]
# Names that a guide gives to files that its reader makes.
MADE_BY_THE_READER = {"crawler/sites/vsb.py", "tests/crawler/pages/vsb"}
_QUOTED = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"(?:\]\(|<img src=\")(?!https?:)([^)#\s\"]+)")
_PATH = re.compile(r"\.?\w[\w.-]*/(?:[\w.-]+/?)*|\w[\w-]*\.(?:md|py|lock|yaml|toml)")
_BLOCK = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)


def text(guide: str) -> str:
    return (ROOT / guide).read_text(encoding="utf-8")


def blocks(guide: str) -> list[str]:
    return _BLOCK.findall(text(guide))


def quoted(guide: str) -> list[str]:
    return _QUOTED.findall(_BLOCK.sub("", text(guide)))


@pytest.mark.parametrize("guide", GUIDES)
def test_each_path_that_a_guide_names_exists(guide: str) -> None:
    named = {path.rstrip("/") for path in quoted(guide) if _PATH.fullmatch(path)}
    folder = (ROOT / guide).parent
    missing = {
        path for path in named if not (ROOT / path).exists() and not (folder / path).exists()
    }
    assert missing - MADE_BY_THE_READER == set()


@pytest.mark.parametrize(
    "guide",
    [
        path.relative_to(ROOT).as_posix()
        for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    ],
)
def test_each_link_leads_to_a_file(guide: str) -> None:
    folder = (ROOT / guide).parent
    assert [link for link in _LINK.findall(text(guide)) if not (folder / link).exists()] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_each_target_of_make_that_a_guide_names_exists(guide: str) -> None:
    targets = set(re.findall(r"^(\w+):.*## ", text("Makefile"), re.MULTILINE))
    words = [*quoted(guide), *"\n".join(blocks(guide)).splitlines()]
    named = {found[1] for word in words if (found := re.match(r"make (\w+)(?:$|\s+#)", word))}
    assert named <= targets
    assert named or guide not in {"README.md", "CONTRIBUTING.md"}


@pytest.mark.parametrize("guide", GUIDES)
def test_each_file_that_a_guide_s_commands_test_exists(guide: str) -> None:
    arguments = re.findall(r"pytest (\S+)", "\n".join(blocks(guide)))
    assert [path for path in arguments if not (ROOT / path).exists()] == []


@pytest.fixture(scope="module")
def commands() -> set[str]:
    told = subprocess.run(
        [sys.executable, "-m", "fuhan", "--help"], capture_output=True, text=True, check=True
    ).stdout
    return set(re.findall(r"^  ([a-z]+) ", told.partition("Commands:")[2], re.MULTILINE))


@pytest.mark.parametrize("guide", [*GUIDES, "docs/contract.md", "docs/evidence.md"])
def test_each_command_that_a_guide_names_exists(guide: str, commands: set[str]) -> None:
    words = [*quoted(guide), *"\n".join(blocks(guide)).splitlines()]
    named = {found[1] for word in words if (found := re.match(r"fuhan ([a-z]+)\b", word))}
    assert named - commands == set()


def test_the_contract_names_each_command(commands: set[str]) -> None:
    named = re.findall(r"`fuhan ([a-z]+)", text("docs/contract.md"))
    assert commands - set(named) == set()


def test_make_lists_each_of_its_targets() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", text("Makefile"), re.MULTILINE)
    assert re.findall(r"^(\w+):.*## \w", text("Makefile"), re.MULTILINE) == phony.split()


def test_the_hook_before_a_commit_is_make_check() -> None:
    hook = ROOT / ".githooks" / "pre-commit"
    assert hook.read_text(encoding="utf-8").splitlines()[1:] == ["exec make check"]
    assert hook.stat().st_mode & 0o111


def test_the_map_shows_each_folder_and_no_other() -> None:
    (drawn,) = [block for block in blocks("README.md") if "\nfuhan/" in block]
    outer, mapped = "", set()
    for indent, name in re.findall(r"^( *)(\w+)/", drawn, re.MULTILINE):
        outer = outer if indent else name
        mapped.add(f"{outer}/{name}" if indent else name)
    packages = {
        path.parent for path in [*ROOT.glob("*/__init__.py"), *ROOT.glob("*/*/__init__.py")]
    }
    packages = {path for path in packages if path.name != ".venv"}
    assert {path.relative_to(ROOT).as_posix() for path in packages} | {"tests"} == mapped


def test_each_decision_is_in_the_list_of_decisions() -> None:
    listed = re.findall(r"\((\d{4}-[\w-]+\.md)\)", text("docs/decisions/README.md"))
    assert listed == sorted(path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def test_each_path_that_decisions_name_today_exists() -> None:
    lines = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "docs" / "decisions").glob("*.md")
    )
    named = re.findall(
        r"`([^`]+/[^`]+)`", "\n".join(re.findall("^Today's names: .*$", lines, re.MULTILINE))
    )
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_readme_is_short() -> None:
    assert len(text("README.md").splitlines()) <= 120
