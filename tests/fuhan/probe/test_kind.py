"""The kind of a directory is that of most of its letters; a mixed one is said to be so."""

import pytest

from fuhan.probe.kind import choose_kind
from letters.letter import Letter
from tests.fuhan.probe.composed_letters import letter

PROPOSAL = letter(session="市政协五届五次会议")
SUGGESTION = letter(session="市五届人大五次会议")


@pytest.mark.parametrize(
    ("letters", "channel", "kind", "is_sure"),
    [
        pytest.param([PROPOSAL], "", "proposal", True, id="a session of the conference"),
        pytest.param([SUGGESTION], "", "suggestion", True, id="a session of the congress"),
        pytest.param([letter(title="第12号提案的复函")], "", "proposal", True, id="a title"),
        pytest.param([letter(title="第12号建议的复函")], "", "suggestion", True, id="the other"),
        pytest.param([letter(text="赵小华委员：")], "", "proposal", True, id="a member"),
        pytest.param([letter(text="赵小华代表：")], "", "suggestion", True, id="a deputy"),
        pytest.param(
            [letter(title="关于建设公园的建议的提案", subject="关于建设公园的建议")],
            "", "proposal", True, id="a proposal that suggests",
        ),
        pytest.param([letter()], "建议公开_某市", "suggestion", True, id="the channel's name"),
        pytest.param([], "建议提案", "proposal", False, id="nothing says"),
        pytest.param([PROPOSAL] * 6 + [SUGGESTION] * 4, "", "proposal", False, id="both"),
        pytest.param([PROPOSAL] * 9 + [SUGGESTION], "", "proposal", True, id="one goes astray"),
        pytest.param([PROPOSAL, SUGGESTION], "建议公开", "suggestion", True, id="as many"),
    ],
)  # fmt: skip
def test_the_kind_is_that_of_most_letters(
    letters: list[Letter], channel: str, kind: str, *, is_sure: bool
) -> None:
    found = choose_kind(letters, channel)
    assert (found.value, found.doubt is None) == (kind, is_sure)
