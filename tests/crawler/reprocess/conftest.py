"""A composed source in an archive of its own."""

from tests.crawler.record.conftest import source

__all__ = ["source"]
