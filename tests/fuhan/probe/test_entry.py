"""An entry is YAML that every reader reads alike, and a configuration takes, whatever text it holds."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from fuhan.config.load import load_config
from fuhan.probe.entry import entry_yaml, printable, source_name

ENTRY = {
    "name": "gov-tagk",
    "agency": "某市",
    "kind": "proposal",
    "listing": "http://gov.example/tagk/",
}
HARD = ["a: b", "a #b", "- a", "'", '"', "\\", "\n", "\r\n", "\t", "\x85", "\u2028", "\u2029"]
HARD += ["\x00", "\x1b[31m", "\ufeff", "\ud800", "\U0001f600", "no", "1e5", "010", "6:00", "~"]
HARD += ["---", "...", "{a}", "[a]", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "<<", "=", "？"]
HARD += ["  a", "a  ", "a" * 300, "关 于" * 100, "a\n\n b\n", "\u3000a", "2024-01-01", "", " "]
ANY = st.text(st.characters()) | st.sampled_from(HARD)


def steady(written: str) -> str:
    """Return what stands on stdout, which writes no half of a character."""
    return written.encode("utf-8", "backslashreplace").decode()


@given(ANY, ANY)
@example("某市\x85发改委", "\u2028# sources: []")
@example("某市\ud800发改委", "\x00")
def test_whatever_it_holds_every_reader_reads_it_as_it_is(agency: str, doubt: str) -> None:
    entry = ENTRY | {"agency": agency}
    written = steady(entry_yaml(entry, {"agency": doubt}))
    assert yaml.safe_load(written) == {"sources": [entry]}
    assert written.count("\n") == 6
    assert written.startswith("# agency:")


@given(ANY.filter(lambda text: text.strip() and not any(map(_is_no_text, text))), ANY)
@example("某\t市\n发改\x85委", "")
def test_whatever_text_it_holds_a_configuration_takes_it(
    tmp_path_factory: pytest.TempPathFactory, agency: str, doubt: str
) -> None:
    file = tmp_path_factory.mktemp("entry") / "config.yaml"
    file.write_bytes(entry_yaml(ENTRY | {"agency": agency}, {"agency": doubt}).encode())
    (source,) = load_config(file, {}).sources
    assert source.agency == agency


def _is_no_text(char: str) -> bool:
    """Return whether no text that was read holds it: half of a pair, a control character."""
    is_control = char == "\x7f" or (char < " " and char not in "\t\n\r")
    return is_control or "\ud800" <= char <= "\udfff"


@pytest.mark.parametrize("value", ["1e5", "0o17", "010", "12", "1_000", "y", "N", "yes", "1,000"])
def test_what_another_reader_takes_for_a_value_is_quoted(value: str) -> None:
    assert f"agency: '{value}'\n" in entry_yaml(ENTRY | {"agency": value}, {})


@given(ANY)
def test_a_line_for_people_is_one_line_that_moves_no_cursor(text: str) -> None:
    assert printable(text).isprintable()


@pytest.mark.parametrize(
    ("listing", "name"),
    [
        ("https://fzggw.cq.gov.cn/zwgk/jytabl/tagk_53512/", "fzggw-cq-tagk-53512"),
        ("https://fzggw.cq.gov.cn/zwgk/jytabl/tagk_53512/index.html", "fzggw-cq-tagk-53512"),
        ("http://www.x.gov.cn/zwgk/list_2.shtml", "x-zwgk"),
        ("http://www.x.gov.cn/list.jsp?urltype=a&wbtreeid=1021", "x-1021"),
        ("http://www.x.gov.cn/col/col12345.html", "x-col12345"),
        ("http://www.x.gov.cn/", "x"),
        ("http://[::1]:8080/", "1"),
        ("http://重庆.中国/", "source"),
        ("http://A_b.example.org/提案/", "a-b-example"),
        ("http://127.0.0.1/", "127-0-0-1"),
        (f"http://x.gov.cn/{'a' * 90}/", f"x-{'a' * 58}"),
    ],
)
def test_a_name_is_made_of_host_and_channel_and_is_taken(
    tmp_path: Path, listing: str, name: str
) -> None:
    assert source_name(listing) == name
    file = tmp_path / "config.yaml"
    file.write_text(entry_yaml(ENTRY | {"name": name, "listing": listing}, {}), "utf-8")
    (source,) = load_config(file, {}).sources
    assert (source.name, source.listing) == (name, listing)
