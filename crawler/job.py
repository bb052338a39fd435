"""The unit of work: crawl one source once. One line of JSON takes it to its process."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from letters.change import Significance
from letters.letter import Kind
from letters.subscription import Subscription, subscription_from_json

EXIT_BUSY = 75  # of a crawl's process while another one crawls its source: EX_TEMPFAIL

AUTO = "auto"  # the family of a site is recognised from its pages
BROWSER = "browser"  # its list pages are rendered in a browser


@dataclass(frozen=True, slots=True)
class Politeness:
    """How politely one host is asked. Times in seconds, sizes in bytes of the decoded body."""

    delay: float = 1.0
    concurrency: int = 2
    timeout: float = 30.0
    retries: int = 3
    max_page: int = 8 * 1024 * 1024
    user_agent: str = "fuhan (+https://example.org/contact)"
    obey_robots: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)  # sent with each request
    proxy: str | None = None  # None: the environment's
    ca: str | None = None  # a PEM file, believed beside the system's
    tls: str = "modern"  # or legacy: with servers that speak nothing newer
    max_file: int = 64 * 1024 * 1024  # of an attachment


@dataclass(frozen=True, slots=True)
class Source:
    """One disclosure directory and how it is watched."""

    name: str
    agency: str
    kind: Kind
    listing: str  # URL of the directory's first page
    site: str = AUTO  # name of a site family
    revisits: int | None = 200  # known letters a crawl may visit again; None: all
    sweep: float = 7 * 86400.0  # seconds within which each known letter is visited, whatever that
    politeness: Politeness = Politeness()


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """One crawl to be run in a process of its own."""

    database: str
    source: Source
    mass: float = 0.5  # share of a source changed in one crawl beyond which changes are held
    confirm: int = 2  # crawls that must agree before a letter is called withdrawn or delisted
    new_letters: Significance = Significance.MINOR  # weight of a letter that is published
    full: bool = False  # visit every known letter, unconditionally
    limit: int | None = None  # letters to visit at most
    urls: tuple[str, ...] = ()  # visit these letters only, without reading the directory
    alone_on_host: bool = False  # not beside another crawl that must be alone there, too
    creates: bool = True  # a database that is not there yet; a service's must be there
    subscriptions: tuple[Subscription, ...] = ()  # who is alerted to the source's changes

    def to_line(self) -> str:
        """Return the job as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_line(cls, line: str) -> "CrawlJob":
        """Return the job that `to_line` wrote."""
        values: dict[str, Any] = json.loads(line)
        source = values["source"]
        source["kind"] = Kind(source["kind"])
        source["politeness"] = Politeness(**source["politeness"])
        values["new_letters"] = Significance(values["new_letters"])
        values["urls"] = tuple(values["urls"])
        values["subscriptions"] = tuple(map(subscription_from_json, values["subscriptions"]))
        return cls(**values | {"source": Source(**source)})
