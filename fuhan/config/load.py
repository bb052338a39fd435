"""Locate the configuration file and read it into one frozen value."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from crawler.http.proxies import InvalidProxyError, choose_proxies
from crawler.job import Politeness
from fuhan.config.database_url import file_problem, folder_problem
from fuhan.config.environment import VariableError, override
from fuhan.config.messages import Origins, error_lines
from fuhan.config.sections import Config
from fuhan.config.yaml_text import Located, YamlError, read_yaml
from fuhan.crawl_jobs import politeness
from fuhan.errors import ConfigError
from fuhan.terminal.encoding import text_problem

_SQLITE = "sqlite:///"


def find_config(given: Path | None, variables: Mapping[str, str] = os.environ) -> Path:
    """Return the file to read: the one given, else $FUHAN_CONFIG, else ./config.yaml."""
    return given or Path(variables.get("FUHAN_CONFIG") or "config.yaml")


def load_config(
    file: Path,
    variables: Mapping[str, str] = os.environ,
    *,
    serving: bool = False,
    fetching: bool = False,
) -> Config:
    """Return the configuration of `file` with what `variables` override.

    A relative path in it is relative to the file. With `fetching`, what a crawl can't do
    without is refused where it is missing; with `serving` also what `fuhan serve` would refuse.
    Raises ConfigError with a line for each mistake.
    """
    fetching |= serving
    located = _read(file)
    values = located.values if located.values is not None else {}
    if not isinstance(values, dict):
        raise ConfigError(f"{file}:1: expected keys such as sources:, found something else")
    try:
        variables_of = override(values, variables)
    except VariableError as error:
        raise ConfigError(*error.mistakes) from None
    origins = Origins(str(file), located.lines, variables_of)
    try:
        context = {"serving": serving, "fetching": fetching, "folder": file.absolute().parent}
        config = Config.model_validate(values, context=context)
    except ValidationError as error:
        raise ConfigError(*error_lines(error, origins)) from None
    config = config.model_copy(update=_beside(file, config))
    if fetching:
        for source in config.sources:
            refuse_proxies(politeness(config.crawl, source), source.listing, variables)
    if serving and (problem := file_problem(config.database)):
        raise ConfigError(f"{origins.place(('database',))}: database: {problem}")
    if serving and config.backup.every and (problem := folder_problem(config.backup.folder)):
        raise ConfigError(f"{origins.place(('backup', 'folder'))}: backup.folder: {problem}")
    return config


def refuse_proxies(requests: Politeness, listing: str, variables: Mapping[str, str]) -> None:
    """Raise ConfigError where the environment names a proxy that can't be used."""
    try:
        choose_proxies(requests.proxy, listing, variables)
    except InvalidProxyError as error:
        raise ConfigError(str(error)) from None


def _read(file: Path) -> Located:
    if problem := text_problem(str(file.absolute())):
        raise ConfigError(f"the configuration's path: {problem}")
    try:
        return read_yaml(file.read_text("utf-8-sig"))
    except FileNotFoundError:
        hint = "give --config PATH, set FUHAN_CONFIG or write ./config.yaml"
        raise ConfigError(f"{file}: no such file ({hint})") from None
    except OSError as error:
        raise ConfigError(f"{file}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: expected UTF-8") from None
    except YamlError as error:
        place = f"{file}:{error.line}" if error.line else file
        raise ConfigError(f"{place}: {error}") from None


def _beside(file: Path, config: Config) -> dict[str, Any]:
    """Return the paths of `config` that are relative to `file` as whole ones."""
    here = file.absolute().parent
    backup = config.backup.model_copy(update={"folder": str(here / config.backup.folder)})
    if not config.database.startswith(_SQLITE):
        return {"backup": backup}
    path, question, query = config.database.removeprefix(_SQLITE).partition("?")
    return {"backup": backup, "database": f"{_SQLITE}{here / path}{question}{query}"}
