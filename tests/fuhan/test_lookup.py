import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from fuhan.config.load import load_config
from fuhan.config.sections import Config
from fuhan.errors import UnknownError, UsageError
from fuhan.lookup import find_letter_id, source_of_url
from storage.database.archive import open_archive
from storage.database.insert import upsert
from storage.queries import UnknownLetterError
from storage.schema.tables import letters
from tests.archive_copy import altering

Fuhan = Callable[..., Any]  # the command line, as a shell would call it

SOURCES = """\
sources:
  - {name: proposals, agency: 甲, kind: proposal, listing: "http://a.cn/zwgk/ta/"}
  - {name: suggestions, agency: 甲, kind: suggestion, listing: "http://a.cn/zwgk/jy/index.html"}
  - {name: all, agency: 甲, kind: proposal, listing: "http://a.cn/zwgk/"}
  - {name: alone, agency: 乙, kind: proposal, listing: "http://b.cn:8080/list/"}
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "config.yaml").write_text(SOURCES, "utf-8")
    return load_config(tmp_path / "config.yaml", {})


@pytest.mark.parametrize(
    ("url", "name"),
    [
        pytest.param("http://a.cn/zwgk/ta/202206/t1.html", "proposals", id="in its directory"),
        pytest.param("http://a.cn/zwgk/jy/t1.html", "suggestions", id="beside its index page"),
        pytest.param("http://a.cn/zwgk/other/t1.html", "all", id="in the directory around them"),
        pytest.param("https://A.cn/zwgk/ta/t1.html", "proposals", id="by another scheme"),
        pytest.param("http://b.cn:8080/elsewhere/t1.html", "alone", id="on a host of one source"),
    ],
)
def test_a_url_belongs_to_the_source_it_lies_deepest_in(
    config: Config, url: str, name: str
) -> None:
    archive = open_archive(config.database, create=False)
    with closing(archive), archive.reading() as connection:
        assert source_of_url(url, config, connection).name == name


@pytest.mark.parametrize(
    ("url", "error"),
    [
        pytest.param("http://c.cn/t1.html", UnknownError, id="another host"),
        pytest.param("http://b.cn/t1.html", UnknownError, id="another port"),
        pytest.param("http://a.cn/t1.html", UnknownError, id="in none of several directories"),
        pytest.param("t1.html", UsageError, id="no URL"),
    ],
)
def test_a_url_of_no_source_is_refused(config: Config, url: str, error: type[Exception]) -> None:
    archive = open_archive(config.database, create=False)
    with closing(archive), archive.reading() as connection, pytest.raises(error):
        source_of_url(url, config, connection)


@pytest.mark.usefixtures("held")
def test_a_letter_that_is_held_belongs_where_it_was_found(folder: Path) -> None:
    config = load_config(folder / "config.yaml", os.environ)
    archive = open_archive(config.database, create=False)
    with closing(archive), archive.reading() as connection:
        url = "https://127.0.0.1:9/list/202206/t20220617_10000501_wap.html"
        assert source_of_url(url, config, connection).name == "city"
        assert find_letter_id(connection, url) == find_letter_id(connection, "city/0501") == 1
        with pytest.raises(UnknownLetterError):
            find_letter_id(connection, "town/0501")


NUMBERED = {  # source and number of each letter
    1: ("city", "0501"),
    2: ("town", "501"),
    3: ("city", "0728、0729"),
    4: ("town", "B12"),
    5: ("city", "100%"),
}


@pytest.fixture
def numbered(held: Path) -> Path:
    """Return the database, in which letters of two sources have the numbers of NUMBERED."""
    with altering(held) as connection:
        query = letters.select().where(letters.c.id == 1)
        first = dict(connection.execute(query).mappings().one())
        for letter_id, (source, number) in NUMBERED.items():
            row = first | {"id": letter_id, "source": source, "number": number}
            upsert(connection, letters, "id", row)
    return held


@pytest.mark.parametrize("command", ["show", "diff", "history"])
@pytest.mark.parametrize(
    ("reference", "meant"),
    [
        pytest.param("0501", "city/0501, town/501", id="a number alone, of two sources"),
        pytest.param("501", "city/0501, town/501", id="without its zero"),
        pytest.param("００５０１", "city/0501, town/501", id="in full width, with more zeros"),
        pytest.param("第0501号", "city/0501, town/501", id="as a title has it"),
        pytest.param(
            "town/0501", "city/0501, town/501", id="of a source that spells it otherwise"
        ),
        pytest.param("village/0501", "city/0501, town/501", id="of a source unheard of"),
        pytest.param("0729", "city/0728、0729", id="one of two"),
        pytest.param("B12", "town/B12", id="a number that is no number"),
        pytest.param("0001", None, id="an id with zeros before it"),
        pytest.param("0", None, id="nothing but a zero"),
        pytest.param("%", None, id="what would be any in SQL"),
        pytest.param("72", None, id="a part of a number"),
        pytest.param("9" * 30, None, id="a number without end"),
        pytest.param("http://127.0.0.1:9/501", None, id="a URL that ends in one"),
        pytest.param("/", None, id="no number at all"),
    ],
)
@pytest.mark.usefixtures("numbered")
def test_a_letter_that_is_not_known_is_told_with_those_of_its_number(
    fuhan: Fuhan, command: str, reference: str, meant: str | None
) -> None:
    told = fuhan(command, reference)
    hint = f"; did you mean {meant}?" if meant else ""
    assert (told.code, told.out) == (2, "")
    assert told.err == f"fuhan: letter {reference!r} is not known{hint}\n"
