"""The head of a letter: whom it addresses, what it answers, and which bodies were heard."""

import pytest

from letters.letter import BlockKind, Kind, Letter
from letters.printed_page import Line, PrintedPage
from letters.reading import read_letter
from letters.titles import read_title


def opened(*head: str, title: str = "关于提案的复函") -> Letter:
    lines = tuple(Line(BlockKind.PARAGRAPH, text) for text in (*head, "我委已经办理。"))
    return read_letter(PrintedPage("http://gov.example/1.html", title, lines=lines), Kind.PROPOSAL)


@pytest.mark.parametrize(
    ("printed", "addressees"),
    [
        ("赵小华委员:", ("赵小华",)),
        ("赵小华委员：您好！", ("赵小华",)),
        ("赵小华委员，您好：", ("赵小华",)),
        ("赵小华委员，您好！", ("赵小华",)),
        ("尊敬的赵小华、钱大勇等委员，你们好：", ("赵小华", "钱大勇")),
        ("阿依古丽·买买提委员：", ("阿依古丽·买买提",)),
        ("赵小华女士：", ("赵小华",)),
        ("李平先生：", ("李平",)),
        ("赵小华（等3人）委员：", ("赵小华",)),
        ("张三委员（并联名委员）：", ("张三",)),
        ("王伟等5名代表：", ("王伟",)),
        ("王伟等五位代表：", ("王伟",)),
        ("民革重庆市委会：", ("民革重庆市委会",)),
        ("赵小华委员：您提出的《关于A的建议》收悉。", ("赵小华",)),
        ("赵小华委员：贵委员提出的《关于A的建议》收悉。", ("赵小华",)),
        ("民革重庆市委会：你们提出的《关于A的建议》收悉。", ("民革重庆市委会",)),
        ("尊敬的各位代表：", ()),
        ("现答复如下：", ()),
        ("主要做法：", ()),
        ("提案单位：", ()),
        ("答复如下：您提出的建议很好。", ()),
    ],
)
def test_a_salutation_says_whom_the_letter_addresses(
    printed: str, addressees: tuple[str, ...]
) -> None:
    assert opened(printed, "经研究，现答复如下：").addressees == addressees


def test_a_paragraph_can_hold_salutation_and_opening() -> None:
    letter = opened(
        "赵小华委员：您提出的《关于A的建议》（第0501号）收悉。经与市财政局研究，现答复如下："
    )
    assert (letter.addressees, letter.subject) == (("赵小华",), "关于A的建议")
    assert (letter.number, letter.co_handlers) == ("0501", ("市财政局",))


@pytest.mark.parametrize(
    ("printed", "bodies"),
    [
        ("会同市人力社保局和市文化旅游委进行了认真研究，现函复如下：", ("市人力社保局", "市文化旅游委")),
        ("我委会同市级有关部门和单位研究办理，现答复如下：", ()),
        ("会同市公安局、市交通局认真进行了研究，现答复如下：", ("市公安局", "市交通局")),
        ("立即会同市住建委、市城管局开展专题研究，现答复如下：", ("市住建委", "市城管局")),
        ("会同市财政局于2022年4月进行了调研，现答复如下：", ("市财政局",)),
        ("结合市财政局、市教委会办意见，现答复如下：", ()),
        ("我委会同有关部门认真研究，现答复如下：", ()),
        ("经商市民政局、市卫生健康委等部门，现答复如下：", ("市民政局", "市卫生健康委")),
        ("经会同市财政局和相关区县研究，现答复如下：", ("市财政局",)),
        ("该提案由我委主办，市财政局、市教委协办。现答复如下：", ("市财政局", "市教委")),
        ("经与市财政局沟通协商、并征求市审计局意见，现答复如下：", ("市财政局", "市审计局")),
        ("现将我委商市财政局、市审计局提出的意见答复如下：", ("市财政局", "市审计局")),
        ("经我委与市财政局、国网市电力公司共同研究办理，现答复如下：", ("市财政局", "国网市电力公司")),
        ("经与您沟通，现答复如下：", ()),
    ],
)  # fmt: skip
def test_the_bodies_heard_are_named_without_how_they_were(
    printed: str, bodies: tuple[str, ...]
) -> None:
    assert opened(f"您提出的《关于A的建议》（第0501号）收悉。{printed}").co_handlers == bodies


@pytest.mark.parametrize(
    ("printed", "number", "subject"),
    [
        ("《关于A的建议》(第0501号)", "0501", "关于A的建议"),
        ("《关于A的建议》（0501号）", "0501", "关于A的建议"),
        (
            "《关于A的建议》（提案第0501号）、《关于B的建议》（提案第0502号）",
            "0501",
            "关于A的建议",
        ),
        ("《关于A的建议》、《关于B的建议》（第0502号）", None, "关于A的建议"),
        ("《关于修订《物业条例》的建议》（第0501号）", "0501", "关于修订《物业条例》的建议"),
        ("第0501号提案《关于A的建议》", "0501", "关于A的建议"),
        ("0501号《关于A的建议》", "0501", "关于A的建议"),
        ("第０５０１号提案《关于A的建议》", "0501", "关于A的建议"),
        ("《关于修订市政府第167号令的建议》", None, "关于修订市政府第167号令的建议"),
        ("第0501号、第0502号提案", "0501、0502", None),
    ],
)
def test_number_and_subject_are_of_one_paper(
    printed: str, number: str | None, subject: str | None
) -> None:
    letter = opened(f"您提出的{printed}收悉。现答复如下：")
    assert (letter.number, letter.subject) == (number, subject)


@pytest.mark.parametrize(
    ("title", "session", "number"),
    [
        ("关于市政协五届五次会议第０５０１号提案的复函", "市政协五届五次会议", "0501"),
        ("关于市政协五届五次会议第〔2022〕0501号提案的复函", "市政协五届五次会议", "0501"),
        ("关于市政协五届五次会议0501号提案的复函", "市政协五届五次会议", "0501"),
        ("关于市政协五届五次会议提案0501号的复函", "市政协五届五次会议", "0501"),
        ("关于市六届人大一次会议第0123、0456号建议的复函", "市六届人大一次会议", "0123、0456"),
        ("关于市六届人大一次会议第0123号、第0456号建议的复函", "市六届人大一次会议", "0123、0456"),
        ("关于市六届人大一次会议第12号、13号建议的复函", "市六届人大一次会议", "12、13"),
        ("关于长寿区政协十五届一次会议第5号提案的复函", "长寿区政协十五届一次会议", "5"),
        ("关于政协重庆市委员会五届五次会议第0633号提案的复函", "政协重庆市委员会五届五次会议", "0633"),
        ("某局关于落实渝府发〔2022〕12号建议书的复函", None, None),
    ],
)  # fmt: skip
def test_a_title_gives_session_and_number_whole(
    title: str, session: str | None, number: str | None
) -> None:
    parts = read_title(title)
    assert (parts.session, parts.number) == (session, number)


@pytest.mark.parametrize(
    ("printed", "session"),
    [
        ("您在长寿区政协十五届一次会议上提出的提案", "长寿区政协十五届一次会议"),
        ("您在市政协五届五次会议上提出的提案", "市政协五届五次会议"),
        ("您在今年全市政协五届五次会议上提出的提案", "市政协五届五次会议"),
        ("您在政协重庆市委员会五届五次会议上提出的提案", "政协重庆市委员会五届五次会议"),
    ],
)
def test_an_opening_names_its_session_whole(printed: str, session: str) -> None:
    assert opened(f"{printed}收悉。").session == session
