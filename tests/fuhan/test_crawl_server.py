"""What crawls are forked from has imported all that a crawl imports, and has begun nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.job import CrawlJob, Politeness, Source
from fuhan import code_on_disk as module
from fuhan.code_on_disk import code_on_disk
from letters.letter import Kind
from replica.compose import compose
from replica.server import Replica

CRAWLING = """
import sys
from fuhan import crawl_imports, crawl_process
crawl_imports.import_late()
before = {*sys.modules}
code = crawl_process.main()
sys.stderr.write(" ".join({*sys.modules} - before))
sys.exit(code)
"""
WAITING = """
import json, sys
from pathlib import Path
from fuhan import crawl_imports, crawl_process
crawl_imports.import_late()
print(json.dumps({
    "threads": len([*Path("/proc/self/task").iterdir()]),
    "files": sorted(each.name for each in Path("/proc/self/fd").iterdir())[:-1],
    "has a reactor": "twisted.internet.reactor" in sys.modules,
}))
"""


def test_a_crawl_imports_nothing_while_it_runs_but_the_reactor_that_it_starts(
    tmp_path: Path,
) -> None:
    """A module that is imported later may be of another release than those before it."""
    with Replica(compose(letters=12, suggestions=0)) as replica:
        source = Source(
            "city",
            "某市",
            Kind.PROPOSAL,
            replica.listing("proposal"),
            politeness=Politeness(delay=0.0, concurrency=8),
        )
        job = CrawlJob(f"sqlite:///{tmp_path}/fuhan.db", source)
        assert late_imports(job) == {"twisted.internet.reactor"}


def late_imports(job: CrawlJob) -> set[str]:
    """Run a crawl and return what it imported."""
    child = subprocess.Popen(
        [sys.executable, "-c", CRAWLING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdin
    assert child.stdout
    assert child.stderr
    with child:
        child.stdin.write(f"{job.to_line()}\n")
        child.stdin.flush()
        assert '"outcome": "complete"' in child.stdout.read()
        said = child.stderr.read()
    return set(said.split())


def test_nothing_is_begun_by_what_is_imported() -> None:
    words = [sys.executable, "-c", WAITING]
    done = subprocess.run(words, capture_output=True, check=True)
    assert json.loads(done.stdout) == {
        "threads": 1,
        "files": ["0", "1", "2"],
        "has a reactor": False,
    }


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where fuhan's packages and those that it needs are."""
    for place in ("fuhan/commands/serve.py", "scrapy-2.19.dist-info/RECORD"):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text("")
    monkeypatch.setattr(module, "_ROOT", tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), "/no/such/folder"])
    return tmp_path


@pytest.mark.parametrize(
    ("path", "is_code"),
    [
        pytest.param("fuhan/commands/serve.py", True, id="a module of ours"),
        pytest.param("fuhan/commands/added.py", True, id="a module that is new"),
        pytest.param("scrapy-2.19.1.dist-info", True, id="another release of a package"),
        pytest.param("fuhan/commands/serve.pyc", False, id="what Python compiles"),
        pytest.param("data/fuhan.db", False, id="an archive"),
    ],
)
def test_what_is_imported_is_old_once_code_has_changed_on_disk(
    root: Path, path: str, *, is_code: bool
) -> None:
    before = code_on_disk()
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("changed")
    assert (code_on_disk() != before) is is_code


def test_what_is_imported_is_old_once_code_was_removed(root: Path) -> None:
    before = code_on_disk()
    (root / "fuhan/commands/serve.py").unlink()
    assert code_on_disk() != before
