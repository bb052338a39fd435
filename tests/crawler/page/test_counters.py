"""Counters of visits and downloads: never the letter's words, wherever a template prints them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page.counters import without_counter
from letters.letter import BlockKind
from tests.crawler.page.test_body import PLAIN, WORDS, paragraphs, read

FILE = "附件：办理情况.pdf"
# {} is what is counted.
BOXED = [
    "（下载次数：{}）", "(已下载 {} 次)", "【点击：{}】", "[下载次数: {}]", "（下载 {}）", "〔被下载{}次〕",
    "（浏览量：{}，下载量：{}）", "(hits: {})", "（{}次下载）", "( 附件下载次数：{} )", "（{} views）",
]  # fmt: skip
BARE = [
    "下载量{}", "下载次数：{}", "{}次下载", "已下载{}次", "阅读：{}", "浏览次数： {} 次", "点击数{}",
    "{}人浏览", "已有{}人下载", "下载:{}", "Downloads: {}", "共{}人次阅读", "访问量 {} | 点赞 {} 次",
]  # fmt: skip
COUNTED = ["12", "1,203", "0", "1.2万", "3k+"]


@pytest.mark.parametrize("count", COUNTED)
@pytest.mark.parametrize("form", BOXED + BARE)
def test_a_counter_in_the_words_of_a_link_goes(form: str, count: str) -> None:
    counter = form.replace("{}", count)
    assert without_counter(f"{FILE}{counter}") == FILE
    assert without_counter(f"{FILE} {counter} ") == FILE
    assert without_counter(f"{counter} {FILE}") == FILE


@pytest.mark.parametrize(
    "name",
    [
        "附件下载1", "点击下载", "办法（12）", "网站访问量12", "2022年网站浏览量", "附件2：下载中心.docx",
        "第12次会议纪要.pdf", "关于提高下载速度的答复（第3次）", "浏览次数统计表（2022年）.xlsx", "12",
        "复函（3次修改稿）.doc", "附件（共3页）.pdf", "访问记录12.pdf", "",
    ],
)  # fmt: skip
def test_a_name_that_only_speaks_of_counting_stays(name: str) -> None:
    assert without_counter(name) == name


@given(
    st.text(
        alphabet="附件下载次数浏览量点击：:（）()【】 0123456789.,万次人已有hitspdf|，",
        max_size=40,
    )
)
def test_taking_a_counter_out_ends_and_takes_nothing_else(text: str) -> None:
    left = without_counter(text)
    assert left in text


def link(words: str) -> str:
    return f'<a href="./P020220617000000001.pdf">{words}</a>'


LAID_OUT = {
    "in the link": lambda counter: f"<p>{link('办理情况.pdf' + counter)}</p>",
    "in a part of the link": lambda counter: (
        f"<p>{link(f'<b>办理情况.pdf</b><i>{counter}</i>')}</p>"
    ),
    "behind the link": lambda counter: f"<p>{link('办理情况.pdf')}{counter}</p>",
    "behind the link, in pieces": lambda counter: (
        f"<p><span>{link('办理情况.pdf')}</span> <span><em>{counter}</em></span></p>"
    ),
    "before the link": lambda counter: f"<p>{counter} {link('办理情况.pdf')}</p>",
    "under a number": lambda counter: f"<p>附件：1.{link('办理情况.pdf')}{counter}</p>",
    "in a list": lambda counter: f"<ul><li>{link('办理情况.pdf')}{counter}</li></ul>",
    "in a line of its own": lambda counter: f"<p>{link('办理情况.pdf')}<br>{counter}</p>",
}


@pytest.mark.parametrize("where", LAID_OUT)
@pytest.mark.parametrize(
    "form", ["（下载次数：{}）", "【点击：{}】", "已下载 {} 次", "下载量：{}"]
)
def test_a_file_and_what_is_counted_at_it_are_the_file(form: str, where: str) -> None:
    for count in ("12", "1043"):
        told = read(paragraphs(*WORDS) + LAID_OUT[where](form.format(count)))
        assert [each.name for each in told.attachments] == ["办理情况.pdf"]
        assert told.body == PLAIN.body


def test_two_files_with_their_counters_in_one_line_are_two_files() -> None:
    line = f"<p>{link('甲.pdf')}（下载：3）、{link('乙.pdf').replace('01.', '02.')}（下载：4）</p>"
    told = read(paragraphs(*WORDS) + line)
    assert [each.name for each in told.attachments] == ["甲.pdf", "乙.pdf"]
    assert told.wording() == PLAIN.wording() + "甲.pdf、乙.pdf"


def test_a_link_to_another_page_amid_the_text_keeps_its_words_alone() -> None:
    here = "<a href='t20220101_9.html'>《实施方案》（点击：{}）</a>（阅读 {} 次）"
    lines = [*WORDS[:3], f"详见{here}，请查阅。", *WORDS[3:]]
    told = {read(paragraphs(*lines).format(n, n)).wording() for n in (3, 4)}
    assert len(told) == 1
    assert "详见《实施方案》，请查阅。" in told.pop()


def test_a_counter_in_a_cell_with_a_link_goes() -> None:
    table = "<table><tr><td>名称</td><td>号</td></tr><tr><td>{}</td><td>12</td></tr></table>"
    told = read(paragraphs(*WORDS) + table.format(link("办理情况.pdf <i>（下载次数：12）</i>")))
    (text,) = (block.text for block in told.body if block.kind is BlockKind.TABLE)
    assert text == "名称\t号\n办理情况.pdf\t12"


@pytest.mark.parametrize(
    "line",
    [
        "浏览次数：12", "本页浏览次数：12次", "阅读 12", "12次浏览", "hits: 12", "【点击：3】", "（下载次数：12）",
        "浏览：12 下载：3", "已有12人阅读", "下载量12", "附件下载次数：12次", "点击数： 1,024", "点赞（3） 收藏（12）", "评论(0)",
    ],
)  # fmt: skip
def test_a_line_of_counters_is_the_templates_wherever_it_stands(line: str) -> None:
    for at in (0, 3, len(WORDS)):
        assert read(paragraphs(*WORDS[:at], line, *WORDS[at:])) == PLAIN


def test_a_counter_behind_the_last_words_and_before_the_first_is_the_templates() -> None:
    first, *amid, last = WORDS
    for n in (12, 13):
        body = paragraphs(f"【浏览：{n}】{first}", *amid, f"{last}（浏览次数：{n}）")
        assert read(body) == PLAIN
        assert read(paragraphs(first, *amid, f"{last} 阅读量：{n}")) == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        "浏览次数达12万次。",
        "截至5月底，政务新媒体浏览次数12万次，下载次数3000次。",
        "办事指南（浏览次数：12）最受关注。",
        "我市博物馆网上展厅（访问量：12）",
        "办事指南已下载1200次",
        "下载量",
        "网站访问量12000",
        f"{link('官网')}访问量12万次，同比增长3%。",
        f"据{link('统计')}下载次数：3000次，其中手机端占八成。",
    ],
)
def test_the_same_words_amid_a_letter_are_the_letters(line: str) -> None:
    told = read(paragraphs(*WORDS[:3], line, *WORDS[3:])).wording()
    words = line.replace(link("官网"), "官网").replace(link("统计"), "统计")
    assert words in told


def test_the_title_of_a_link_without_words_is_told_without_its_counter() -> None:
    line = '<p><a href="./P020220617000000001.pdf" title="办理情况.pdf（下载：7）"><img></a></p>'
    told = read(paragraphs(*WORDS) + line)
    assert [each.name for each in told.attachments] == ["办理情况.pdf"]
