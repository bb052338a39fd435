"""Export the archive to files."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from fuhan.command import command
from fuhan.commands.options import StateOption
from fuhan.config.rules import web_address, without_secrets
from fuhan.context import CommandContext
from fuhan.errors import UsageError, naming
from fuhan.exports.files import export_files
from fuhan.terminal.streams import write_line
from letters.review import ReviewState
from review.site.site_folder import ForeignFileError
from review.site.write_site import SiteOptions, write_site
from storage.database.archive import Archive
from storage.queries import ChangeFilter


class ExportFormat(StrEnum):
    """How the archive is exported."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    XLSX = "xlsx"  # a row an edit
    SITE = "site"  # pages for everybody, of accepted changes
    WARC = "warc"  # the pages as served


_Folder = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="The folder to write to; it is made.")
]
_Format = Annotated[ExportFormat, typer.Option("--format", help="warc: the pages as served.")]
_Url = Annotated[
    str | None,
    typer.Option(
        "--url",
        metavar="URL",
        help="Of the folder on the web, with --format site: for its feed.",
        show_default=False,
    ),
]


@command("fuhan export -o out --format csv")
def export(
    context: CommandContext,
    output: _Folder,
    as_format: _Format = ExportFormat.JSONL,
    state: StateOption = None,
    url: _Url = None,
) -> None:
    """Write what is held to files.

    Letters, changes and crawls as CSV, JSON lines or Parquet; edits as a workbook (XLSX); the
    pages as served as a WARC; a public site of accepted changes, or those in another --state.
    """
    if state and as_format is ExportFormat.WARC:
        raise UsageError("--state: nobody decides on pages; expected another --format")
    address = _site_address(url, as_format) if url is not None else None
    with context.archive() as (config, archive):
        zone = ZoneInfo(config.timezone)
        if as_format is ExportFormat.SITE:
            options = SiteOptions(state or ReviewState.ACCEPTED, zone, address)
            _write_site(archive, output, options)
            return
        for path in export_files(archive, output, as_format, ChangeFilter(state=state), zone):
            write_line(str(path))


def _site_address(url: str, as_format: ExportFormat) -> str:
    """Return the address of a site's folder, with / at its end."""
    if as_format is not ExportFormat.SITE:
        raise UsageError("--url: only a site has one; expected --format site")
    try:
        web_address(url)
    except ValueError as error:
        raise UsageError(f"--url: {error}, found {without_secrets(url)!r}") from None
    if not url.isascii() or {"?", "#"} & set(url):
        raise UsageError(f"--url: expected the address of a folder in ASCII, found {url!r}")
    return url if url.endswith("/") else f"{url}/"


def _write_site(archive: Archive, folder: Path, options: SiteOptions) -> None:
    """Write the public site, and name the page that leads to all others."""
    try:
        with naming(folder):
            write_site(archive, folder, options)
    except ForeignFileError as error:
        raise UsageError(f"--output: {error}") from error
    write_line(str(folder / "index.html"))
