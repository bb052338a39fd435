"""Apprise, known here alone. Nothing that it says is passed on, as it may name secrets.

Importing this module loads Apprise with all its services: 50 MB and a quarter of a second.
"""

import logging
import re
import warnings
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Thread
from typing import Any

from apprise import Apprise, AppriseAsset, NotifyFormat
from apprise.common import OverflowMode
from apprise.manager_plugins import NotificationManager

from review.alerts.answer_headers import answering_host, forget_answers, retry_after
from review.alerts.failure_words import failure_words

log = logging.getLogger(__name__)

_KEY_HEADER = "X-Fuhan-Message"  # of mail and of webhooks
_PATIENCE = 90.0  # seconds for an answer; a message sent twice is worse than one sent late
_LIMIT = 60.0  # seconds for all of it, after which the message counts as not confirmed yet
_MARGIN = 100  # bytes, as some services put words around a message
_REFUSED = re.compile(r"SMTP recipient .* was refused: (\d{3})")  # while others were not
_NEVER = re.compile(r"answered 5\d\d")  # of a mail server (RFC 5321, 4.2.1)
# What writes addresses, tokens among them, into logs.
_TALKATIVE = ("apprise", "urllib3", "requests", "requests_oauthlib", "oauthlib")

for _name in _TALKATIVE:
    logging.getLogger(_name).propagate = False
    logging.getLogger(_name).addHandler(logging.NullHandler())
logging.getLogger("apprise").setLevel(logging.DEBUG)  # where it has what a mail server answered

with warnings.catch_warnings():  # of what some of its services import; all are loaded at once
    warnings.simplefilter("ignore", DeprecationWarning)
    Apprise.instantiate("json://localhost")


def is_known(url: str) -> bool:
    """Return whether Apprise can send to `url`."""
    return len(_apprise(url)) > 0


def schemes() -> list[str]:
    """Return with what URLs of the services may begin that Apprise knows."""
    known: list[str] = NotificationManager().schemas()  # type: ignore[no-untyped-call]
    return sorted(known)


@dataclass
class _Sending:
    """A message on its way, in a thread of its own."""

    url: str
    title: str
    body: str
    key: str
    taken: set[str]  # recipients who have it; more are added to it
    problem: str | None = None  # once the thread has ended: None where it was confirmed
    retry_after: timedelta | None = None  # for how long the service wants to be left alone
    thread: Thread = field(init=False)

    def __post_init__(self) -> None:
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        self.problem = "not accepted"
        forget_answers()
        self.problem = _send(self.url, self.title, self.body, self.key, self.taken)
        self.retry_after = retry_after()


class AppriseChannel:
    """One alert channel, by its Apprise URL."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._under_way: _Sending | None = None
        self._taken: tuple[str, set[str]] = "", set()  # a message's key, and who has it already
        self._retry_after: timedelta | None = None

    def retry_after(self) -> timedelta | None:
        """Return for how long the service wants to be left alone, by its last answer."""
        return self._retry_after

    def room(self) -> int:
        """Return how many bytes of UTF-8 a message may have; services count in various ways."""
        return int(_apprise(self._url)[0].body_maxlen) - _MARGIN

    def send(self, title: str, body: str, key: str) -> str | None:
        """Send a message; return None where that was confirmed, else why not, without secrets.

        One that is still under way is waited for again, and not sent a second time meanwhile.
        """
        under_way = self._under_way
        if under_way is None or (under_way.key != key and not under_way.thread.is_alive()):
            taken = self._taken[1] if self._taken[0] == key else set()
            self._taken = key, taken
            under_way = self._under_way = _Sending(self._url, title, body, key, taken)
        under_way.thread.join(_LIMIT)
        self._retry_after = None
        if under_way.thread.is_alive() or under_way.key != key:
            return "no answer"
        self._under_way = None
        self._retry_after = under_way.retry_after
        return under_way.problem


def _send(url: str, title: str, body: str, key: str, taken: set[str]) -> str | None:
    """Send a message to all recipients but those in `taken`, one by one; return why not to all.

    Where a mail server will never take it for some, it counts as confirmed once others have it:
    they would wait for all that comes later until somebody takes a closed mailbox out.
    """
    channel = _apprise(url)
    service = _prepared(channel[0], key)
    recipients = getattr(service, "targets", None)
    parts = [[each] for each in recipients] if isinstance(recipients, list) else []
    problems: list[str] = []
    for part in parts if parts[1:] else [recipients]:
        if str(part) in taken:
            continue
        if parts[1:]:
            service.targets = part
        answer = _notify(channel, title, body)
        if answer.is_taken:
            taken.add(str(part))
        if answer.problem:
            problems.append(answer.problem)
    is_mail = hasattr(service, "smtp_host")
    if problems and not (taken and is_mail and all(map(_NEVER.search, problems))):
        return problems[0]
    if problems:
        log.warning("alert %s: some recipients are refused: %s", key, problems[0])
    return None


def _prepared(service: Any, key: str) -> Any:
    """Return a service of Apprise that sends as it should a message of this key."""
    service.socket_read_timeout = max(service.socket_read_timeout, _PATIENCE)
    if hasattr(service, "smtp_host"):  # mail has this one for answers too
        service.socket_connect_timeout = max(service.socket_connect_timeout, _PATIENCE)
    service.redirects = False  # a message that is moved arrives without its text, or elsewhere
    service.overflow_mode = OverflowMode.TRUNCATE  # never two messages of one
    if isinstance(headers := getattr(service, "headers", None), dict):
        headers[_KEY_HEADER] = key
    return service


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of sending to a recipient."""

    problem: str | None  # None: confirmed
    is_taken: bool  # also where it was refused for ever to others, such as in cc


def _notify(channel: Apprise, title: str, body: str) -> _Answer:
    result = channel.notify(
        body=body, title=title, body_format=NotifyFormat.TEXT, log_level=logging.DEBUG
    )
    if result:
        return _Answer(None, is_taken=True)
    said = "\n".join(str(each) for each in result.logs())
    host = getattr(channel[0], "smtp_host", None) or answering_host()
    if refused := _REFUSED.findall(said):
        is_final = all(each.startswith("5") for each in refused)
        return _Answer(f"{host} answered {refused[0]}", is_taken=is_final)
    return _Answer(failure_words(said, host), is_taken=False)


def _apprise(url: str) -> Apprise:
    asset = AppriseAsset(
        app_id="fuhan",
        app_desc="fuhan",
        async_mode=False,
        secure_logging=True,
        service_timeout=0,  # else all channels share a few threads, which those that hang keep
    )
    channel = Apprise(asset=asset)
    channel.add(url)
    return channel
