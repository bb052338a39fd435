"""The replica itself: repeatable, noisy where it should be, and faulty on demand."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse

import pytest

from replica import faults
from replica.compose import compose
from replica.server import Replica


@pytest.fixture
def served() -> Iterator[Replica]:
    with Replica(compose(letters=50, suggestions=3)) as replica:
        yield replica


def _get(url: str, **headers: str) -> HTTPResponse:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    answer: HTTPResponse = urllib.request.urlopen(urllib.request.Request(url, headers=told))  # noqa: S310
    return answer


def _words(page: bytes) -> str:
    """Return the letter's words by the simplest means, which share nothing with the crawler."""
    article = page.decode().split('<div class="zwxl-article">')[1].split("<script")[0]
    text = re.sub(r"<[^>]+>", "", article)
    return re.sub(r"\s|&nbsp;|　", "", text)


def test_the_same_seed_composes_the_same_directory() -> None:
    assert compose(seed=3).documents == compose(seed=3).documents
    assert compose(seed=3).documents != compose(seed=4).documents


def test_every_letter_has_its_own_number_and_address() -> None:
    documents = compose(letters=1000).documents
    assert len({each.path for each in documents}) == 1012
    assert len({each.fields["number"] for each in documents if each.kind == "proposal"}) == 1000


def test_noise_changes_the_bytes_and_not_the_words(served: Replica) -> None:
    url = served.url + served.directory.documents[5].path
    first, second = _get(url).read(), _get(url).read()
    assert first != second
    assert _words(first) == _words(second)


def test_the_mobile_twin_says_the_same(served: Replica) -> None:
    url = served.url + served.directory.documents[5].path
    assert _words(_get(url).read()) == _words(_get(url.replace(".html", "_wap.html")).read())


def test_the_page_prints_what_the_truth_says(served: Replica) -> None:
    for each in served.directory.documents[:12]:
        words = _words(_get(served.url + each.path).read())
        told = [each.fields[name] for name in ("number", "phone", "reviewer") if each.fields[name]]
        assert each.form != "reply" or all(value in words for value in told)


def test_a_page_that_did_not_change_is_not_sent_again(served: Replica) -> None:
    url = served.url + served.directory.documents[5].path
    etag = _get(url).headers["ETag"]
    with pytest.raises(urllib.error.HTTPError) as told:
        _get(url, If_None_Match=etag)
    assert told.value.code == 304
    told.value.close()


def test_the_list_counts_its_rows_and_ends(served: Replica) -> None:
    page = _get(served.listing("proposal")).read().decode()
    assert "总记录：50" in page
    assert 'createPage(4, 0, "index", "html")' in page
    with pytest.raises(urllib.error.HTTPError) as told:
        _get(served.listing("proposal") + "index_4.html")
    told.value.close()


def test_a_night_does_what_its_truth_says(served: Replica) -> None:
    for truth in served.advance():
        if truth["kind"] != "edited" or "new" not in truth["edits"][0]:
            continue
        if truth["edits"][0]["field"] == "attachments":
            continue  # a file says it
        words = _words(_get(served.url + truth["path"]).read())
        new = truth["edits"][0]["new"]
        assert new is None or new in words


def test_a_fault_is_met_as_often_as_it_was_told(served: Replica) -> None:
    url = served.url + served.directory.documents[0].path
    served.faults.add(r"t2022", faults.status(503), times=1)
    with pytest.raises(urllib.error.HTTPError) as told:
        _get(url)
    told.value.close()
    assert _get(url).status == 200


def test_a_reset_connection_is_reset(served: Replica) -> None:
    served.faults.add(r"t2022", faults.reset())
    with pytest.raises((ConnectionError, urllib.error.URLError, HTTPException)):
        _get(served.url + served.directory.documents[0].path)
