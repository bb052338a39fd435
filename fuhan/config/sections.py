"""The sections of the configuration: their keys, defaults and rules."""

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from fuhan.config import alert_rules, rules
from fuhan.config.database_url import database_url, queue_url
from fuhan.config.units import duration, flag, size
from fuhan.port import host_problem

Text = Annotated[str, AfterValidator(rules.not_blank)]
Pause = Annotated[timedelta, BeforeValidator(duration)]
Interval = Annotated[timedelta, BeforeValidator(duration), AfterValidator(rules.not_zero)]
Size = Annotated[int, BeforeValidator(size)]
Flag = Annotated[bool, BeforeValidator(flag)]
SIX_HOURS = timedelta(hours=6)  # a schedule's interval where it says none


# Kinds of errors raised in this package: their messages need no "found" after them.
CUSTOM_ERRORS = {
    "both",
    "database",
    "duplicate",
    "header",
    "jitter",
    "none",
    "nowhere",
    "open",
    "people",
    "proxy",
    "secret",
}


class Section(BaseModel):
    """A part of the configuration: never changed once read, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class CrawlSection(Section):
    """How politely a host is crawled (`crawl`); each key may also stand in a source."""

    delay: Pause = timedelta(seconds=1)  # between two requests to one host
    concurrency: Annotated[int, Field(ge=1, le=64)] = 2  # requests in flight to one host
    timeout: Interval = timedelta(seconds=30)
    retries: Annotated[int, Field(ge=0, le=20)] = 3
    max_page: Size = 8 * 2**20  # bytes of the decoded body
    user_agent: Annotated[Text, AfterValidator(rules.header_value)] = (
        "fuhan (+https://example.org/contact)"
    )
    obey_robots: Flag = True
    headers: Annotated[dict[str, str], BeforeValidator(rules.headers)] = {}
    proxy: Annotated[str | None, BeforeValidator(rules.proxy)] = None  # None: the environment's
    ca: Annotated[str | None, AfterValidator(rules.certificates)] = None  # a PEM file
    tls: Literal["modern", "legacy"] = "modern"
    max_file: Size = 64 * 2**20  # bytes of an attachment


class ScheduleSection(Section):
    """When a source is crawled: by interval or by cron, never both."""

    every: Interval | None = None
    cron: Annotated[str, AfterValidator(rules.cron)] | None = None
    jitter: Pause = timedelta(0)

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if self.every and self.cron:
            raise PydanticCustomError("both", "expected either every or cron, found both")
        if not self.cron and self.jitter > (self.every or SIX_HOURS):
            raise PydanticCustomError(
                "jitter", "expected at most as long as every", {"at": ("jitter",)}
            )
        return self


class SweepSection(Section):
    """How often every known letter is visited, whatever the revisit policy says."""

    every: Interval = timedelta(days=7)


class SourceSection(CrawlSection):
    """One disclosure directory to watch."""

    name: Annotated[str, AfterValidator(rules.source_name)]
    agency: Text
    kind: Literal["proposal", "suggestion"]
    listing: Annotated[str, AfterValidator(rules.web_address)]
    site: Annotated[Text, AfterValidator(rules.site_family)] = (
        "auto"  # a site family or an interface; auto recognises both from the pages
    )
    schedule: ScheduleSection = ScheduleSection(every=SIX_HOURS, jitter=timedelta(minutes=10))
    sweep: SweepSection = SweepSection()
    revisits: Annotated[int, Field(ge=0)] | None = 200  # None: all


class ReviewSection(Section):
    """Where and to whom the service shows its pages."""

    host: Text = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8321
    base: Annotated[str, AfterValidator(rules.base_path)] = "/"  # a proxy serves it there
    token: Text | None = None  # one for all
    people: Annotated[dict[str, str], BeforeValidator(rules.people)] = {}  # tokens by name
    trusted_header: Annotated[str, AfterValidator(rules.header_name)] | None = None
    hosts: tuple[Text, ...] = ()  # further Host headers that are answered
    cors: tuple[Annotated[str, AfterValidator(rules.origin)], ...] = ()  # may read API and feed
    url: Annotated[str, AfterValidator(rules.web_address)] | None = None  # for links in alerts

    @model_validator(mode="after")
    def _is_not_open_to_all(self, reader: ValidationInfo) -> Self:
        serving = isinstance(reader.context, dict) and reader.context.get("serving")
        is_open = not (self.token or self.people)
        if serving and not rules.is_loopback(self.host) and (is_open or self.trusted_header):
            raise PydanticCustomError(
                "open",
                "expected a loopback address, as {why}, found {found}",
                {"found": repr(self.host), "at": ("host",), "why": _WHY_LOOPBACK[is_open]},
            )
        if serving and (problem := host_problem(self.host)):
            raise PydanticCustomError(
                "nowhere",
                "expected an address of this machine, found {found}: {why}",
                {"found": repr(self.host), "why": problem, "at": ("host",)},
            )
        return self


_WHY_LOOPBACK = {
    True: "there is no review.token",
    False: "anybody who reaches another one can send review.trusted_header",
}


class NotificationSection(Section):
    """An alert channel: where alerts go, which changes they are of, and when they may come."""

    name: Annotated[str, AfterValidator(rules.source_name)] | None = None  # None: the URL's scheme
    url: Annotated[str, BeforeValidator(alert_rules.alert_url), Field(repr=False)]  # Apprise's
    significance: Literal["substantive", "minor", "cosmetic"] = "substantive"  # at least
    kinds: tuple[Annotated[str, AfterValidator(alert_rules.kind)], ...] = ()  # (): all
    categories: tuple[Annotated[str, AfterValidator(alert_rules.category)], ...] = ()
    sources: tuple[Text, ...] = ()
    words: tuple[Annotated[str, AfterValidator(alert_rules.word)], ...] = ()
    every: Pause = timedelta(0)  # a digest of so long; 0: at once
    quiet: Annotated[str, AfterValidator(alert_rules.quiet_hours)] | None = None
    language: Literal["zh", "en"] = "zh"

    @property
    def label(self) -> str:
        """The name of the channel."""
        return self.name or self.url.partition(":")[0].lower()


class BackupSection(Section):
    """The backups that the service makes by itself."""

    every: Annotated[Interval, AfterValidator(rules.at_least_a_minute)] | None = None  # None: none
    folder: Text = "backups"  # relative to the configuration's
    keep: Annotated[int, Field(ge=1)] = 14


class Config(Section):
    """The whole configuration, as docs/contract.md describes it."""

    database: Annotated[str, AfterValidator(database_url)] = "sqlite:///data/fuhan.db"
    timezone: Annotated[str, AfterValidator(rules.time_zone)] = "Asia/Shanghai"
    sources: tuple[SourceSection, ...]
    crawl: CrawlSection = CrawlSection()
    mass: Annotated[float, Field(gt=0, le=1)] = 0.5
    confirm: Annotated[int, Field(ge=1, le=100)] = 2
    new_letters: Literal["substantive", "minor", "cosmetic"] = "minor"
    review: ReviewSection = ReviewSection()
    notify: Annotated[tuple[NotificationSection, ...], BeforeValidator(alert_rules.entries)] = ()
    ping: Annotated[str | None, BeforeValidator(alert_rules.ping_url), Field(repr=False)] = None
    backup: BackupSection = BackupSection()
    queue: Annotated[str | None, AfterValidator(queue_url)] = None  # None: crawls run in serve

    @model_validator(mode="after")
    def _lets_workers_reach_the_archive(self) -> Self:
        if self.queue and self.database.startswith("sqlite:"):
            raise PydanticCustomError(
                "database",
                "expected null, as workers can't reach a database in a file: "
                "set database to a PostgreSQL URL too",
                {"at": ("queue",)},
            )
        return self

    @model_validator(mode="after")
    def _backs_up_a_file(self) -> Self:
        if self.backup.every and not self.database.startswith("sqlite:"):
            raise PydanticCustomError(
                "database",
                "expected null, as backups are copies of a database in a file: "
                "for PostgreSQL have pg_dump run",
                {"at": ("backup", "every")},
            )
        return self

    @field_validator("sources")
    @classmethod
    def _have_unique_names(cls, sources: tuple[SourceSection, ...]) -> tuple[SourceSection, ...]:
        if not sources:
            raise PydanticCustomError("none", "expected at least one source")
        names: set[str] = set()
        for place, source in enumerate(sources):
            if source.name in names:
                raise PydanticCustomError(
                    "duplicate",
                    "expected a name of its own, found {found} twice",
                    {"found": repr(source.name), "at": (place, "name")},
                )
            names.add(source.name)
        return sources

    @model_validator(mode="after")
    def _have_alert_channels_of_their_own(self) -> Self:
        alert_rules.refuse_same_labels([each.label for each in self.notify])
        return self
