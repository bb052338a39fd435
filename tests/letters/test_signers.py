"""Who signs: the first of several on a line, a name without a date, the head of the paper."""

import pytest

from tests.letters.printed import AGENCY, DAY, OPENING, SALUTATION, read_page_of, read_reply


@pytest.mark.parametrize(
    ("foot", "agency"),
    [
        pytest.param(("市自然资源局 市市场监管局 市房产中心", DAY), "市自然资源局", id="three on a line"),
        pytest.param(("石桥市教育局、石桥市财政局", DAY), "石桥市教育局", id="、 between two"),
        pytest.param(("市自然资源局", "市市场监管局", "市房产中心", DAY), "市自然资源局", id="a line each"),
        pytest.param(("石桥县教育局 石桥县财政局 2024年6月3日",), "石桥县教育局", id="the day on their line"),
        pytest.param(("区教育局 财政局", DAY), "区教育局", id="a place for both"),
        pytest.param(("石桥市人民政府 办公室", DAY), "石桥市人民政府办公室", id="an office apart from its body"),
        pytest.param(("石桥市公安局 交通警察支队", DAY), "石桥市公安局交通警察支队", id="a part apart from its body"),
        pytest.param(("石桥市 教育局", DAY), "石桥市教育局", id="a place apart from its body"),
        pytest.param(("石 桥 市 教 育 局", DAY), "石桥市教育局", id="spread out"),
        pytest.param(("石桥市教育局（盖章）", DAY), "石桥市教育局", id="a note for the seal"),
    ],
)  # fmt: skip
def test_of_several_signers_the_first_is_the_agency(foot: tuple[str, ...], agency: str) -> None:
    assert read_reply(*foot).agency == agency


def test_of_several_on_a_line_the_title_names_the_agency() -> None:
    title = "市财政局关于第28号建议的答复"
    assert read_reply("市教育局 市财政局 市卫健委", DAY, title=title).agency == "市财政局"


@pytest.mark.parametrize(
    ("foot", "agency"),
    [
        pytest.param(("甲市公安局乙分局交通大队",), "甲市公安局乙分局交通大队", id="the last line"),
        pytest.param(("县教育体育局",), "县教育体育局", id="a level without a name"),
        pytest.param(("石桥县公安局", "（联系人：王小军，电话：8765432）"), "石桥县公安局", id="contacts below"),
        pytest.param(("石桥县公安局", "此件公开发布", "A类"), "石桥县公安局", id="marks below"),
        pytest.param(("国网石桥县供电公司",), "国网石桥县供电公司", id="a company"),
        pytest.param(("感谢您对石桥县公安局",), None, id="thanks"),
        pytest.param(("我们将全力支持石桥县公安局",), None, id="a sentence"),
        pytest.param(("三、建设石桥县交通指挥中心",), None, id="a heading"),
        pytest.param(("承办单位：石桥县公安局",), None, id="a label"),
        pytest.param(("抄送：县政府办公室",), None, id="who gets a copy"),
        pytest.param(("水利局",), None, id="no place"),
        pytest.param(("石桥县公安局", "该局承担全县的交通管理。"), None, id="text below"),
    ],
)  # fmt: skip
def test_who_signs_without_a_date_is_the_agency(foot: tuple[str, ...], agency: str | None) -> None:
    assert read_reply(*foot).agency == agency


@pytest.mark.parametrize(
    ("head", "agency", "number"),
    [
        pytest.param(("石桥县水利局", "对县人大第28号建议的", "答复"), "石桥县水利局", "28", id="its title over lines"),
        pytest.param(("石桥县水利局关于第28号建议的答复",), "石桥县水利局", "28", id="its title on a line"),
        pytest.param(("石桥县水利局文件", "石水字〔2021〕2号", "关于第28号建议的答复"), "石桥县水利局", "28", id="a red head"),
        pytest.param(("石 桥 县 水 利 局 文 件",), "石桥县水利局", None, id="a red head spread out"),
        pytest.param(("石桥县水利局", "石水字〔2021〕2号"), "石桥县水利局", None, id="a number below the name"),
        pytest.param(("石桥县水利局（函）",), "石桥县水利局", None, id="a note in brackets"),
        pytest.param(("石桥县水利局便函", "石水函〔2021〕2号"), "石桥县水利局", None, id="便函"),
        pytest.param(("石桥县水利局", "A类", "关于对第28号", "建议的答复函"), "石桥县水利局", "28", id="a class between"),
        pytest.param(("石桥县水利局",), None, None, id="a name alone"),
        pytest.param(("石桥县水利局：",), None, None, id="whom it goes to"),
    ],
)  # fmt: skip
def test_the_head_of_a_letter_names_its_agency_where_nothing_else_does(
    head: tuple[str, ...], agency: str | None, number: str | None
) -> None:
    letter = read_reply(DAY, head=head, title="有关建议的答复")
    assert (letter.agency, letter.number) == (agency, number)


def test_who_signs_comes_before_the_head() -> None:
    head = ("石桥县人民政府文件", "石政字〔2021〕2号")
    assert read_page_of(*head, SALUTATION, OPENING, AGENCY, DAY).agency == AGENCY
