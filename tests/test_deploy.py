"""What is in deploy/ names commands, keys and paths that there are."""

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from fuhan.config.load import load_config
from fuhan.config.sections import ReviewSection
from fuhan.lazy_command import SUMMARIES
from scheduler.child_process import GRACE
from scheduler.event_loop import SHUTDOWN_BUDGET
from tests.fuhan.conftest import SOURCE

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = ["fuhan.service", "fuhan-worker@.service"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where a configuration may be written."""
    return tmp_path / "config.yaml"


def settings(unit: str) -> dict[str, list[str]]:
    """Return the values of each key of a unit, whatever its section."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / unit).read_text("utf-8").splitlines():
        key, is_setting, value = line.partition("=")
        if is_setting and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_runs_a_command_that_there_is(unit: str) -> None:
    (command,) = settings(unit)["ExecStart"]
    program, name, *_ = command.split()
    assert program == "/opt/fuhan/bin/fuhan"
    assert name in SUMMARIES


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_leaves_crawls_the_time_to_end(unit: str) -> None:
    (stop,) = settings(unit)["TimeoutStopSec"]
    assert int(stop.removesuffix("s")) > (SHUTDOWN_BUDGET + GRACE).total_seconds()


def test_both_units_are_confined_alike() -> None:
    of_service, of_worker = (
        (DEPLOY / unit).read_text("utf-8").partition("# It needs the network")[2] for unit in UNITS
    )
    assert "ProtectSystem=strict" in of_service
    assert of_service == of_worker


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_reads_a_unit_without_a_warning(unit: str, tmp_path: Path) -> None:
    if not (verify := shutil.which("systemd-analyze")):
        pytest.skip("systemd-analyze is not installed")
    text = (DEPLOY / unit).read_text("utf-8")
    copy = tmp_path / unit.replace("@", "@1")
    copy.write_text(re.sub(r"/opt/fuhan/bin/fuhan\b", "/bin/true", text), "utf-8")
    done = subprocess.run(
        [verify, "verify", str(copy)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def instructions(name: str) -> list[str]:
    """Return the arguments of each such instruction of the Dockerfile, with joined lines."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    return [
        line.removeprefix(f"{name} ") for line in text.splitlines() if line.startswith(f"{name} ")
    ]


def variables() -> dict[str, str]:
    """Return what the image sets in the environment."""
    words = [word for line in instructions("ENV") for word in shlex.split(line)]
    return {name: value for name, _, value in (word.partition("=") for word in words)}


def test_the_image_copies_what_there_is_and_builds_from_nothing_else() -> None:
    kept = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        source
        for line in instructions("COPY")
        for source in line.split()[:-1]
        if not line.startswith("--from") and source != "."
    }
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    packages = wheel["targets"]["wheel"]["packages"]
    links = (path for each in packages for path in (ROOT / each).rglob("*") if path.is_symlink())
    linked = {path.resolve().relative_to(ROOT).as_posix() for path in links}
    assert copied <= kept
    assert kept == {*copied, *packages, *linked, "LICENSE", "README.md", "pyproject.toml"}
    assert all((ROOT / name).exists() for name in kept)


def test_the_image_is_of_a_python_that_is_supported_and_does_not_run_as_root() -> None:
    (base,) = [line for line in instructions("ARG") if line.startswith("PYTHON=")]
    assert re.search(r"python:3\.11-slim", base)
    assert instructions("FROM") == ["${PYTHON} AS build", "${PYTHON}"]
    (user,) = instructions("USER")
    assert f"useradd --system --uid {user} " in (ROOT / "Dockerfile").read_text("utf-8")


def test_the_image_serves_and_is_checked_where_it_says() -> None:
    port = str(ReviewSection().port)
    assert instructions("EXPOSE") == [port]
    (check,) = instructions("HEALTHCHECK")
    assert f"http://127.0.0.1:{port}/healthz" in check
    assert json.loads(instructions("ENTRYPOINT")[0]) == ["fuhan"]
    assert json.loads(instructions("CMD")[0])[0] in SUMMARIES
    assert set(instructions("VOLUME")) == {str(Path(database_file()).parent)}


def database_file() -> str:
    return variables()["FUHAN_DATABASE"].removeprefix("sqlite:///")


def composed() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return loaded


SERVICES = ["service", "queue-service", "worker"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_gets_variables_that_its_configuration_takes(name: str, file: Path) -> None:
    service = composed()["services"][name]
    given = {
        key: re.sub(r"\$\{(\w+)[^}]*\}", "abc", value)
        for key, value in {**variables(), **service["environment"]}.items()
        if key.startswith("FUHAN_") and key != "FUHAN_CONFIG"
    }
    file.write_text(SOURCE, "utf-8")
    if name == "service":
        given["FUHAN_DATABASE"] = f"sqlite:///{file.parent}/fuhan.db"
    config = load_config(file, given, serving="worker" not in name)
    assert (config.queue is None) is (name == "service")
    assert config.review.host == "0.0.0.0"  # noqa: S104 - within the container
    assert f"./config.yaml:{variables()['FUHAN_CONFIG']}:ro" in service["volumes"]
    assert f"archive:{Path(database_file()).parent}" in service["volumes"]
    assert service["read_only"]
    assert (service.get("command") or ["serve"])[0] in SUMMARIES
    assert service.get("ports", []) in ([], [f"127.0.0.1:{config.review.port}:8321"])


def test_what_compose_names_is_there() -> None:
    loaded = composed()
    for service in loaded["services"].values():
        assert set(service.get("depends_on", {})) <= set(loaded["services"])
        named = {each.partition(":")[0] for each in service["volumes"]}
        assert {each for each in named if not each.startswith(".")} <= set(loaded["volumes"])
    assert [name for name, each in loaded["services"].items() if not each.get("profiles")] == [
        "service"
    ]
    assert loaded["services"]["worker"]["deploy"] == {"replicas": 2}


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_reaches_the_service_and_names_people_in_a_header_that_may_be_trusted(
    name: str, file: Path
) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    assert set(re.findall(r"127\.0\.0\.1:(\d+)", text)) == {str(ReviewSection().port)}
    (review,) = re.findall(r"review: (\{.*?\})", re.sub(r"\n# *", " ", text), re.DOTALL)
    file.write_text(f"{SOURCE}review: {review}\n", "utf-8")
    settings = load_config(file, {}, serving=True).review
    set_by = {
        "nginx.conf": "proxy_set_header {} $remote_user;",
        "Caddyfile": "header_up {} {{http.auth.user.id}}",
    }
    assert set_by[name].format(settings.trusted_header) in text
    assert all(host in text.partition("\n\n")[2] for host in settings.hosts)


def test_the_path_that_a_proxy_may_serve_it_under_begins_like_none_of_its_pages() -> None:
    """A proxy that strips such a path would have /letters/1 taken for a path that was left."""
    texts = [
        (DEPLOY / "nginx.conf").read_text("utf-8"),
        (ROOT / "docs" / "operations.md").read_text("utf-8"),
    ]
    for text in texts:
        named = re.findall(
            r"(?:location|X-Forwarded-Prefix:?|review\.base:) (/\w[\w/]*?)/?(?=[\s;`,])", text
        )
        assert named
        assert not set(named) & {"/letters", "/changes", "/sources", "/crawls", "/review", "/api"}


def test_what_the_image_picks_of_the_lock_is_in_it() -> None:
    picked = re.findall(r"pick '([^']+)'", (ROOT / "Dockerfile").read_text("utf-8"))
    names = [name for each in picked for name in each.split("|")]
    needed = [
        Requirement(each) for name in ("hatchling", "playwright") for each in requires(name) or ()
    ]
    of_here = {each.name for each in needed if each.marker is None or each.marker.evaluate()}
    assert {"hatchling", "playwright", *of_here} - pinned("requirements-server.lock") <= set(names)
    assert set(names) <= pinned("requirements.lock")


def pinned(lock: str) -> set[str]:
    """Return the names of a lock."""
    return set(re.findall(r"(?m)^([a-z0-9.-]+)==", (ROOT / lock).read_text("utf-8")))
