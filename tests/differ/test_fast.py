"""The optional extra `fast` changes nothing but time."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from differ.alignment import matching

pytest.importorskip("fast_diff_match_patch", reason="the extra `fast` is not installed")
texts = st.lists(st.sampled_from("我委将研究确保718，。"), max_size=60)


@settings(
    max_examples=500,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(texts, texts)
def test_both_engines_match_the_same(
    monkeypatch: pytest.MonkeyPatch, old: list[str], new: list[str]
) -> None:
    fast = matching.matches(old, new)
    with monkeypatch.context() as patched:
        patched.setattr(matching, "fast_diff", None)
        assert matching.matches(old, new) == fast
