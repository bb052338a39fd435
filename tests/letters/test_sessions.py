"""A session (届次) is read whole: from the place whose body met to the word for its meeting."""

import pytest

from letters.sessions import find_session, session_span

SESSIONS = [
    pytest.param("石桥市人大六届二次会议", id="the congress before its term"),
    pytest.param("石桥县第十届人大第四次会议", id="the term before the congress"),
    pytest.param("石桥县第十七届人民代表大会第五次会议", id="the congress by its whole name"),
    pytest.param("石桥区五届政协二次会议", id="the term before the conference"),
    pytest.param("石桥区政协第十届委员会第三次会议", id="a committee of the conference"),
    pytest.param("政协第十届石桥区委员会第二次会议", id="the place within the committee"),
    pytest.param("政协石桥市第八届委员会第二次会议", id="the place after the conference"),
    pytest.param("中国人民政治协商会议石桥市第八届委员会第二次会议", id="the conference by its whole name"),
    pytest.param("石桥市第九届人代会第三次会议", id="the congress by its short name"),
    pytest.param("石桥县政协十一届二次全会", id="a plenary meeting"),
    pytest.param("大理白族自治州第十五届人民代表大会第二次会议", id="an autonomous prefecture"),
    pytest.param("云南省石桥市山前区第十七届人大第二次会议", id="places within places"),
    pytest.param("青山镇第十九届人民代表大会第四次会议", id="a town"),
    pytest.param("献县第十七届人大三次会议", id="a county named by one character"),
    pytest.param("和平区第十八届人大三次会议", id="a place that begins like 和"),
    pytest.param("于都县十七届人大二次会议", id="a place that begins like 于"),
    pytest.param("贵阳市十五届人大三次会议", id="a place that begins like 贵"),
    pytest.param("新会区十六届人大三次会议", id="a place that ends like 会"),
    pytest.param("省十四届人大二次会议", id="a level without a name"),
    pytest.param("自治区政协十三届一次会议", id="a region without a name"),
    pytest.param("十四届全国人大二次会议", id="the national congress"),
    pytest.param("全国政协十四届二次会议", id="the national conference"),
    pytest.param("政协第十四届全国委员会第三次会议", id="the national committee"),
    pytest.param("区七届四次会议", id="a body that is not named"),
]  # fmt: skip


@pytest.mark.parametrize("session", SESSIONS)
@pytest.mark.parametrize(
    "frame",
    [
        pytest.param("关于{}第28号建议的答复", id="in a title"),
        pytest.param("石桥市水利局关于对{}第28号提案的复函", id="behind an agency"),
        pytest.param("石桥市教育局{}第28号建议答复", id="right behind an agency"),
        pytest.param("您在{}上提出的建议收悉", id="after 在"),
        pytest.param("您于2024年1月在{}期间提出的建议收悉", id="after a day"),
        pytest.param("您提交{}的建议收悉", id="after a verb"),
        pytest.param("感谢您出席{}", id="after another verb"),
    ],
)
def test_a_session_begins_with_its_place_wherever_it_is_named(session: str, frame: str) -> None:
    assert find_session(frame.format(session)) == session


@pytest.mark.parametrize(
    ("text", "session"),
    [
        ("对石桥市第九届人民代表大会 第三次会议第31号建议", "石桥市第九届人民代表大会第三次会议"),
        ("对石桥市 八届人大 三次 会议第31号建议", "石桥市八届人大三次会议"),
    ],
)
def test_a_blank_within_a_session_is_no_part_of_it(text: str, session: str) -> None:
    assert find_session(text) == session
    span = session_span(text)
    assert span is not None
    assert text[slice(*span)].replace(" ", "") == session


@pytest.mark.parametrize(
    ("text", "session"),
    [
        ("您在今年全市政协五届五次会议上提出", "市政协五届五次会议"),
        ("我区七届四次会议第8号建议", "区七届四次会议"),
        ("在贵县政协十届二次会议上", "县政协十届二次会议"),
        ("市政府和石桥市政协五届三次会议", "石桥市政协五届三次会议"),
        ("2024年石桥市政协五届三次会议", "石桥市政协五届三次会议"),
    ],
)
def test_words_before_a_place_are_no_part_of_it(text: str, session: str) -> None:
    assert find_session(text) == session


@pytest.mark.parametrize(
    "text",
    [
        "贯彻党的二十届三次全会精神",
        "县委五届三次全会",
        "总工会九届三次会议",
        "第十届工代会",
        "石桥街道2023年第9号建议",
        "第三次会议",
    ],
)
def test_a_meeting_of_another_body_is_no_session(text: str) -> None:
    assert find_session(text) is None
