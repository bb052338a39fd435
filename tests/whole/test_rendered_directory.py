"""A directory that only a script fills, watched with `site: browser` in real Chromium."""

import shutil
from copy import copy
from dataclasses import replace
from typing import Any

import pytest

from replica.faults import page
from tests.whole.story import Story

pytestmark = pytest.mark.skipif(
    not (shutil.which("chromium") or shutil.which("chromium-browser")),
    reason="Chromium is not installed",
)
SHELL = b"""<!doctype html><meta charset="utf-8"><title>\xe6\x8f\x90\xe6\xa1\x88</title><div id="list"></div><script>
fetch("/rows.html").then(answer => answer.text()).then(rows => {
  document.querySelector("#list").innerHTML = rows.split(/<body>|<\\/body>/)[1];
});
</script>"""


def fill_by_script(story: Story) -> None:
    """Let the directory be an empty page whose script asks for the rows as they are now."""
    story.replica.faults.clear()
    rows = story.replica.answer("/zwgk/zfxxgkml/jytabl/tagk_53512/").body
    story.replica.faults.add("tagk_53512/$", page(SHELL))
    story.replica.faults.add("^/rows.html$", page(rows))


def crawl(story: Story, site: str) -> dict[str, Any]:
    crawled: dict[str, Any] = story.quick.crawl(
        source=replace(story.quick.job().source, site=site)
    )
    return crawled


def test_a_directory_that_a_script_fills_is_read_in_a_browser(story: Story) -> None:
    fill_by_script(story)
    assert crawl(story, "auto")["outcome"] == "failed"
    ended = crawl(story, "browser")
    assert (ended["outcome"], ended["listed"]) == ("complete", 12), ended["errors"]
    new = copy(story.letter)
    new.docid += 900_000
    new.replace("401121", "401122")
    story.replica.directory.documents.append(new)
    fill_by_script(story)
    ended = crawl(story, "browser")
    assert (ended["outcome"], ended["published"]) == ("complete", 1), ended["errors"]
    assert story.kinds() == []
    story.quick.assert_sound()
