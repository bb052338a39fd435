"""A value is what is written, or refused; where it stands is known, merged or not."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fuhan.config.yaml_text import YamlError, read_yaml


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *[(word, None) for word in ("null", "Null", "NULL", "~", "")],
        *[(word, True) for word in ("true", "True", "TRUE")],
        *[(word, False) for word in ("false", "False", "FALSE")],
        *[("0", 0), ("42", 42), ("-7", -7), ("+5", 5), ("12345678901234567", 12345678901234567)],
        *[("0.5", 0.5), (".5", 0.5), ("-1.", -1.0), ("6.5e+3", 6500.0), ("+0.25", 0.25)],
    ],
)
def test_what_looks_like_nothing_else_is_null_a_flag_or_a_number(
    written: str, value: object
) -> None:
    read = read_yaml(f"a: {written}").values["a"]
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    "written",
    [
        *("6:00", "22:00", "1:30:00", "-6:00", "6:00.5", "190:20:30"),
        *("yes", "no", "on", "off", "Yes", "NO", "On", "y", "n"),
        *("010", "00", "0o10", "0x1F", "0b11", "-010", "007.5"),
        *("1_000", "1_0.5", "685.230_15e+03", "1,000", "1e3", "5e-1"),
        *("2024-01-01", "2024-01-01 22:00:00", "2024-01-01T22:00:00Z", "2024-1-1 1:1:1 +8"),
        *(".inf", "-.INF", ".nan", "inf", "nan", "=", "<<", "9" * 40, "１２", "tRue", "nULL"),
    ],
)
def test_what_yaml_1_1_would_change_is_text_as_it_is_written(written: str) -> None:
    assert read_yaml(f"a: {written}").values == {"a": written}
    assert read_yaml(f"- {written}").values == (written,)
    assert read_yaml(f"{written}: {{}}").values == ({written: {}} if written != "<<" else {})


@pytest.mark.parametrize(
    "written",
    [
        *("!!int 010", "!!float 6:00", "!!bool yes", "!!timestamp 2024-01-01", "!!binary aGk="),
        *("!!set {a, b}", "!!omap [a: b]", "!!python/object:x {}", "!!null x"),
    ],
)
def test_a_tag_that_makes_something_else_of_a_value_is_refused(written: str) -> None:
    with pytest.raises(YamlError, match="expected a plain value, found the tag '!") as error:
        read_yaml(f"a: b\nc: {written}")
    assert error.value.line == 2


def test_a_tag_that_says_what_it_is_anyway_is_none() -> None:
    assert read_yaml("[!!int 10, !!str 010, !!map {a: !!null ~}]").values == (
        10,
        "010",
        {"a": None},
    )


@given(st.recursive(st.text() | st.booleans() | st.none(), st.lists))
def test_text_that_json_writes_is_read_as_it_was(value: Any) -> None:
    read = read_yaml(json.dumps({"a": value})).values["a"]
    assert json.loads(json.dumps(read)) == value


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_that_is_written_as_yaml_1_1_is_read_as_it_was(text: str) -> None:
    assert read_yaml(yaml.safe_dump({"a": text})).values == {"a": text}


MERGES = """\
one: &one {delay: 1s, schedule: &s {every: 6h, jitter: 1m}}
two: &two
  <<: *one
  delay: 2s
  retries: 5
both:
  timeout: 9s
  <<: [*one, *two]
reversed:
  <<: [*two, *one]
  retries: null
inner: {schedule: {<<: *s, every: 1h}}
quoted: {"<<": text}
"""


def test_a_section_is_merged_as_yaml_has_it() -> None:
    schedule = {"every": "6h", "jitter": "1m"}
    values = read_yaml(MERGES).values
    assert values["two"] == {"delay": "2s", "retries": 5, "schedule": schedule}
    assert values["both"] == {"timeout": "9s", "delay": "1s", "retries": 5, "schedule": schedule}
    assert values["reversed"] == {"delay": "2s", "retries": None, "schedule": schedule}
    assert values["inner"] == {"schedule": {"every": "1h", "jitter": "1m"}}
    assert values["quoted"] == {"<<": "text"}


def test_a_merged_key_stands_where_it_was_written() -> None:
    lines = read_yaml(MERGES).lines
    assert {path[1]: line for path, line in lines.items() if path[0] == "both" and path[1:]} == {
        "timeout": 7,
        "delay": 1,
        "retries": 5,
        "schedule": 1,
    }
    assert lines["inner", "schedule", "every"] == 12
    assert lines["inner", "schedule", "jitter"] == lines["both", "schedule", "jitter"] == 1


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3", 3, "each key once, found 'a' again"),
        ("b: &b {x: 1}\na:\n  <<: *b\n  <<: *b", 4, "each key once, found '<<' again"),
        ("b: &b {x: 1, x: 2}\na: {<<: *b}", 1, "each key once, found 'x' again"),
        ("a:\n  <<: text", 2, "expected << to name a section of keys, or a list of them"),
        ("a:\n  <<: [{x: 1}, y]", 2, "expected << to name a section of keys, or a list of them"),
        ("a:\n  <<: [[{x: 1}]]", 2, "expected << to name a section of keys, or a list of them"),
        ("a: &a {<<: *a}", None, "expected YAML that is not nested so deeply"),
        ("a: &a [*a]", None, "expected YAML that is not nested so deeply"),
        ("a: 1\n? [x]\n: 2", 2, "expected a key, found more than a word"),
        ("a: 1\n? {x: 1}\n: 2", 2, "expected a key, found more than a word"),
        ('a: 1\nb: "\\ud800x"', 2, "expected text, found half a character"),
        ("a: *b", 1, "expected text that begins with * in quotes, found a name"),
        ("a: !b c", 1, "expected text that begins with ! in quotes, found a tag"),
        ("a: 1\nb: \x07", 2, r"expected text without control characters, found '\x07'"),
        ("a: 1\n---\nb: 2", 2, "expected YAML: a single document"),
        ("a: [1", 1, "expected YAML: a comma, or the end of a bracket"),
        ("a: b: c", 1, "expected YAML: no second colon in a line"),
        ("a:\n\t- b", 2, "expected YAML: no tab or sign"),
        ("a: @b", 1, "expected YAML: no tab or sign"),
        ('a: "b', 1, "expected YAML: the end of a quotation"),
        ('a: "\\q"', 1, "expected YAML: another escape"),
        ("a:\n  - b\n c: d", 3, "expected YAML: other indentation"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_line(
    text: str, line: int | None, said: str
) -> None:
    with pytest.raises(YamlError) as error:
        read_yaml(text)
    assert said in str(error.value)
    assert error.value.line == line
