"""A real directory with its letters: every field right or null, none wrong."""

import functools
import http.server
import json
import subprocess
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.directory.page import read_directory
from crawler.http.decoding import decode
from crawler.page.dom import Page
from crawler.page.reader import read_page
from letters.letter import Kind, Letter
from letters.text import squashed
from letters.urls import url_dated_on
from tests.python_server.command import forked_fuhan

DIRECTORY = "/zwgk/zdlyxxgk/yata/zxta/"


@pytest.fixture(scope="module")
def truths(real: Path) -> dict[int, dict[str, Any]]:
    lines = (real / "pingtan" / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return {truth["docid"]: truth for truth in map(json.loads, lines)}


@pytest.fixture(scope="module")
def letters(real: Path, truths: dict[int, dict[str, Any]]) -> dict[int, Letter]:
    return {
        docid: read_page(
            Page(decode((real / "pingtan" / truth["file"]).read_bytes(), ""), truth["url"]),
            Kind.PROPOSAL,
        )
        for docid, truth in truths.items()
    }


def _read(letter: Letter) -> dict[str, Any]:
    return {
        "title": letter.title,
        "number": letter.number and f"{letter.number}号提案",
        "session": letter.session,
        "addressees": list(letter.addressees) or None,
        "subject": letter.subject,
        "agency": letter.agency,
        "co_handlers": list(letter.co_handlers) or None,
        "feedback": letter.feedback,
        "published_on": letter.published_on and letter.published_on.isoformat(),
        "url_date": letter.url_dated_on and letter.url_dated_on.isoformat(),
        "signed_on_raw": letter.signed_on_raw,
        "contact": letter.contact,
        "phone": letter.phone,
        "attachments": [each.name for each in letter.attachments],
    }


def test_every_field_that_the_contract_has_is_read(
    letters: dict[int, Letter], truths: dict[int, dict[str, Any]]
) -> None:
    wrong = [
        (docid, name, value, truths[docid][name])
        for docid, letter in letters.items()
        for name, value in _read(letter).items()
        if squashed(str(value)) != squashed(str(truths[docid][name]))
    ]
    assert wrong == []


def test_the_whole_body_is_read_and_nothing_around_it(
    letters: dict[int, Letter], truths: dict[int, dict[str, Any]]
) -> None:
    for docid, letter in letters.items():
        text = squashed(letter.wording())
        assert text.startswith(squashed(truths[docid]["body_first30"]))
        assert text.endswith(squashed(truths[docid]["body_last30"]))
        assert len(text) == truths[docid]["body_text_chars_nows"]


def test_labels_with_inner_blanks_and_split_tags_are_read(
    letters: dict[int, Letter], truths: dict[int, dict[str, Any]]
) -> None:
    for docid, truth in truths.items():
        labels = letters[docid].labels
        if truth["split_handlers"]:
            assert labels["分办单位"] == "、".join(truth["split_handlers"])
        if truth["proposers"]:
            label = squashed(truth["proposer_label"])
            named = squashed(labels[label]).removesuffix("委员")
            assert named == "、".join(truth["proposers"])


def test_all_rows_are_listed_and_agree_with_the_pages_own_count(real: Path) -> None:
    html = (real / "pingtan" / "site" / DIRECTORY[1:] / "index.htm").read_text(encoding="utf-8")
    page = read_directory(html, f"https://www.pingtan.gov.cn{DIRECTORY}")
    assert (len(page.rows), page.documents, page.total_rows) == (59, 59, 59)
    before = [each for each in page.rows if _is_dated_before_its_url(each.url, each.listed_on)]
    assert len(before) == 52


def _is_dated_before_its_url(url: str, listed_on: date | None) -> bool:
    made_on = url_dated_on(url)
    return made_on is not None and listed_on is not None and listed_on < made_on


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def crawled(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("pingtan")
    handler = functools.partial(_Quiet, directory=str(real / "pingtan" / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        listing = f"http://127.0.0.1:{server.server_port}{DIRECTORY}"
        (folder / "config.yaml").write_text(
            "sources: [{name: pingtan, agency: 平潭综合实验区管委会, kind: proposal, "
            f"listing: '{listing}', delay: 0s}}]",
            encoding="utf-8",
        )

        def run(*words: str, code: int = 0) -> list[dict[str, Any]]:
            done = subprocess.run(
                [*forked_fuhan(), *words], cwd=folder, text=True, capture_output=True, check=False
            )
            assert done.returncode == code, done.stderr
            return [json.loads(line) for line in done.stdout.splitlines()]

        answers = {"crawls": [run("crawl", "--json", code=3)[0] for _ in range(3)]}
        answers["letters"] = run("letters", "--format", "jsonl")
        answers["changes"] = run("changes", "--baseline", "--format", "jsonl")
        server.shutdown()
        yield answers


def test_rows_without_a_page_are_listed_and_never_seen(crawled: dict[str, Any]) -> None:
    for crawl in crawled["crawls"]:
        assert (crawl["outcome"], crawl["listed"], crawl["fetched"]) == ("partial", 59, 17)
        assert len(crawl["errors"]) == 42
        assert all("never seen" in error["reason"] for error in crawl["errors"])
    assert [change["kind"] for change in crawled["changes"]] == ["published"] * 17
    assert {letter["form"] for letter in crawled["letters"]} == {"record", "summary"}


def test_two_copies_of_one_letter_are_twins(crawled: dict[str, Any]) -> None:
    by_docid = {letter["url"][-9:-4]: letter for letter in crawled["letters"]}
    one, other = by_docid["38157"], by_docid["38226"]
    assert one["twins"] == [other["id"]]
    assert other["twins"] == [one["id"]]
    assert (one["feedback"], other["feedback"]) == ("基本满意", "满意基本")
    assert all(not letter["twins"] for docid, letter in by_docid.items() if docid[:2] != "38")
