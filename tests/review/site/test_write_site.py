"""The public site: its links hold, nothing of a reviewer is in it, and it is made anew whole."""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from letters.review import Decision, ReviewState
from review.site import site_lists
from review.site.site_folder import MANIFEST, ForeignFileError, SiteFolder
from review.site.write_site import SiteOptions, write_site
from storage import queries
from storage.database.archive import Archive, open_archive
from storage.facts.reviews import add_review
from storage.queries import ChangeFilter
from tests.archive_copy import archive_url, copy_archive
from tests.review.atom_rules import assert_valid, grammar
from tests.review.conftest import ZONE

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
REVIEWER, NOTE, TAG = "评审员甲", "内部批注：问过经办人", "内部标签"
ATOM = "{http://www.w3.org/2005/Atom}"
OPTIONS = SiteOptions(ReviewState.ACCEPTED, ZONE)


@pytest.fixture(scope="module")
def decided(two_nights: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Return an archive in which all changes but two were accepted."""
    file = tmp_path_factory.mktemp("decided") / "fuhan.db"
    copy_archive(two_nights / "fuhan.db", file)
    with closing(open_archive(archive_url(file), create=False)) as archive:
        for change_id in ids(archive)[2:]:
            decide(archive, change_id, ReviewState.ACCEPTED)
        decide(archive, ids(archive)[0], ReviewState.DISMISSED)
        yield archive


@pytest.fixture(scope="module")
def site(decided: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(decided, folder, OPTIONS)
    return folder


def ids(archive: Archive) -> list[int]:
    with archive.reading() as connection:
        return [each.id for each in queries.changes(connection, ChangeFilter(baseline=False))]


def decide(archive: Archive, change_id: int, state: ReviewState) -> None:
    decision = Decision(state, NOTE, (TAG,))
    with archive.writing() as connection:
        add_review(connection, change_id, decision, REVIEWER, NOW)


def contents(folder: Path) -> dict[str, bytes]:
    files = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}


class PageLinks(HTMLParser):
    """What a page links, and the ids that it has."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        values = dict(attrs)
        self.links += [link for name in ("href", "src") if (link := values.get(name))]
        self.ids += [values["id"]] if values.get("id") else []


def broken_links(folder: Path) -> list[str]:
    """Return each link that leads to no file of the folder, or to no id of its page."""
    pages = {page: PageLinks(page) for page in folder.rglob("*.html")}
    return [
        f"{page.relative_to(folder)}: {link}"
        for page, read in pages.items()
        for link in read.links
        if not urlsplit(link).scheme and not _leads_somewhere(page, link, pages)
    ]


def _leads_somewhere(page: Path, link: str, pages: dict[Path, PageLinks]) -> bool:
    parts = urlsplit(link)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    is_there = target.is_file() and not link.startswith("/")
    return is_there and (not parts.fragment or parts.fragment in pages[target].ids)


def test_each_link_and_anchor_leads_somewhere(site: Path) -> None:
    assert len(list(site.rglob("*.html"))) > 40
    assert broken_links(site) == []


def test_a_link_that_leads_nowhere_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<a href="b.html">x</a><a href="#y">y</a><a href="/c">z</a>')
    assert broken_links(tmp_path) == ["a.html: b.html", "a.html: #y", "a.html: /c"]


def test_no_page_has_an_id_twice(site: Path) -> None:
    for page in site.rglob("*.html"):
        found = PageLinks(page).ids
        assert len(found) == len(set(found)), page


@pytest.mark.parametrize("word", [REVIEWER, NOTE, TAG, "reviewed_by", '"note":', '"tags":'])
def test_nothing_of_a_reviewer_is_in_any_file(site: Path, word: str) -> None:
    files = contents(site)
    escaped = json.dumps(word).strip('"')
    assert [
        name for name, body in files.items() if word.encode() in body or escaped.encode() in body
    ] == []


def test_each_accepted_change_has_a_page_in_both_languages(site: Path, decided: Archive) -> None:
    accepted = {f"{change_id}.html" for change_id in ids(decided)[2:]}
    for language in ("", "en"):
        assert {each.name for each in (site / language / "changes").iterdir()} == accepted


def test_each_language_is_whole(site: Path) -> None:
    chinese = {name for name in contents(site) if name.endswith((".html", ".atom"))}
    english = {name for name in chinese if name.startswith("en/")}
    assert {f"en/{name}" for name in chinese - english} == english
    for page in (site / "en").rglob("*.html"):
        assert '<html lang="en">' in page.read_text("utf-8")


def test_each_change_is_in_the_lists_of_its_month_source_and_categories(
    site: Path, decided: Archive
) -> None:
    with decided.reading() as connection:
        accepted = ChangeFilter(state=ReviewState.ACCEPTED, baseline=False)
        changes = list(queries.changes(connection, accepted))
    for change in changes:
        lists = [f"sources/{change.letter.source}", f"months/{change.detected_at:%Y-%m}"]
        lists += [f"categories/{edit.category.value}" for edit in change.edits]
        for name in lists:
            page = (site / f"{name}.html").read_text("utf-8")
            assert f'href="../changes/{change.id}.html"' in page


def test_the_evidence_is_the_page_as_served_and_nothing_that_runs(site: Path) -> None:
    pages = list((site / "evidence").iterdir())
    assert pages
    for page in pages:
        assert page.suffix == ".txt"
        assert hashlib.sha256(page.read_bytes()).hexdigest() == page.stem
    assert {each.suffix for each in site.rglob("*") if each.is_file()} == {
        *(".html", ".txt", ".atom", ".js", ".css", ".svg", ".jsonl")
    }


def test_only_the_search_may_run_a_script_and_none_stands_in_a_page(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        policy = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
        assert len(policy) == 1
        assert ("script-src 'self'" in policy[0]) is (page.name == "search.html")
        assert not re.search(r"<script(?![^>]* src=)|<style| style=| on\w+=", text)


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_feed_names_the_changes_as_the_service_does(site: Path, language: str) -> None:
    feed = ET.parse(site / f"{language}feed.atom").getroot()  # noqa: S314 - our own
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert (site / language / link.attrib["href"]).is_file()
        assert (entry.findtext(f"{ATOM}id") or "").startswith("urn:fuhan:demo:change:")
        assert entry.findtext(f"{ATOM}updated") == NOW.isoformat()


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_feed_of_a_site_whose_address_is_known_is_valid_anywhere(
    site: Path, decided: Archive, tmp_path: Path, language: str
) -> None:
    address = "https://example.org/letters/"
    write_site(decided, tmp_path, SiteOptions(ReviewState.ACCEPTED, ZONE, address))
    text = (tmp_path / f"{language}feed.atom").read_bytes()
    assert_valid(text)
    feed = ET.fromstring(text)  # noqa: S314 - our own
    assert feed.findtext(f"{ATOM}id") == f"{address}{language}feed.atom"
    for link in feed.iter(f"{ATOM}link"):
        assert link.attrib["href"].startswith(address)
        assert (tmp_path / link.attrib["href"].removeprefix(address)).is_file()
    # Of one whose address is not known, all but the links is the same.
    grammar().assertValid(etree.parse(site / f"{language}feed.atom"))
    assert changed_files(site, tmp_path) == {"feed.atom", "en/feed.atom"}


def changed_files(one: Path, other: Path) -> set[str]:
    names = {str(each.relative_to(one)) for each in one.rglob("*") if each.is_file()}
    return {name for name in names if (one / name).read_bytes() != (other / name).read_bytes()}


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_search_has_each_change_once(site: Path, decided: Archive, language: str) -> None:
    data = (site / f"{language}search-data.js").read_text("utf-8")
    lines = data.splitlines()
    assert (lines[0], lines[-1]) == ("window.fuhanChanges = [", "];")
    entries = [json.loads(line.removesuffix(",")) for line in lines[1:-1]]
    assert [each["id"] for each in entries] == ids(decided)[2:]


def test_the_same_archive_gives_the_same_bytes(
    site: Path, decided: Archive, tmp_path: Path
) -> None:
    write_site(decided, tmp_path, OPTIONS)
    assert contents(tmp_path) == contents(site)
    write_site(decided, tmp_path, OPTIONS)
    assert contents(tmp_path) == contents(site)


def test_a_list_of_many_changes_has_pages(
    decided: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_lists, "_ENTRIES", 3)
    write_site(decided, tmp_path, OPTIONS)
    assert (tmp_path / "sources" / "demo.2.html").is_file()
    assert broken_links(tmp_path) == []


@pytest.fixture
def own(two_nights: Path, tmp_path: Path) -> Iterator[Archive]:
    """Return an archive to decide in; nobody has yet."""
    copy_archive(two_nights / "fuhan.db", tmp_path / "fuhan.db")
    with closing(open_archive(archive_url(tmp_path / "fuhan.db"), create=False)) as archive:
        yield archive


def test_a_change_that_is_accepted_no_more_goes_and_other_files_stay(
    own: Archive, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    first, second, *_ = ids(own)
    for change_id in (first, second):
        decide(own, change_id, ReviewState.ACCEPTED)
    write_site(own, folder, OPTIONS)
    before = set(contents(folder))
    (folder / "changes" / "by-hand.html").write_text("mine")
    decide(own, first, ReviewState.DISMISSED)
    write_site(own, folder, OPTIONS)
    after = contents(folder)
    assert f"changes/{first}.html" in before - set(after)
    assert f"en/changes/{first}.html" in before - set(after)
    assert f"changes/{second}.html" in after
    assert after["changes/by-hand.html"] == b"mine"
    assert not [name for name, body in after.items() if f"changes/{first}.html".encode() in body]


def test_a_site_of_nothing_says_what_will_be_there(own: Archive, tmp_path: Path) -> None:
    assert write_site(own, tmp_path / "site", OPTIONS) == 0
    assert broken_links(tmp_path / "site") == []
    assert "还没有变更" in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "checked" not in (tmp_path / "site" / "en" / "index.html").read_text("utf-8")


def test_what_nobody_checked_is_not_said_to_be_checked(own: Archive, tmp_path: Path) -> None:
    assert write_site(own, tmp_path / "site", SiteOptions(ReviewState.OPEN, ZONE))
    assert "未经人工核实" in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_a_file_of_somebody_else_is_neither_replaced_nor_removed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(ForeignFileError):
        write_all(SiteFolder(tmp_path), "index.html")
    assert contents(tmp_path) == {"index.html": b"mine"}


def write_all(site_folder: SiteFolder, *paths: str) -> None:
    with site_folder.rewriting():
        for path in paths:
            site_folder.write(path, "text")


def test_what_a_cut_off_export_wrote_is_known_to_the_next(tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("mine")
    with pytest.raises(ForeignFileError):
        write_all(SiteFolder(tmp_path), "a.html", "mine.html")
    write_all(SiteFolder(tmp_path), "b.html")
    assert set(contents(tmp_path)) == {"b.html", "mine.html", MANIFEST}


@pytest.mark.parametrize("path", ["../kept.txt", "/etc/kept.txt", "a/../../kept.txt"])
def test_a_manifest_leads_out_of_no_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "kept.txt").write_text("mine")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / MANIFEST).write_text(f"{path}\n")
    with SiteFolder(folder).rewriting():
        pass
    assert (tmp_path / "kept.txt").read_text() == "mine"


def test_a_file_that_says_the_same_is_not_written_again(tmp_path: Path) -> None:
    written = []
    for _ in range(2):
        write_all(SiteFolder(tmp_path), "a.html")
        written.append((tmp_path / "a.html").stat().st_mtime_ns)
    assert written[0] == written[1]
