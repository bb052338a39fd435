"""Whom to ask, and where: labels that share a line, offices before names, numbers in pieces."""

import pytest

from tests.letters.printed import AGENCY, DAY, read_reply


@pytest.mark.parametrize(
    ("line", "contact", "phone"),
    [
        pytest.param("联系人及电话：王小军 87654321", "王小军", "87654321", id="one label for both"),
        pytest.param("联系人及电话：王㛃 87654321", "王㛃", "87654321", id="a rare character"),
        pytest.param("（联系人及电话：王小军 0871- 63512345）", "王小军", "0871-63512345", id="a blank behind the dash"),
        pytest.param("联系电话：０８７１－６３５１２３４５", None, "０８７１－６３５１２３４５", id="full-width"),
        pytest.param("联系电话：0871 63512345", None, "087163512345", id="a blank for the dash"),
        pytest.param("联系电话：（0871）63512345", None, "（0871）63512345", id="the code in brackets"),
        pytest.param("（联系人及电话：某省农业厅畜牧处 王小军 65741234）", "王小军", "65741234", id="an office before the name"),
        pytest.param("联系人及联系电话：办公室王小军,8765432", "王小军", "8765432", id="an office glued to the name"),
        pytest.param("联系人及电话：规划股股长王小军 8765432", "王小军", "8765432", id="an office and a post"),
        pytest.param("联系人：王小军科长 8765432", "王小军", "8765432", id="a post behind the name"),
        pytest.param("（联系单位：甲局，联系人：王小军，联系电话6961234）", "王小军", "6961234", id="no colon before the number"),
        pytest.param("联系科室：水保科 联系人：王小军 联系电话：8765432", "王小军", "8765432", id="three labels"),
        pytest.param("联系人、电话：王小军、8765432", "王小军", "8765432", id="、 in the label"),
        pytest.param("联系人/电话：王小军/8765432", "王小军", "8765432", id="a stroke in the label"),
        pytest.param("联系人电话：王小军 8765432", "王小军", "8765432", id="two labels in one"),
        pytest.param("经办人及电话：王小军 8765432", "王小军", "8765432", id="who handles it"),
        pytest.param("联系人：王小军0871-63512345", "王小军", "0871-63512345", id="the number glued to the name"),
        pytest.param("联系人：王小军（电话：8765432）", "王小军", "8765432", id="a label in brackets"),
        pytest.param("联系人：王小军(8765432)", "王小军", "8765432", id="a number in brackets"),
        pytest.param("联系人：王小军（水保站） 电话：8765432", "王小军", "8765432", id="an office in brackets"),
        pytest.param("联系人：王小军 手机：138 0000 0000", "王小军", "13800000000", id="a mobile number in pieces"),
        pytest.param("联系方式：王小军 13800000000", "王小军", "13800000000", id="联系方式"),
        pytest.param("联系人：王小军，8765432转802", "王小军", "8765432转802", id="an extension"),
        pytest.param("联系电话：0871-63512345、63512346", None, "0871-63512345、63512346", id="two numbers"),
        pytest.param("联系单位及电话：甲局办公室 0871-8765432", None, "0871-8765432", id="an office instead of a person"),
        pytest.param("联系人：办公室 8765432", None, "8765432", id="an office as the person"),
        pytest.param("联系电话：8765432；138********", None, "8765432", id="a number that is hidden"),
        pytest.param("联系电话：8765432 2022年6月10日", None, "8765432", id="a day behind the number"),
        pytest.param("如有问题请拨打电话12345投诉。", None, None, id="a number in a sentence"),
        pytest.param("联系单位：甲局 8765432", None, None, id="a number of no label for numbers"),
    ],
)  # fmt: skip
def test_a_line_of_contacts_is_taken_apart(
    line: str, contact: str | None, phone: str | None
) -> None:
    letter = read_reply(AGENCY, DAY, line)
    assert (letter.contact, letter.phone) == (contact, phone)


def test_a_label_for_both_is_kept_as_printed() -> None:
    letter = read_reply(AGENCY, DAY, "（联系人及电话：王小军 0871- 63512345）")
    assert dict(letter.labels) == {"联系人及电话": "王小军 0871- 63512345"}


def test_a_table_of_contacts_below_a_letter_is_read() -> None:
    table = "联系人\t王小明\t电话\t8123456\n邮 编\t430000\t地址\t石桥路1号"
    letter = read_reply(AGENCY, DAY, table)
    assert (letter.contact, letter.phone, letter.postcode) == ("王小明", "8123456", "430000")


@pytest.mark.parametrize(
    "table",
    ["联系人\t电话\n王小明\t8123456", "项目\t8123456\n联系人\t王小明"],
    ids=["heads", "other"],
)
def test_another_table_holds_no_contacts(table: str) -> None:
    letter = read_reply(AGENCY, DAY, table)
    assert (letter.contact, letter.phone) == (None, None)
