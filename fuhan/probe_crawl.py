"""Probe a listing by a small crawl into an archive of its own."""

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from crawler.job import CrawlJob, Politeness, Source
from fuhan.crawl_runner import run_crawl_now
from letters.crawl_record import Crawl, CrawlOutcome
from letters.letter import Kind
from letters.letter_record import LetterRecord
from storage import queries
from storage.database.archive import read_archive

LETTERS = 5  # read to show what would be read
PAGES = 2  # of the directory, to see that its pager leads on
DEADLINE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """The crawl of a listing, and whether it can be watched."""

    listing: str
    crawl: Crawl
    letters: tuple[LetterRecord, ...]  # the first few, as they would be read

    @property
    def is_watchable(self) -> bool:
        """Whether rows were found and a letter could be read."""
        return self.crawl.outcome is not CrawlOutcome.FAILED and bool(self.letters)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the listing can't be watched, a line each; empty where it can."""
        if self.is_watchable:
            return ()
        reasons = [f"{error.url}: {error.reason}" for error in self.crawl.errors]
        return tuple(reasons) or (f"{self.listing}: none of its rows could be read as a letter",)

    def entry(self) -> dict[str, str]:
        """Return the entry for `sources:` in config.yaml that watches the listing."""
        agency = self._most([record.letter.agency for record in self.letters]) or "？"
        titles = "".join(record.letter.title for record in self.letters)
        suggestions = titles.count("建议的") + titles.count("号建议") + titles.count("人大")
        proposals = titles.count("提案") + titles.count("政协")
        kind = Kind.SUGGESTION if suggestions > proposals else Kind.PROPOSAL
        host = (urlsplit(self.listing).hostname or "").split(".")
        words = re.findall("[a-z0-9]+", "-".join(host[:2])) or ["source"]
        return {
            "name": "-".join([*words, f"{kind.value}s"]),
            "agency": agency,
            "kind": kind.value,
            "listing": self.listing,
        }

    @staticmethod
    def _most(names: Sequence[str | None]) -> str | None:
        counted = Counter(name for name in names if name and name.strip()).most_common(1)
        return counted[0][0] if counted else None


def probe_listing(command: Sequence[str], listing: str, politeness: Politeness) -> ProbeResult:
    """Read the first pages of `listing` and a few of its letters, and keep nothing.

    `command` runs one crawl in a process of its own. Raises FuhanError when that
    process breaks down.
    """
    with TemporaryDirectory(prefix="fuhan-probe-") as folder:
        database = f"sqlite:///{Path(folder) / 'probe.db'}"
        source = Source("probe", "", Kind.PROPOSAL, listing, politeness=politeness)
        job = CrawlJob(database, source, limit=LETTERS, pages=PAGES)
        crawl = run_crawl_now(command, job, DEADLINE)
        with closing(read_archive(database)) as archive, archive.reading() as connection:
            letters = tuple(queries.letters(connection, queries.LetterFilter()))
    return ProbeResult(listing, crawl, letters)
