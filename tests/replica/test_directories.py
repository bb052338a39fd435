"""The composed directories: each part has one, and each lists what it must."""

from collections.abc import Callable, Iterable

import pytest

from bench.directory_reading import HOST, walk_composed
from replica.directories.attached_files import FILES
from replica.directories.composed_directory import ComposedDirectory, Expected
from replica.directories.composed_site import CHARSETS, ComposedSite
from replica.directories.form_pagers import FORM_PAGERS
from replica.directories.letter_templates import TEMPLATES
from replica.directories.list_parts import ADDRESSES, LAYOUTS
from replica.directories.no_directories import NO_DIRECTORIES
from replica.directories.pagers import PAGERS
from replica.directories.table import DIRECTORIES
from replica.scripted_lists import LISTS

READABLE = [name for name, form in DIRECTORIES.items() if form.expected is Expected.COMPLETE]
IN_PART = [name for name, form in DIRECTORIES.items() if form.expected is Expected.PARTIAL]


@pytest.mark.parametrize(
    ("parts", "part_of"),
    [
        pytest.param(ADDRESSES, lambda form: form.address, id="addresses"),
        pytest.param(LAYOUTS, lambda form: form.layout, id="layouts"),
        pytest.param(PAGERS | FORM_PAGERS, lambda form: form.pager, id="pagers"),
        pytest.param(LISTS, lambda form: form.interface, id="interfaces"),
        pytest.param(TEMPLATES, lambda form: form.template, id="templates"),
        pytest.param(FILES, lambda form: form.file, id="files"),
        pytest.param(CHARSETS, lambda form: form.charset, id="charsets"),
        pytest.param(NO_DIRECTORIES, lambda form: form.page, id="what is no directory"),
    ],
)
def test_each_part_is_in_a_directory(
    parts: Iterable[str], part_of: Callable[[ComposedDirectory], str | None]
) -> None:
    assert set(parts) <= set(map(part_of, DIRECTORIES.values()))


@pytest.mark.parametrize("name", READABLE)
def test_a_directory_that_leads_on_lists_each_letter_and_nothing_else(name: str) -> None:
    site = ComposedSite(DIRECTORIES[name])
    walked = walk_composed(site)
    assert walked.is_whole, walked.errors
    assert {row.url for row in walked.rows.values()} == {
        f"{HOST}{site.path(each)}" for each in site.listed
    }


@pytest.mark.parametrize("name", IN_PART)
def test_a_directory_that_does_not_say_where_it_goes_on_is_not_whole(name: str) -> None:
    form = DIRECTORIES[name]
    site = ComposedSite(form)
    walked = walk_composed(site)
    assert not walked.is_whole
    assert len(walked.rows) == (len(site.listed) if form.is_listed_whole else form.size)
    assert any(form.sign in error.reason for error in walked.errors)
