"""What a crawl imports, or compiles, only while it runs: done before, for forked crawls."""

import re
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module

from scrapy.settings import Settings

from crawler.http.scrapy_settings import settings
from crawler.job import Source
from letters.late_pattern import compile_late_patterns
from letters.letter import Kind

_LATE = (
    "alembic.command",
    "alembic.config",
    "differ.comparison",
    "encodings.charmap",
    "encodings.gb18030",
    "encodings.idna",
    "encodings.utf_8_sig",
    "scrapy.core.downloader.handlers.http11",
    "sqlalchemy.dialects.sqlite",
    "twisted.internet.endpoints",
    "twisted.internet.stdio",
)
_OPTIONAL = ("sqlalchemy.dialects.postgresql.psycopg", "psycopg")
_CLASS = re.compile(r"(scrapy|twisted|crawler)(\.\w+)+")
_CHAINS = ("DOWNLOADER_MIDDLEWARES",)


def import_late() -> None:
    """Import what is no module's import, and compile; nothing is begun by it."""
    for name in (*_LATE, *_named_by_settings()):
        import_module(name)
    compile_late_patterns()
    with suppress(ImportError):  # an extra: without it no archive is in PostgreSQL
        for name in _OPTIONAL:
            import_module(name)


def _named_by_settings() -> Iterator[str]:
    """Yield the modules of the classes that Scrapy's settings name for any crawl."""
    source = Source("any", "", Kind.PROPOSAL, "http://127.0.0.1/")
    values = Settings(settings(source, {}))
    names = [*values.values(), *(name for chain in _CHAINS for name in values[chain])]
    for name in names:
        if isinstance(name, str) and _CLASS.fullmatch(name):
            yield name.rpartition(".")[0]
