"""The configured site says how a page is read; what another site reads in it is no edit."""

from dataclasses import replace

import pytest

from crawler.page.reader import PARSER, PageReader
from crawler.reprocess.reparse import reparse
from fuhan.archive_audit import audit
from letters.letter import Kind
from letters.letter_record import Cause
from storage import queries
from tests.crawler.record.source import ComposedSource, page_of, url_of

URL = url_of("0001")
SUMMARY = (
    "<p>内容摘要：本件答复停车场建设有关问题，含新增停车位、改造小区、投入资金等内容，详见全文。</p>"
    * 3
)
PAGE = page_of("0001").replace("</body>", f'<div id="zoom">{SUMMARY}</div></body>')


def versions(source: ComposedSource) -> list[tuple[str, str]]:
    """Return the cause and the parser of each version of the one letter, oldest first."""
    with source.archive.reading() as connection:
        return [(each.cause.value, each.parser) for each in queries.versions(connection, 1)]


def at_site(source: ComposedSource, site: str) -> None:
    source.job = replace(source.job, source=replace(source.job.source, site=site))


def test_what_another_site_reads_in_a_page_is_a_better_reading_and_no_edit(
    source: ComposedSource,
) -> None:
    source.crawl({URL: PAGE})
    at_site(source, "jcms")
    source.crawl({URL: PAGE})
    assert source.kinds() == []
    assert versions(source) == [("publisher", PARSER), ("reparse", f"{PARSER}/jcms")]
    source.crawl({URL: PAGE.replace("改造小区", "改造厂区")})
    assert source.kinds() == ["edited"]
    assert audit(source.archive).damages == []


def test_a_stored_page_that_the_site_says_nothing_of_waits_and_ends_no_crawl(
    source: ComposedSource,
) -> None:
    source.crawl({URL: page_of("0001")})
    at_site(source, "jcms")
    crawl = source.crawl({URL: page_of("0001")})
    assert [error.reason for error in crawl.errors] == ["body container missing"]
    (error,) = source.crawl({URL: PAGE}).errors
    assert error.reason == "the page of its last version is not read: body container missing"
    assert source.kinds() == []
    at_site(source, "auto")
    assert source.crawl({URL: page_of("0001")}).errors == ()


@pytest.mark.parametrize("site", ["jcms", "trs", "auto"])
def test_a_reparse_reads_stored_pages_as_the_site_says(source: ComposedSource, site: str) -> None:
    source.crawl({URL: PAGE})
    reparse(source.archive, "proposals", site, dry_run=False)
    label = PARSER if site == "auto" else f"{PARSER}/{site}"
    assert versions(source) == [(Cause.PUBLISHER.value, label)]
    assert audit(source.archive).damages == []


@pytest.mark.parametrize(
    ("label", "is_todays"),
    [
        pytest.param(PARSER, True, id="recognised from the page"),
        pytest.param(f"{PARSER}/jcms", True, id="of a family"),
        pytest.param("0", False, id="of another parser"),
        pytest.param("0/jcms", False, id="of another parser and a family"),
        pytest.param(f"{PARSER}/unknown", False, id="of a family that is not known"),
    ],
)
def test_a_version_is_read_again_by_the_reader_that_its_label_names(
    label: str,
    is_todays: bool,  # noqa: FBT001 - of a table
) -> None:
    reader = PageReader.of_label(Kind.PROPOSAL, label)
    assert (reader is not None) is is_todays
    assert reader is None or reader.label == label
