"""Who approved a letter: of several the one who signed it for issue, and nobody where two did."""

import pytest

from tests.letters.printed import AGENCY, DAY, read_reply


@pytest.mark.parametrize(
    ("line", "reviewer"),
    [
        pytest.param("此答复函已经李大海主任审核，并经分管领导赵长江副县长审签。", "赵长江", id="审核, then 审签"),
        pytest.param("此复函已经李大海审核，赵长江签发。", "赵长江", id="审核, then 签发 without a post"),
        pytest.param("本答复经局长李大海审定，由分管副市长赵长江签发。", "赵长江", id="审定, then 签发"),
        pytest.param("此件经局长李大海审定后由赵长江副县长签发", "赵长江", id="one after the other"),
        pytest.param("此答复经李大海主任审阅，赵长江副主任审定。", "赵长江", id="审阅, then 审定"),
        pytest.param("（此件已经李大海局长审核，赵长江副区长签发）", "赵长江", id="in brackets"),
        pytest.param("审核：李大海 签发：赵长江", "赵长江", id="two labels"),
        pytest.param("签发人：赵长江审核人：李大海", "赵长江", id="two labels glued"),
        pytest.param("审核人：李大海签发人：赵长江", "赵长江", id="two labels glued, the last signs"),
        pytest.param("批准：赵长江 审核：李大海", "赵长江", id="批准 over 审核"),
        pytest.param("签发：李大海 核稿：王小军 拟稿：赵江", "李大海", id="not who drafted it"),
        pytest.param("领导签发：李大海", "李大海", id="领导签发"),
        pytest.param("分管领导签发：李大海", "李大海", id="分管领导签发"),
        pytest.param("局长（签发）：李大海", "李大海", id="a post before the label"),
        pytest.param("签发人（签字）：李大海", "李大海", id="a note in the label"),
        pytest.param("领导签发 ：李大海", "李大海", id="a blank before the colon"),
        pytest.param("签 发 人：李 平", "李平", id="blanks in label and name"),
        pytest.param("签发人：李大海副局长", "李大海", id="a post behind the name"),
        pytest.param("签发人：李大海 2024年6月3日", "李大海", id="a day behind the name"),
        pytest.param("此复函已经李大海主任审签，并经赵长江副县长审签。", None, id="two who signed"),
        pytest.param("此复函已经李大海、赵长江审签。", None, id="two with one word"),
        pytest.param("签发人：李大海、赵长江", None, id="two with one label"),
        pytest.param("分管领导：李大海", None, id="a label that says nothing of approval"),
        pytest.param("签发日期：2024年6月3日", None, id="when it was signed"),
        pytest.param("签发单位：石桥县水利局", None, id="a body"),
        pytest.param("审批：同意", None, id="what was said"),
        pytest.param("该工程经赵长江县长批准后实施。", None, id="a work that was approved"),
        pytest.param("此复函经市政府分管领导同意。", None, id="nobody named"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("below", [False, True], ids=["above the signature", "below it"])
def test_who_signed_for_issue_counts(line: str, reviewer: str | None, *, below: bool) -> None:
    foot = (AGENCY, DAY, line) if below else (line, AGENCY, DAY)
    assert read_reply(*foot).reviewer == reviewer


def test_approvals_on_lines_of_their_own_are_one_letter_s() -> None:
    assert read_reply(AGENCY, DAY, "签发人：赵长江", "审核人：李大海").reviewer == "赵长江"
    assert read_reply(AGENCY, DAY, "签发人：赵长江", "签发人：李大海").reviewer is None
