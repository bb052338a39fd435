"""What commands need to use the queue: its database, and its library where that is installed."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from fuhan.config.sections import Config
from fuhan.errors import ConfigError


def queue_url(config: Config) -> str:
    """Return where the queue is; raise ConfigError where there is none."""
    if config.queue is None:
        raise ConfigError("queue: expected the URL of a PostgreSQL database, found null")
    return config.queue


def queue_wiring() -> Any:
    """Return the module that needs Procrastinate; raise ConfigError where there is none."""
    if find_spec("procrastinate") is None:
        raise ConfigError("queue: expected the extra fuhan[queue] to be installed for it")
    return import_module("fuhan.queue_wiring")
