"""Replayed pages: what an archive wrote into one to replay it is left out again."""

import pytest

from crawler.http.replay import without_replay

SERVED = """<html><head><title>复函</title></head><body><a href="http://gov.example/a.pdf">附件</a>
<a href="http://gov.example/web/20220101/b.pdf">b</a></body></html>"""
HEAD = """<script src="https://web-static.archive.org/_static/js/bundle.js"></script>
<script>__wm.init("https://web.archive.org/web");</script>
<!-- End Wayback Rewrite JS Include -->"""
BAR = """<!-- BEGIN WAYBACK TOOLBAR INSERT --><div>12 captures</div><!-- END WAYBACK TOOLBAR INSERT -->"""
TAIL = """<!--
     FILE ARCHIVED ON 01:02:03 Jan 05, 2021 AND RETRIEVED FROM THE INTERNET ARCHIVE -->"""


def replayed(prefix: str) -> str:
    """Return the page as an archive replays it, links rewritten with a prefix."""
    page = SERVED.replace('="http://', f'="{prefix}http://')
    return page.replace("<head>", "<head>" + HEAD).replace("<body>", "<body>" + BAR) + TAIL


@pytest.mark.parametrize(
    "prefix",
    [
        "https://web.archive.org/web/20210105010203/",
        "/web/20210105010203/",
        "/web/20210105010203if_/",
    ],
)
def test_a_replayed_page_is_read_as_it_was_served(prefix: str) -> None:
    assert without_replay(replayed(prefix)) == SERVED


def test_any_other_page_is_as_it_was() -> None:
    page = SERVED.replace("gov.example/", "gov.example/web/20210105010203/http://")
    assert without_replay(page) == page
