"""An archive, a service that sends alerts of it, and servers that say what arrived."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from multiprocessing import get_context
from os import environ
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select

from letters.subscription import Subscription
from storage.database.archive import Archive, open_archive
from storage.database.failpoint import VARIABLE
from storage.outbox.notices import waiting
from storage.schema.tables import outbox
from tests.crawler.record.source import LISTING, LONG, ComposedSource, page_of, url_of
from tests.review.alerts.servers import MailServer, Webhook, webhook

PLACES = ("before-commit", "after-commit")
_CHANNELS = ("steady", "shaky", "mail")
NUMBERS = [f"{number:04}" for number in range(1, 9)]
_SERVE = (sys.executable, "-P", "-m", "fuhan", "serve")
_PATIENCE = 120.0  # seconds
_CHANGE = re.compile(r"/changes/(\d+)\?")


class TrialError(Exception):
    """Raised where a change was lost, or announced twice."""


@dataclass
class Trials:
    """An archive, a service that sends of it, a mail server, and two webhooks.

    One of these refuses a message now and then.
    """

    folder: Path
    archive: Archive
    steady: Webhook
    shaky: Webhook
    mail: MailServer
    chance: Random
    command: Sequence[str] = _SERVE
    done: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)  # where services have died

    def __post_init__(self) -> None:
        self.source = ComposedSource(self.archive)
        self.figure = 700
        self.channels = tuple(map(Subscription, _CHANNELS))
        self.crawl(0)
        url = self.archive.url.render_as_string(hide_password=False)
        (self.folder / "config.yaml").write_text(
            f"database: {url}\nreview: {{port: 0, url: 'http://fuhan.example'}}\n"
            "sources:\n  - {name: proposals, agency: 某市, kind: proposal, "
            f"listing: '{LISTING}', schedule: {{every: 3000d}}}}\n"
            f"notify:\n  - {{name: steady, url: '{self.steady.address}'}}\n"
            f"  - {{name: shaky, url: '{self.shaky.address}'}}\n"
            f"  - {{name: mail, url: '{self.mail.address}'}}\n",
            "utf-8",
        )

    def crawl(self, edited: int) -> None:
        """Have a crawl see other figures in so many letters."""
        self.figure += 1
        changed = dict.fromkeys(self.chance.sample(NUMBERS, edited), self.figure)
        answers = {url_of(n): page_of(n, LONG.format(changed.get(n, 700))) for n in NUMBERS}
        self.source.crawl(answers, subscriptions=self.channels, mass=1)

    def crawl_killed(self, edited: int, failpoint: str) -> None:
        """Have a crawl see other figures, in a process that dies at a commit."""
        child = get_context("fork").Process(target=self._crawl_to_death, args=(edited, failpoint))
        child.start()
        child.join()
        self.done["crawls killed"] += child.exitcode == -signal.SIGKILL
        self.source.clock.at += timedelta(hours=1)
        self.figure += 1

    def _crawl_to_death(self, edited: int, failpoint: str) -> None:
        os.environ[VARIABLE] = failpoint
        url = self.archive.url.render_as_string(hide_password=False)
        with closing(open_archive(url, create=False)) as own:
            self.source.archive = own
            self.crawl(edited)

    def run(self, failpoint: str | None) -> None:
        """Run the service until nothing waits, or it is dead; then kill it."""
        environment = dict(environ) | ({VARIABLE: failpoint} if failpoint else {})
        with (self.folder / "log").open("ab") as log:
            service = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=environment,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
        end = time.monotonic() + _PATIENCE
        while service.poll() is None and self.waits() and time.monotonic() < end:
            self._shake()
            time.sleep(0.05)
        has_died = service.poll() == -signal.SIGKILL
        self.done["killed" if has_died else "killed at rest"] += 1
        if has_died:
            self.places[failpoint or "by somebody else"] += 1
        service.kill()
        service.wait()

    def _shake(self) -> None:
        """Have one webhook refuse now and then, never twice in a row: it would be left alone."""
        last = self.shaky.received[-1:]
        may_refuse = not last or last[0][2] == HTTPStatus.OK
        self.shaky.status = self.chance.choice([200, 200, 429, 500]) if may_refuse else 200

    def waits(self) -> bool:
        """Return whether anything waits to be sent."""
        with self.archive.reading() as connection:
            return bool(waiting(connection))

    def kill(self, failpoint: str) -> None:
        """Let letters be edited, and a service die at a commit."""
        self.crawl(self.chance.randint(1, 3))
        self.run(failpoint)

    def come_to_rest(self) -> None:
        """Send all that waits."""
        for _ in range(5):
            if self.waits():
                self.run(None)
        if self.waits():
            raise TrialError("something waits for ever")

    def check(self) -> None:
        """Raise TrialError where a change was lost, or announced in two messages.

        A message lists twenty changes and counts the others: which those are, the outbox knows.
        """
        news = {each.id for each in self.source.changes() if not each.baseline}
        for name in _CHANNELS:
            messages = self._confirmed(name)
            confirmed = dict(messages)
            listed = [int(each) for text in confirmed.values() for each in _CHANGE.findall(text)]
            if lost := news - self._sent_in(name, confirmed):
                raise TrialError(f"{name}: not announced: {sorted(lost)}")
            if twice := [each for each, count in Counter(listed).items() if count > 1]:
                raise TrialError(f"{name}: announced twice: {twice}")
            again = len(messages) - len(confirmed)
            self.done[f"confirmed again under its key by {name}"] = again
        self.done["changes"] = len(news)

    def _confirmed(self, name: str) -> list[tuple[str, str]]:
        """Return key and text of each message that a channel confirmed."""
        if name == "mail":
            return [(each["X-Fuhan-Message"], _text_of(each)) for each in self.mail.mails]
        hook = self.steady if name == "steady" else self.shaky
        return [(key, text["message"]) for key, text, code in hook.received if code == 200]

    def _sent_in(self, channel: str, keys: Collection[str]) -> set[int]:
        """Return the changes that were sent to a channel in the messages of some keys."""
        sent = select(outbox.c.change_id).where(
            outbox.c.channel == channel, outbox.c.message.in_(keys), outbox.c.sent_at.is_not(None)
        )
        with self.archive.reading() as connection:
            return set(connection.execute(sent).scalars())


def _text_of(mail: Any) -> str:
    text: str = mail.get_body(("plain",)).get_content()
    return text


@contextmanager
def trials(folder: Path, url: str, seed: int = 1) -> Iterator[Trials]:
    """Yield trials in a folder with an archive at `url`."""
    with (
        closing(open_archive(url, create=True)) as archive,
        webhook() as steady,
        webhook() as shaky,
        MailServer().serving() as mail,
    ):
        yield Trials(folder, archive, steady, shaky, mail, Random(seed))
