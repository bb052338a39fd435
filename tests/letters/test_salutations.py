"""Whom a letter addresses: names without role, level and count, with a colon or without."""

import pytest

from tests.letters.printed import OPENING, read_reply


@pytest.mark.parametrize(
    ("line", "names"),
    [
        pytest.param("尊敬的王小明区人大代表：", ("王小明",), id="level and body before the role"),
        pytest.param("尊敬的王小明市政协委员：", ("王小明",), id="a member's level and body"),
        pytest.param("王小明政协委员：", ("王小明",), id="the body alone"),
        pytest.param("王小明区代表：", ("王小明",), id="the level alone"),
        pytest.param("李神州代表：", ("李神州",), id="a name that ends like a level"),
        pytest.param("王建区代表：", ("王建",), id="a short name before a level"),
        pytest.param("王区代表：", ("王区",), id="a name of which the level is a part"),
        pytest.param("王小明、李大海县人大代表：", ("王小明", "李大海"), id="several with one role"),
        pytest.param("尊敬的省人大代表王小明：", ("王小明",), id="the role before the name"),
        pytest.param("石桥市政协委员王小明、李大海：", ("王小明", "李大海"), id="place and role before"),
        pytest.param("领衔代表王小明：", ("王小明",), id="who leads"),
        pytest.param("王小明、李大海二位代表：", ("王小明", "李大海"), id="二位"),
        pytest.param("王小明、李大海两位政协委员：", ("王小明", "李大海"), id="两位, with the body"),
        pytest.param("王小明、李大海、赵江3位委员：", ("王小明", "李大海", "赵江"), id="a count in digits"),
        pytest.param("王小明等三位代表：", ("王小明",), id="the first of three"),
        pytest.param("王小明、李大海等10人：", ("王小明", "李大海"), id="the first two of ten"),
        pytest.param("王小明 李大海 赵江代表：", ("王小明", "李大海", "赵江"), id="blanks between names"),
        pytest.param("王小明（女）委员：", ("王小明",), id="what she is, in brackets"),
        pytest.param("王小明委员（市水利局办公室主任）：", ("王小明",), id="an office in brackets"),
        pytest.param("王小明委员暨民盟石桥市委：", ("王小明", "民盟石桥市委"), id="暨"),
        pytest.param("诸暨市政协：", ("诸暨市政协",), id="暨 in the name of a place"),
        pytest.param("任 帅、欧阳 春雷代表：", ("任帅", "欧阳春雷"), id="blanks within names"),
        pytest.param("王小明和李大海代表：", ("王小明", "李大海"), id="和 between names"),
        pytest.param("王和平代表：", ("王和平",), id="和 within a name"),
        pytest.param("王小明代表、李大海代表：", ("王小明", "李大海"), id="a role each"),
        pytest.param("致王小明代表：", ("王小明",), id="致"),
        pytest.param("王䶮、李𬭎代表：", ("王䶮", "李𬭎"), id="rare characters"),
        pytest.param("尊敬的省人大代表𠮷田：", ("𠮷田",), id="a rare character behind the role"),
        pytest.param("王小明、李大海、赵江委员", ("王小明", "李大海", "赵江"), id="no colon"),
        pytest.param("尊敬的王小明代表", ("王小明",), id="no colon, with respect"),
        pytest.param("王小明代表，", ("王小明",), id="a comma for the colon"),
        pytest.param("农工党石桥市委：", ("农工党石桥市委",), id="a party"),
        pytest.param("各位代表", (), id="no colon, nobody named"),
        pytest.param("高度重视代表", (), id="no colon, no name"),
        pytest.param("石桥市人大代表", (), id="no colon, a role without a name"),
        pytest.param("全体委员：", (), id="all"),
    ],
)  # fmt: skip
def test_a_salutation_gives_names_alone(line: str, names: tuple[str, ...]) -> None:
    assert read_reply(opening=(line, OPENING)).addressees == names


def test_names_without_a_colon_are_a_salutation_only_above_words_to_them() -> None:
    assert read_reply(opening=("王小明委员", "该渠长三公里。", OPENING)).addressees == ()


def test_persons_on_two_lines_are_all_addressed() -> None:
    letter = read_reply(opening=("王小明、李大海、", "赵江委员：", OPENING))
    assert letter.addressees == ("王小明", "李大海", "赵江")
