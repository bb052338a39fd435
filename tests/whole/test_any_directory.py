"""Directories of any form are watched as their probe prints them, or said to be read in part."""

from pathlib import Path

import pytest

from bench.directories import watch
from replica.directories.composed_directory import ComposedDirectory, Expected
from replica.directories.table import DIRECTORIES
from tests.python_server.command import forked_fuhan

CONTRASTING = {
    "addresses by a query, offsets, a template that no family has": "query-here",
    "an interface with files": "jpaas",
    "sixteen pages of which one can be read": "sixteen",
    "rows of a script that is not known": "script",
    "pages that are posted back with the state of the page before": "grid-view",
}


@pytest.mark.parametrize("name", CONTRASTING.values(), ids=CONTRASTING)
def test_what_a_probe_prints_is_crawled_as_it_must_be(name: str, tmp_path: Path) -> None:
    form = DIRECTORIES[name]
    crawls = (
        3 if form.expected is Expected.PARTIAL else 2
    )  # a letter is missed twice before it is gone
    watched = watch(form, tmp_path, forked_fuhan(), crawls)
    assert watched.lies == []


def test_a_form_is_not_posted_where_robots_txt_forbids_it(tmp_path: Path) -> None:
    form = ComposedDirectory(
        "forbidden",
        pager="a form in the script of a link",
        robots="User-agent: *\nDisallow: /zwgk/tagk/list.do\n",
        expected=Expected.PARTIAL,
        sign="page 2, which a form asks for: forbidden by robots.txt",
    )
    watched = watch(form, tmp_path, forked_fuhan(), 2)
    assert watched.lies == []
