"""The JSON of a column is read as Python's own parser reads it, whatever it holds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.schema.parsed_json import read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner),
)


@given(value=VALUES, ascii_only=st.booleans())
def test_a_text_is_read_as_it_was_written(value: object, *, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert read_json(text) == json.loads(text)
    assert read_json(text.encode("utf-8", "surrogatepass")) == json.loads(text)


@pytest.mark.parametrize("text", ["", "{", '{"a": 1,}', b"\xff"])
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"Expecting|decode"):
        read_json(text)
