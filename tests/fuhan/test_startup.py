"""A command imports what it needs, and help needs nearly nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from fuhan.cli import run
code = run(sys.argv[1:])
sys.stderr.write(" ".join({name.partition(".")[0] for name in sys.modules}))
sys.exit(code)
"""
FETCHING = {"scrapy", "twisted", "parsel", "lxml", "selectolax", "pypdf", "differ"}
SERVING = {"starlette", "uvicorn", "jinja2", "apscheduler"}
RARE = {"alembic", "apprise", "cryptography", "rfc3161_client", "warcio", "replica"}
READING = {"sqlalchemy", "pydantic", "yaml", "rich", "storage"}


def imported(folder: Path, *arguments: str) -> set[str]:
    """Return the packages that a command imported."""
    words = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"]], ids=" ".join)
def test_help_and_version_import_no_library_of_a_command(
    folder: Path, arguments: list[str]
) -> None:
    packages = imported(folder, *arguments)
    assert "typer" in packages
    assert not packages & (FETCHING | SERVING | RARE | READING)


def test_the_chinese_table_is_loaded_for_who_reads_chinese(folder: Path) -> None:
    program = PROGRAM.replace("sys.modules}", "sys.modules if 'sentences' in name}").replace(
        'name.partition(".")[0]', "name"
    )
    words = [sys.executable, "-c", program, "--help", "--lang"]
    english, chinese = (
        subprocess.run([*words, name], cwd=folder, capture_output=True, text=True, check=True)
        for name in ("en", "zh")
    )
    assert english.stderr == ""
    assert "review.sentences.tables" in chinese.stderr


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("name", ["letters", "changes", "crawls"])
def test_a_command_that_reads_the_archive_imports_nothing_that_fetches_or_serves(
    folder: Path, name: str
) -> None:
    packages = imported(folder, name)
    assert "sqlalchemy" in packages
    assert not packages & (FETCHING | SERVING | RARE)


def test_status_imports_nothing_that_fetches_or_serves(folder: Path) -> None:
    packages = imported(folder, "-q", "status")
    assert "sqlalchemy" in packages
    assert not packages & (FETCHING | SERVING | RARE)


def test_a_job_for_the_crawl_process_is_made_without_scrapy(folder: Path) -> None:
    program = "import crawler.job, fuhan.crawl_jobs, sys; print(*sys.modules)"
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    assert not {name.partition(".")[0] for name in done.stdout.split()} & (FETCHING | SERVING)


def test_neither_a_crawl_nor_the_service_imports_apprise_before_an_alert_is_sent(
    folder: Path,
) -> None:
    program = "import fuhan.crawl_process, fuhan.commands.serve, sys; print(*sys.modules)"
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    packages = {name.partition(".")[0] for name in done.stdout.split()}
    assert "scrapy" in packages
    assert "apprise" not in packages
