"""What is published holds all that an installed fuhan needs, and nothing of the developer's."""

import re
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ["letters", "crawler", "differ", "storage", "scheduler", "review", "replica", "fuhan"]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the source archive, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> dict[str, bytes]:
    (file,) = dist.glob("*.whl")
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def of_packages() -> dict[str, bytes]:
    """Return the files of the product: modules, templates, styles, SQL, text."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }


def test_the_wheel_from_the_source_archive_holds_each_file_of_the_product(
    wheel: dict[str, bytes],
) -> None:
    product = of_packages()
    assert {name for name in product if not name.endswith(".py")}
    assert {
        name: wheel.get(name) == content for name, content in product.items()
    } == dict.fromkeys(product, True)
    others = {name.split("/")[0] for name in wheel} - set(PACKAGES)
    assert others == {"fuhan-0.1.0.dist-info"}


def test_the_wheel_says_what_it_is(wheel: dict[str, bytes]) -> None:
    described = message_from_string(wheel["fuhan-0.1.0.dist-info/METADATA"].decode())
    assert described["License-Expression"] == "Apache-2.0"
    assert described["Requires-Python"] == ">=3.11"
    assert described["Description-Content-Type"] == "text/markdown"
    assert described.get_payload() == (ROOT / "README.md").read_text("utf-8")
    assert any("License" in name or "LICENSE" in name for name in wheel if "dist-info" in name)


def test_the_source_archive_can_be_tested_and_leaves_out_what_lies_around(dist: Path) -> None:
    (file,) = dist.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"Makefile", "requirements.lock", "LICENSE", "README.zh.md", "config.yaml"} <= names
    assert {"tests/test_package.py", "deploy/fuhan.service", "docs/operations.md"} <= names
    made = {".venv", "data", "demo", "dist", ".git", "__pycache__"}
    assert {name for name in names if made & set(name.split("/"))} == set()


def test_what_a_server_installs_is_what_is_tested() -> None:
    tested, served = pins("requirements.lock"), pins("requirements-server.lock")
    assert served.items() <= tested.items()
    assert {"psycopg", "procrastinate", "scrapy"} <= served.keys()
    assert {"pytest", "mypy", "playwright"} & served.keys() == set()


def pins(lock: str) -> dict[str, str]:
    """Return the version of each package, with its hashes."""
    blocks = re.findall(
        r"^(\S+)==(.*?)(?=^\S|\Z)", (ROOT / lock).read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return {name: re.sub(r"(?m)^ +#.*\n", "", pinned).strip() for name, pinned in blocks}
