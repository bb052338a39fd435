"""Commands that serve no pages do not pay for the web framework."""

import subprocess
import sys

import pytest

WEB = {"starlette", "uvicorn", "prometheus_client", "pydantic", "vl_convert"}


@pytest.mark.parametrize(
    "module",
    [
        *("review.report", "review.path_prefix", "review.settings"),
        *("review.site.write_site", "review.pictures.letter_life"),
    ],
)
def test_what_commands_use_is_imported_without_the_web(module: str) -> None:
    program = f"import sys, {module}; print(*{{each.split('.')[0] for each in sys.modules}})"
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert WEB.isdisjoint(run.stdout.split())
