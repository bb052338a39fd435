"""The foot of a letter: who approved and signs it, when, and whom to ask. Wrong is worse than null."""

import pytest

from letters.letter import BlockKind, Kind, Letter
from letters.printed_page import Line, PrintedPage
from letters.reading import read_letter

AGENCY = "重庆市发展和改革委员会"


def signed(*foot: str, title: str = "关于提案的复函") -> Letter:
    texts = ("赵小华委员：", "您提出的提案收悉，现答复如下：", "我委已经办理。", *foot)
    lines = tuple(Line(BlockKind.PARAGRAPH, text) for text in texts)
    return read_letter(PrintedPage("http://gov.example/1.html", title, lines=lines), Kind.PROPOSAL)


@pytest.mark.parametrize(
    ("printed", "reviewer"),
    [
        ("此复函已经我委杨晓东副主任审签。", "杨晓东"),
        ("此复函已经我委杨晓东常务副主任审签。", "杨晓东"),
        ("该复函已经米本家副主任审签", "米本家"),
        ("本答复函已经我委副主任杨晓东同志审签。", "杨晓东"),
        ("此复函已经我委任 帅主任审签。", "任帅"),
        ("感谢支持，此复函已经我局党委书记、局长欧阳春雷审签。请填写回执。", "欧阳春雷"),
        ("我局党组成员、副局长李强审签", "李强"),
        ("此复函已经我局党组成员、副局长李强审签。", "李强"),
        ("此答复已经市发展改革委主任杨晓东审签同意。", "杨晓东"),
        ("市发展改革委主任杨晓东审签", "杨晓东"),
        ("此复函已经委领导杨晓东审签。", "杨晓东"),
        ("（审签领导：杨晓东）", "杨晓东"),
        ("签发人：杨晓东", "杨晓东"),
        ("签发人：杨晓东 联系电话：67575012", "杨晓东"),
        ("此复函已经我委领导审签。", None),
        ("此复函经市政府分管领导审签。", None),
        ("此复函已经我委副主任审签。", None),
        ("此复函已经我委党组会审定。", None),
        ("此复函已经我委严格审核。", None),
        ("此复函已经杨晓东审定。", "杨晓东"),
        ("项目资料由金融审核。", None),
        ("此复函已经主任杨晓东、副主任李强审签。", None),
    ],
)
def test_the_name_of_who_approved_is_read_without_post_and_body(
    printed: str, reviewer: str | None
) -> None:
    assert signed(printed, AGENCY, "2022年6月10日").reviewer == reviewer


@pytest.mark.parametrize(
    ("foot", "raw"),
    [
        (("2022年6月10日", "401121", "67575783"), "2022年6月10日"),
        (("202267", "401121"), "202267"),
        (("20220610", "联系人：易盟茁"), "20220610"),
        (("2022年6月10日", "201112"), "2022年6月10日"),  # a postcode of Shanghai
        (("二0二二年六月十日",), "二0二二年六月十日"),
        (("20221345",), None),
        (("2022-06-10 2022-06-12",), None),  # which of the two
        (("401121",), None),
    ],
)
def test_a_row_of_digits_is_a_date_only_where_it_splits_into_one(
    foot: tuple[str, ...], raw: str | None
) -> None:
    assert signed(AGENCY, *foot).signed_on_raw == raw


@pytest.mark.parametrize(
    ("foot", "title", "agency"),
    [
        ((AGENCY, "重庆市商务委员会"), "关于提案的复函", AGENCY),
        ((AGENCY, "重庆市商务委员会"), "重庆市商务委员会关于第1号提案的复函", "重庆市商务委员会"),
        (("（一）建设大数据中心", AGENCY), "关于提案的复函", AGENCY),
        (("我们将建设重庆市大数据中心", AGENCY), "关于提案的复函", AGENCY),
        (("推进重庆市大数据中心", AGENCY), "关于提案的复函", AGENCY),
        ((f"感谢您对我市发展改革工作的支持！{AGENCY}",), "关于提案的复函", None),
        (("承办单位：重庆市商务委员会",), "关于提案的复函", None),
    ],
)
def test_the_first_who_signs_answers_unless_the_title_names_another(
    foot: tuple[str, ...], title: str, agency: str | None
) -> None:
    assert signed(*foot, "2022年6月10日", title=title).agency == agency


@pytest.mark.parametrize(
    ("foot", "contact", "phone", "postcode"),
    [
        (("联 系 人：陈 思 宇", "电 话：67575012", "邮 编：401121"), "陈思宇", "67575012", "401121"),
        (("联系人：陈 思宇 电 话：67575012",), "陈思宇", "67575012", None),
        (("联系人：陈 思 宇 电 话：67575012",), "陈思宇", "67575012", None),
        (("联 系 人：任 帅", "联 系 电 话：023-67575012"), "任帅", "023-67575012", None),
        (("联系电话：陈思宇 67575012",), "陈思宇", "67575012", None),
        (("联系人及电话：陈思宇，67575012",), "陈思宇", "67575012", None),
        (("联系人：陈思宇 13800000000",), "陈思宇", "13800000000", None),
        (("联系人：陈思宇（67575012）",), "陈思宇", "67575012", None),
        (("联系人:欧阳春雷;电话:67575012",), "欧阳春雷", "67575012", None),
        (("（联系人：陈思宇，联系电话：67575012，邮政编码：401121）",), "陈思宇", "67575012", "401121"),
        (("人:易盟茁",), "易盟茁", None, None),
        (("联系人：市发展改革委贸服处 陈思宇；电话：67575012",), "陈思宇", "67575012", None),
        (("联系电话：办公室 67575012",), None, "67575012", None),
        (("联系电话：暂无，2022年开通",), None, None, None),
        (("联系人：陈思宇、李平",), "陈思宇", None, None),
        (("联系电话：67575012（办公室）",), None, "67575012", None),
        (("联系人：阿依古丽·买买提",), "阿依古丽·买买提", None, None),
    ],
)  # fmt: skip
def test_whom_to_ask_is_read_through_blanks_and_shared_labels(
    foot: tuple[str, ...], contact: str | None, phone: str | None, postcode: str | None
) -> None:
    letter = signed(AGENCY, "2022年6月10日", *foot)
    assert (letter.contact, letter.phone, letter.postcode) == (contact, phone, postcode)


def test_a_label_with_blanks_is_kept_without_them_and_its_value_as_printed() -> None:
    letter = signed(AGENCY, "2022年6月10日", "联 系 人：陈 思 宇", "联系电话：陈思宇 67575012")
    assert dict(letter.labels) == {"联系人": "陈 思 宇", "联系电话": "陈思宇 67575012"}
