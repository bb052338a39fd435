"""What a probe prints is an entry of a configuration, whatever the letters hold."""

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from fuhan.config.load import load_config
from fuhan.config.yaml_text import write_yaml
from fuhan.probe_crawl import ProbeResult
from letters.crawl_record import Crawl, CrawlOutcome
from letters.letter import Form, Kind, Letter
from letters.letter_record import LetterRecord, Status
from replica.compose import compose
from replica.faults import altered, status
from replica.server import Replica
from tests.python_server.command import forked_fuhan

NOW = datetime(2026, 11, 24, tzinfo=UTC)
LISTING = "http://127.0.0.1/list/"
HARD = ["a: b", "a #b", "- a", "'", '"', "\\", "\n", "\r\n", "\t", "\x85", "\u2028", "\u2029"]
HARD += ["\x00", "\x1b[31m", "\ufeff", "\ud800", "\U0001f600", "no", "1e5", "010", "6:00", "~"]
HARD += ["---", "...", "{a}", "[a]", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "<<", "=", "？"]
HARD += ["  a", "a  ", "a" * 200, "关 于" * 100, "a\n\n b\n", "\u3000a", "2024-01-01", "", " "]


def probe(
    listing: str, agencies: Sequence[str | None], title: str = "关于提案的复函"
) -> ProbeResult:
    crawl = Crawl(
        id=1, source="probe", outcome=CrawlOutcome.COMPLETE, started_at=NOW, finished_at=NOW
    )
    blank = Letter(url=listing, kind=Kind.PROPOSAL, form=Form.REPLY, title=title)
    letters = tuple(
        LetterRecord(
            id=at,
            source="probe",
            status=Status.PUBLISHED,
            letter=replace(blank, agency=agency),
            listed_on=None,
            twins=(),
            version=1,
            versions=1,
            first_seen=NOW,
            last_seen=NOW,
        )
        for at, agency in enumerate(agencies, start=1)
    )
    return ProbeResult(listing, crawl, letters)


@given(st.text(st.characters()) | st.sampled_from(HARD), st.text(st.characters()))
@example("某市\x85发改委", "")
@example("某市\ud800发改委", "\x00")
def test_whatever_an_agency_is_called_the_entry_says_so(agency: str, title: str) -> None:
    found = probe(LISTING, [agency, agency, "乙"], title)
    written = write_yaml({"sources": [found.entry()]})
    steady = written.encode("utf-8", "backslashreplace").decode()
    meant = agency if agency.strip() else "乙"
    assert yaml.safe_load(steady)["sources"][0]["agency"] == meant
    assert yaml.safe_load(steady) == {"sources": [found.entry()]}
    assert steady.count("\n") == 5


@pytest.mark.parametrize(
    ("listing", "name"),
    [
        ("https://fzggw.cq.gov.cn/list/", "fzggw-cq-proposals"),
        ("http://[::1]:8080/", "1-proposals"),
        ("http://重庆.中国/", "source-proposals"),
        ("http://A_b.example.org/", "a-b-example-proposals"),
        ("http://127.0.0.1/", "127-0-proposals"),
    ],
)
def test_the_entry_is_one_that_a_configuration_takes(
    tmp_path: Path, listing: str, name: str
) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(write_yaml({"sources": [probe(listing, [None]).entry()]}), "utf-8")
    (source,) = load_config(file, {}).sources
    assert source.name == name
    assert (source.agency, source.listing) == ("？", listing)


@pytest.fixture
def replica() -> Replica:
    return Replica(compose(letters=8, suggestions=0))


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    """Return with what code a probe that waits for nothing ended, and what it said."""
    source = f"{{name: a, agency: b, kind: proposal, listing: '{LISTING}'}}"
    config = folder / "quick.yaml"
    config.write_text(f"sources: [{source}]\ncrawl: {{delay: 0, retries: 0}}\n", "utf-8")
    command = [*forked_fuhan(), "--config", str(config), "probe", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_only_the_entry_goes_to_stdout(replica: Replica, tmp_path: Path) -> None:
    with replica as served:
        served.faults.add(
            r"/t20\d+_",
            altered(lambda body: body.replace("提案".encode(), "提案: # '\"\\".encode())),
        )
        code, out, err = run(tmp_path, served.listing("proposal"))
        quiet = run(tmp_path, "-q", served.listing("proposal"))
    assert code == 0
    assert [*yaml.safe_load(out)] == ["sources"]
    assert out.splitlines()[0] == "sources:"
    assert out.splitlines()[1].startswith("  - name: 127-0-")
    assert "letters listed on the first pages" in err
    assert "number" in err
    assert quiet == (0, out, "")


def test_a_listing_that_can_not_be_watched_has_no_entry(replica: Replica, tmp_path: Path) -> None:
    with replica as served:
        served.faults.add("tagk_53512/$", status(503))
        code, out, err = run(tmp_path, "-q", served.listing("proposal"))
    assert (code, out) == (3, "")
    assert "can't be watched:\n" in err
    assert "HTTP 503" in err
