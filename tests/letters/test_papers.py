"""The paper's own title: however an opening or a title quotes it, and nothing else that is quoted."""

import pytest

from letters.titles import read_title
from tests.letters.printed import SALUTATION, read_reply

SUBJECT = "关于修渠的建议"


@pytest.mark.parametrize(
    ("opening", "subject", "number"),
    [
        pytest.param("您提出的“关于修渠的建议”（以下简称《建议》）已交我局办理。现对您的《建议》答复如下：", SUBJECT, None, id="a short name for it, in other marks"),
        pytest.param("您提出的《关于修渠的建议》（以下简称“《建议》”）收悉，现就《建议》答复如下：", SUBJECT, None, id="a short name in both marks"),
        pytest.param("您提出的《关于修渠的建议》（下称《修渠建议》）收悉。", SUBJECT, None, id="下称"),
        pytest.param("您的《建议》收悉，现答复如下：", None, None, id="nothing but its kind"),
        pytest.param("您提出的建议（以下简称《建议》）收悉。", None, None, id="a short name alone"),
        pytest.param("您提出的《关于修渠的建议》（第28号）已转由我局办理。首先感谢您的关心。现将办理情况函复如下：", SUBJECT, "28", id="a later sentence says the rest"),
        pytest.param("您提出的《关于修渠的建议》（第28号）已交由我局承办。经研究，回复如下：", SUBJECT, "28", id="who has it says as much"),
        pytest.param("您提出的第17号建议《关于修渠的建议》，已转交我局研究办理。", SUBJECT, "17", id="number and kind before it"),
        pytest.param("您在会上提出的第4号“关于修渠的建议”，已转交我局办理，现答复如下：", SUBJECT, "4", id="the number before the quotation"),
        pytest.param("您提出的《关于修渠的建议》（建议编号：0128）收悉", SUBJECT, "0128", id="a labelled number"),
        pytest.param("您提出的《关于修渠的建议》，编号为128，收悉", SUBJECT, "128", id="a number that is said"),
        pytest.param("您提出的关于“关于改造老路（北线）”的建议收悉。", "关于改造老路（北线）", None, id="关于 before the quotation"),
        pytest.param("您提出的关于《关于修渠的建议》收悉。", SUBJECT, None, id="关于 before the title"),
        pytest.param("您提出的关于改造老路（北线）的建议（第12号）收悉", "关于改造老路（北线）的建议", "12", id="no marks, brackets within it"),
        pytest.param("您提出的关于“断头路”治理的建议收悉", "关于“断头路”治理的建议", None, id="no marks, a quotation within it"),
        pytest.param("您提出的关于落实《物业条例》的建议收悉", "关于落实《物业条例》的建议", None, id="no marks, another title within it"),
        pytest.param("您提出的“关于落实《物业条例》的建议”收悉", "关于落实《物业条例》的建议", None, id="in a quotation, another title within it"),
        pytest.param('您提出的"关于修渠的建议"收悉', SUBJECT, None, id="half-width marks"),
        pytest.param("您提出的“打通断头路”的建议收悉", "打通断头路", None, id="its kind behind the quotation"),
        pytest.param("您在“两会”期间提出的《打通断头路》收悉", "打通断头路", None, id="another quotation before it"),
        pytest.param("根据《建议办理办法》，您提出的《关于修渠的建议》收悉", SUBJECT, None, id="a rule that is followed before it"),
        pytest.param("现就您提出的“关于修渠的建议”回复如下：", SUBJECT, None, id="现就"),
        pytest.param("现对李大海等委员提出的《关于修渠的建议》（第45号）提出会办意见如下：", SUBJECT, "45", id="an assisting opinion"),
        pytest.param("贵局转来的市政协第45号《关于修渠的建议》收悉，现提出协办意见如下：", SUBJECT, "45", id="an assisting opinion, passed on"),
        pytest.param("你局《关于征求市政协第45号提案协办意见的函》收悉，现提出意见如下：", None, None, id="the letter that asks for an opinion"),
        pytest.param("您提出的“一老一小”问题收悉，现答复如下：", None, None, id="a quotation that is no title"),
        pytest.param("收到您提出的《关于修渠的建议》后，我局高度重视。", SUBJECT, None, id="收到 before it"),
        pytest.param("您的第28号提案收悉。您提出的“三个一批”建议很好，现答复如下：", None, "28", id="a quotation in a later sentence"),
        pytest.param("您提出的提案收悉。根据《物业条例》答复如下：", None, None, id="a law"),
    ],
)  # fmt: skip
def test_an_opening_says_which_paper_is_answered(
    opening: str, subject: str | None, number: str | None
) -> None:
    letter = read_reply(opening=(SALUTATION, opening), title="关于有关建议的答复")
    assert (letter.subject, letter.number) == (subject, number)


def test_the_bodies_heard_may_be_named_below_who_has_the_paper() -> None:
    opening = (
        SALUTATION,
        "您提出的《关于修渠的建议》已交我局办理。",
        "经与市财政局研究，现答复如下：",
    )
    letter = read_reply(opening=opening)
    assert (letter.subject, letter.co_handlers) == (SUBJECT, ("市财政局",))


def test_a_line_above_that_only_announces_the_answer_is_no_opening() -> None:
    opening = ("现将办理情况公开如下：", SALUTATION, "您提出的《关于修渠的建议》收悉。")
    assert read_reply(opening=opening).subject == SUBJECT


@pytest.mark.parametrize(
    ("title", "agency", "subject"),
    [
        pytest.param("石桥县水利局《关于修渠的建议》的答复", "石桥县水利局", SUBJECT, id="the paper right behind the agency"),
        pytest.param("石桥县水利局关于《关于修渠的建议》的答复", "石桥县水利局", SUBJECT, id="关于 between them"),
        pytest.param("石桥县水利局对《关于修渠的建议》的复函", "石桥县水利局", SUBJECT, id="对 between them"),
        pytest.param("石桥县水利局关于“关于修渠的建议”的答复", "石桥县水利局", SUBJECT, id="in a quotation"),
        pytest.param("石桥县水利局《关于修渠的建议》（第28号）答复函", "石桥县水利局", SUBJECT, id="the number behind it"),
        pytest.param("石桥县水利局关于县人大第28号《关于修渠的建议》的答复", "石桥县水利局", SUBJECT, id="the number before it"),
        pytest.param("石桥县人民政府办公室关于王小明代表《修渠的建议》的答复", "石桥县人民政府办公室", "修渠的建议", id="who proposed it before it"),
        pytest.param("《关于修渠的建议》的答复", None, SUBJECT, id="no agency"),
        pytest.param("石桥县水利局关于修渠建议的答复", "石桥县水利局", None, id="a paper that is not quoted"),
        pytest.param("石桥县水利局关于《水法》实施情况的答复", "石桥县水利局", None, id="a law"),
        pytest.param("石桥县水利局关于整修东干渠的建议的答复", "石桥县水利局", "关于整修东干渠的建议", id="a paper without marks"),
        pytest.param("对关于整修东干渠的提案的复函", None, "关于整修东干渠的提案", id="对 before it"),
        pytest.param("关于整修东干渠的建议（第28号）的答复", None, "关于整修东干渠的建议", id="its number behind it"),
        pytest.param("石桥县水利局关于县政协第28号提案（关于整修东干渠的提案）答复的函", "石桥县水利局", "关于整修东干渠的提案", id="in brackets behind the number"),
        pytest.param("关于整修东干渠的建议（王小明代表）答复", None, "关于整修东干渠的建议", id="who proposed it behind it"),
        pytest.param("关于县人大代表提出的建议的答复", None, None, id="only whose paper it is"),
        pytest.param("关于县政协第九届三次会议提出的提案的答复", None, None, id="only of which session it is"),
        pytest.param("关于整修东干渠的建议的采纳情况", None, None, id="what is no reply"),
        pytest.param("关于修订《物业条例》的建议的答复", None, None, id="a law that the paper would change"),
        pytest.param("石桥县教育局 石桥县财政局关于第28号建议的答复", "石桥县教育局", None, id="the first of two agencies"),
        pytest.param("石 桥 县 教 育 局关于第28号建议的答复", "石桥县教育局", None, id="an agency spread out"),
        pytest.param("石桥县对外贸易局关于第28号建议的答复", "石桥县对外贸易局", None, id="对 in the agency's name"),
        pytest.param("关于石桥县水利局对第28号建议的答复", None, None, id="an agency that the title is about"),
        pytest.param("王小明代表关于修渠的建议", None, None, id="who proposed it is no agency"),
    ],
)  # fmt: skip
def test_a_title_names_its_agency_and_its_paper(
    title: str, agency: str | None, subject: str | None
) -> None:
    parts = read_title(title)
    assert (parts.agency, parts.subject) == (agency, subject)
