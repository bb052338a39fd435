from pathlib import Path

import pytest

from fuhan.config import load_config
from fuhan.errors import UnknownError, UsageError
from fuhan.references import letter_named, source_of
from fuhan.sections import Config
from storage.archive import open_archive
from storage.queries import UnknownLetterError

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
    with open_archive(config.database, create=False).reading() as connection:
        assert source_of(url, config, connection).name == name


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
    with archive.reading() as connection, pytest.raises(error):
        source_of(url, config, connection)


@pytest.mark.usefixtures("held")
def test_a_letter_that_is_held_belongs_where_it_was_found(folder: Path) -> None:
    config = load_config(folder / "config.yaml", {})
    with open_archive(config.database, create=False).reading() as connection:
        url = "https://127.0.0.1:9/list/202206/t20220617_10000501_wap.html"
        assert source_of(url, config, connection).name == "city"
        assert letter_named(connection, url) == letter_named(connection, "city/0501") == 1
        with pytest.raises(UnknownLetterError):
            letter_named(connection, "town/0501")
