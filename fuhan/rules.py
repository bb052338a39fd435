"""What single values of the configuration must be; each rule returns the value or says why not."""

import re
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.sites import FAMILIES
from letters.urls import is_web_address
from scheduler.cron import CronError, read_cron

_NAME = re.compile(r"[a-z0-9-]+")


def not_blank(text: str) -> str:
    """Return `text`, which must hold more than blanks."""
    if not text.strip():
        raise ValueError("expected text that is not empty")
    return text


def not_zero(duration: timedelta) -> timedelta:
    """Return `duration`, which must be longer than nothing."""
    if not duration:
        raise ValueError("expected a duration above 0")
    return duration


def source_name(name: str) -> str:
    """Return `name`, which must be usable in commands, URLs and file names."""
    if not _NAME.fullmatch(name):
        raise ValueError("expected a name of a-z, 0-9 and -")
    return name


def header_value(text: str) -> str:
    """Return `text`, which must fit into one HTTP header: printable ASCII."""
    if not (text.isascii() and text.isprintable()):
        raise ValueError("expected printable ASCII, as it is sent in a header")
    return text


def cron(expression: str) -> str:
    """Return `expression`, which must be a cron line of five fields."""
    try:
        read_cron(expression)
    except CronError as error:
        raise ValueError(str(error)) from None
    return expression


def time_zone(name: str) -> str:
    """Return `name`, which must be a time zone this machine knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("expected a time zone such as Asia/Shanghai") from None
    return name


def web_address(url: str) -> str:
    """Return `url`, which must name a page on some host by http or https."""
    if not is_web_address(url) or re.search(r"\s", url):
        raise ValueError("expected an http or https URL")
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise ValueError("expected a URL without a user name in it")
    return url


def site_family(name: str) -> str:
    """Return `name`, which must be a family of sites, or auto."""
    if name not in {"auto", *FAMILIES}:
        raise ValueError(f"expected one of auto, {', '.join(FAMILIES)}")
    return name


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
