"""Real pages stand beside the project where they are; without them these tests skip, saying so."""

from pathlib import Path

import pytest

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"


@pytest.fixture(scope="session")
def real() -> Path:
    if not REAL.is_dir():
        pytest.skip(f"no real pages at {REAL}")
    return REAL
