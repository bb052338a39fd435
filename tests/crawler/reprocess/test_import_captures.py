"""Captures that were made elsewhere: earlier versions with their windows, apart from our visits."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from crawler.http.snapshot import Snapshot
from crawler.http.warc_file import captures, file_digest
from crawler.reprocess.import_captures import CaptureFile, Imported, import_captures
from fuhan.archive_audit import audit
from letters.change import Change
from storage import queries
from storage.facts.evidence import lock_evidence, store_evidence
from storage.facts.imports import ImportedFile
from storage.schema.tables import evidence
from tests.archive_copy import on_postgresql
from tests.crawler.record.source import GONE, LONG, ComposedSource, page_of, url_of
from tests.crawler.reprocess.warc import Recorded, write_warc

URL, OTHER = url_of("0001"), url_of("0002")
NOW = datetime(2026, 12, 1, tzinfo=UTC)
OURS = LONG.format(800)  # what fuhan itself saw first


def page(places: int) -> str:
    return page_of("0001", LONG.format(places))


@pytest.fixture
def bring(source: ComposedSource, tmp_path: Path) -> Any:
    """Return what imports captures of the letter, given as time and page, from one file."""

    def run(*captured: tuple[str, str], url: str = URL, name: str = "a.warc.gz") -> Imported:
        records = [Recorded(url, at, body) for at, body in captured]
        path = write_warc(tmp_path / name, records)
        file = ImportedFile(path.name, file_digest(path))
        files = [CaptureFile(file, captures(path, 1 << 20))]
        return import_captures(source.archive, source.job, files, NOW)

    return run


def versions(source: ComposedSource) -> list[tuple[int, str, str]]:
    """Return number, cause and day of each version of the letter."""
    with source.archive.reading() as connection:
        return [
            (each.number, each.cause.value, each.seen_at.date().isoformat())
            for each in queries.versions(connection, 1)
        ]


def edits(source: ComposedSource) -> list[tuple[str | None, str, list[tuple[str, str]]]]:
    """Return window and edits of each edited change, in order of their windows."""

    def shown(change: Change) -> Any:
        window, after = change.window, change.window.after
        days = after and after.date().isoformat(), window.before.date().isoformat()
        return (*days, [(each.old, each.new) for each in change.edits])

    changes = [each for each in source.changes() if each.kind.value == "edited"]
    return [shown(each) for each in sorted(changes, key=lambda each: each.window.before)]


THREE = [
    ("2021-03-01T00:00:00Z", page(500)),
    ("2022-05-01T00:00:00Z", page(600)),
    ("2023-07-01T00:00:00Z", page(700)),
]


def test_older_captures_of_a_known_letter_are_versions_before_the_first(
    source: ComposedSource, bring: Any
) -> None:
    source.crawl({URL: page(800), OTHER: page_of("0002")})
    done = bring(*THREE)
    assert (done.captures, done.versions, done.changes) == (3, 3, 3)
    assert versions(source) == [
        (-2, "import", "2021-03-01"),
        (-1, "import", "2022-05-01"),
        (0, "import", "2023-07-01"),
        (1, "publisher", "2026-11-24"),
    ]
    assert edits(source) == [
        ("2021-03-01", "2022-05-01", [("500", "600")]),
        ("2022-05-01", "2023-07-01", [("600", "700")]),
        ("2023-07-01", "2026-11-24", [("700", "800")]),
    ]
    assert source.letters()[0].versions == 4
    assert audit(source.archive).damages == []


def test_captures_that_say_the_same_widen_no_window(source: ComposedSource, bring: Any) -> None:
    source.crawl({URL: page(800)})
    done = bring(
        ("2021-03-01T00:00:00Z", page(500)),
        ("2022-01-01T00:00:00Z", page(500)),
        ("2022-02-01T00:00:00Z", page(800)),
        ("2023-07-01T00:00:00Z", page(800)),
    )
    assert (done.captures, done.versions) == (4, 1)
    assert edits(source) == [("2022-01-01", "2022-02-01", [("500", "800")])]
    assert audit(source.archive).damages == []


def test_a_crawl_goes_on_as_if_nothing_had_been_imported(
    source: ComposedSource, bring: Any
) -> None:
    source.crawl({URL: page(800)})
    bring(*THREE)
    before = source.clock.at
    source.crawl({URL: page(900)})
    (change,) = (each for each in source.changes() if each.to_version == 2)
    assert (change.from_version, change.to_version) == (1, 2)
    assert change.window.after is not None
    assert change.window.after < before < change.window.before
    assert audit(source.archive).damages == []


def test_a_capture_between_two_crawls_narrows_no_window(
    source: ComposedSource, bring: Any
) -> None:
    source.crawl({URL: page(800)})
    source.clock.at = datetime(2026, 11, 28, tzinfo=UTC)
    source.crawl({URL: page(900)})
    bring(
        ("2026-11-26T00:00:00Z", page(900)),
        ("2026-11-27T00:00:00Z", page(850)),
    )
    assert edits(source) == [("2026-11-24", "2026-11-28", [("800", "900")])]
    assert versions(source)[0] == (0, "import", "2026-11-27")
    assert audit(source.archive).damages == []


def test_a_letter_that_fuhan_never_saw_begins_with_its_oldest_capture(
    source: ComposedSource, bring: Any
) -> None:
    bring(*THREE)
    assert [number for number, *_ in versions(source)] == [1, 2, 3]
    assert [each.baseline for each in source.changes()] == [True, False, False]
    assert audit(source.archive).damages == []
    source.crawl({URL: page(800)})
    assert edits(source)[-1] == ("2023-07-01", "2026-11-24", [("700", "800")])
    assert audit(source.archive).damages == []


def test_captures_come_in_any_order_of_files(source: ComposedSource, bring: Any) -> None:
    for number, captured in enumerate((THREE[1], THREE[2], THREE[0])):
        bring(captured, name=f"{number}.warc")
    assert versions(source) == [
        (0, "import", "2021-03-01"),
        (1, "import", "2022-05-01"),
        (2, "import", "2023-07-01"),
    ]
    assert len(edits(source)) == 2
    assert audit(source.archive).damages == []


@pytest.mark.parametrize("listed", [[URL, OTHER], [OTHER]], ids=["on record", "not on record"])
def test_a_capture_between_imported_ones_splits_their_edit(
    source: ComposedSource, bring: Any, listed: list[str]
) -> None:
    served = {URL: page(800), OTHER: page_of("0002")}
    source.crawl({url: served[url] for url in listed})
    bring(THREE[0], THREE[2], name="a.warc")
    done = bring(THREE[1], name="b.warc")
    assert (done.versions, done.changes) == (1, 1)
    assert edits(source)[:2] == [
        ("2021-03-01", "2022-05-01", [("500", "600")]),
        ("2022-05-01", "2023-07-01", [("600", "700")]),
    ]
    assert audit(source.archive).damages == []


def test_a_capture_between_imported_ones_narrows_their_window(
    source: ComposedSource, bring: Any
) -> None:
    source.crawl({URL: page(800)})
    bring(THREE[0], THREE[2], name="a.warc")
    bring(("2021-09-01T00:00:00Z", page(500)), name="b.warc")
    bring(("2022-09-01T00:00:00Z", page(700)), name="c.warc")
    bring(("2024-09-01T00:00:00Z", page(700)), name="d.warc")
    assert edits(source) == [
        ("2021-09-01", "2022-09-01", [("500", "700")]),
        ("2024-09-01", "2026-11-24", [("700", "800")]),
    ]
    assert len(versions(source)) == 3
    assert audit(source.archive).damages == []


def test_a_text_that_came_and_went_again_between_imported_ones_is_told(
    source: ComposedSource, bring: Any
) -> None:
    source.crawl({URL: page(800)})
    bring(THREE[0], THREE[2], name="a.warc")
    bring(("2022-05-01T00:00:00Z", page(800)), name="b.warc")
    assert edits(source)[:2] == [
        ("2021-03-01", "2022-05-01", [("500", "800")]),
        ("2022-05-01", "2023-07-01", [("800", "700")]),
    ]
    assert audit(source.archive).damages == []


def test_what_a_crawl_of_our_own_recorded_stays_as_it_was(
    source: ComposedSource, bring: Any
) -> None:
    bring(THREE[0])
    source.crawl({URL: page(800)})
    recorded = edits(source)
    bring(THREE[1], name="b.warc")
    assert edits(source) == recorded
    assert audit(source.archive).damages == []


def test_a_letter_that_only_captures_show_is_withdrawn_when_crawls_find_it_gone(
    source: ComposedSource, bring: Any
) -> None:
    source.crawl({OTHER: page_of("0002")})
    bring(*THREE)
    for _ in range(2):
        source.crawl({OTHER: page_of("0002"), URL: GONE}, [OTHER])
    (change,) = (each for each in source.changes() if each.kind.value == "withdrawn")
    after = change.window.after
    assert after is not None
    assert after.date().isoformat() == "2023-07-01"
    assert audit(source.archive).damages == []


def test_the_same_file_and_the_same_capture_add_nothing(
    source: ComposedSource, bring: Any
) -> None:
    source.crawl({URL: page(800)})
    bring(*THREE)
    before = versions(source), edits(source)
    assert (bring(*THREE).captures, bring(*THREE, name="b.warc").captures) == (0, 0)
    assert (versions(source), edits(source)) == before
    assert audit(source.archive).damages == []


def test_another_letter_at_the_address_is_kept_and_is_no_version(
    source: ComposedSource, bring: Any
) -> None:
    source.crawl({URL: page(800)})
    another = page_of("0009", LONG.format(9).replace("停车场", "养老院"))
    bring(("2021-03-01T00:00:00Z", another))
    assert len(versions(source)) == 1
    assert audit(source.archive).damages == []


def test_a_capture_whose_body_is_in_an_element_that_nobody_knows_is_no_version(
    source: ComposedSource, bring: Any
) -> None:
    """What differs then may be what is around the text: no edit is taken from it."""
    source.crawl({URL: page(800)})
    elsewhere = page(500).replace('class="TRS_Editor"', 'class="detail"')
    assert bring(("2021-03-01T00:00:00Z", elsewhere)).versions == 0
    assert len(versions(source)) == 1
    assert audit(source.archive).damages == []


@pytest.mark.parametrize(
    ("at", "body", "reason"),
    [
        pytest.param("2027-01-01T00:00:00Z", page(500), "in the future", id="of the future"),
        pytest.param("1970-01-01T00:00:00Z", page(500), "before any such letter", id="of 1970"),
        pytest.param("2021-03-01T00:00:00Z", "<p>404 Not Found</p>", "", id="no letter"),
        pytest.param(
            "2021-03-01T00:00:00Z",
            page(500).replace("</html>", "").replace("</body>", "").replace("</div>", ""),
            "truncated",
            id="cut off",
        ),
    ],
)
def test_a_capture_of_a_known_letter_that_is_not_read_is_named(
    source: ComposedSource, bring: Any, at: str, body: str, reason: str
) -> None:
    source.crawl({URL: page(800)})
    done = bring((at, body))
    assert [each.url for each in done.skipped] == [URL]
    assert reason in done.skipped[0].reason
    assert done.captures == 0


def test_two_texts_of_one_moment_make_no_edit_between_them(
    source: ComposedSource, bring: Any
) -> None:
    source.crawl({URL: page(800)})
    done = bring(("2021-03-01T00:00:00Z", page(500)), ("2021-03-01T00:00:00Z", page(600)))
    assert [each.reason for each in done.skipped] == [
        "another text was captured at the same moment"
    ]
    assert edits(source) == [("2021-03-01", "2026-11-24", [("500", "800")])]


def test_pages_that_are_no_letters_on_record_are_only_counted(
    source: ComposedSource, bring: Any
) -> None:
    source.crawl({URL: page(800)})
    home = "<html><body><h1>某市发展改革委</h1></body></html>"
    done = bring(("2021-03-01T00:00:00Z", home), url="http://gov.example/")
    assert (done.others, done.skipped) == (1, [])
    other_site = bring(("2021-03-01T00:00:00Z", page(5)), url="http://b.example/t20220617_1.html")
    assert (other_site.others, other_site.captures) == (1, 0)


def many(count: int) -> Iterator[Snapshot]:
    """Yield so many captures of the letter, each a day later and of another text."""
    for number in range(count):
        at, body = datetime(2021, 3, 1, tzinfo=UTC) + timedelta(days=number), page(500 + number)
        yield Snapshot(URL, URL, 200, {"content-type": "text/html"}, body.encode(), at)


def test_who_else_writes_meanwhile_waits_for_no_whole_import(source: ComposedSource) -> None:
    def captured() -> Iterator[Snapshot]:
        for number, each in enumerate(many(40)):
            yield each
            with source.archive.writing() as other:
                if on_postgresql():
                    other.exec_driver_sql("SET LOCAL lock_timeout = '60s'")  # else it would hang
                lock_evidence(other)
                store_evidence(other, b"%d" % number)

    file = CaptureFile(ImportedFile("a.warc", "a"), captured())
    done = import_captures(source.archive, source.job, [file], NOW)
    assert (done.captures, done.versions) == (40, 40)
    assert pieces(source) == 80
    assert audit(source.archive).damages == []


def test_an_import_that_is_broken_off_records_nothing_and_the_next_one_all(
    source: ComposedSource,
) -> None:
    def broken_off() -> Iterator[Snapshot]:
        yield from many(40)
        raise KeyboardInterrupt

    file = ImportedFile("a.warc", "a")
    with pytest.raises(KeyboardInterrupt):
        import_captures(source.archive, source.job, [CaptureFile(file, broken_off())], NOW)
    assert pieces(source) > 0
    assert source.letters() == []
    assert audit(source.archive).damages == []
    done = import_captures(source.archive, source.job, [CaptureFile(file, many(40))], NOW)
    assert (done.captures, done.versions, done.known) == (40, 40, 0)
    assert pieces(source) == 40
    assert audit(source.archive).damages == []


def pieces(source: ComposedSource) -> int:
    """Return how many pieces of evidence are stored."""
    with source.archive.reading() as connection:
        return connection.execute(select(func.count()).select_from(evidence)).scalar_one()
