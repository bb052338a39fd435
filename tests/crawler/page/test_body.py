"""What of a page is the letter's text, and what is its template's."""

from dataclasses import replace

import pytest

from crawler.page.dom import Page
from crawler.page.reader import read_page
from letters.letter import BlockKind, Kind, Letter

URL = "http://gov.example/zwgk/tagk/202206/t20220617_1074.html"
WORDS = (
    "赵小华委员：",
    "您提出的《关于建设停车场的建议》（第0501号）收悉。经研究，现答复如下：",
    "我委高度重视，认真研究办理，2022年共新增停车位718个，各项工作进展顺利。",
    "感谢您对我委工作的关心和支持！",
    "重庆市发展和改革委员会",
    "2022年6月7日",
)
TITLE = "关于市政协五届五次会议第0501号提案的复函"


def read(body: str, *, around: str = "") -> Letter:
    html = (
        f'<html><head><meta name="ArticleTitle" content="{TITLE}"></head><body>'
        f'<div class="zwxl-content"><div class="zwxl-article">{body}</div></div>{around}</body>'
    )
    return read_page(Page(html, URL), Kind.PROPOSAL)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


PLAIN = read(paragraphs(*WORDS))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<br>".join(WORDS), id="lines broken"),
        pytest.param("".join(f"<div>{text}</div>" for text in WORDS), id="divisions"),
        pytest.param(
            "<table><tbody>" + "".join(f"<tr><td>{text}</td></tr>" for text in WORDS) + "</table>",
            id="a table that lays out",
        ),
        pytest.param(
            "<dl>" + "".join(f"<dt>{text}</dt>" for text in WORDS) + "</dl>", id="a list of terms"
        ),
        pytest.param(
            "<section>" + "".join(f"<h5>{text}</h5>" for text in WORDS) + "</section>",
            id="small headings",
        ),
        pytest.param(
            paragraphs(*WORDS) + "<p style='visibility: hidden'>藏</p><p hidden>藏</p>",
            id="text that nobody sees",
        ),
        pytest.param(
            "<title>复函</title><div><p><title>复函</title></p></div>" + paragraphs(*WORDS),
            id="the title of a document that was pasted",
        ),
    ],
)
def test_the_same_words_in_another_layout_are_the_same_letter(body: str) -> None:
    assert read(body) == PLAIN


def test_a_table_within_a_table_that_lays_out_keeps_its_cells() -> None:
    rows = "<tr><th>区县</th><th>2021年</th></tr><tr><td>涪陵</td><td>13.8</td></tr>"
    body = f"<table><tr><td>{paragraphs(*WORDS[:3])}<table>{rows}</table></td></tr></table>"
    tables = [block.text for block in read(body).body if block.kind is BlockKind.TABLE]
    assert tables == ["区县\t2021年\n涪陵\t13.8"]


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", "浏览次数：123"),
        ("", "【打印】【关闭】"),
        ("", "上一篇：关于第0500号提案的复函|下一篇：没有了"),
        ("", "分享到：微信 微博 QQ空间|扫一扫在手机打开当前页"),
        ("", "责任编辑：王五|附件下载："),
        ("", "相关解读|关于停车场建设的政策解读|一图读懂停车场建设"),
        ("日期：2022-06-17 来源：市发展改革委 字体：大 中 小", ""),
        ("您当前的位置：首页>政务公开|字号：【大】【中】【小】", "返回顶部"),
    ],
)
def test_what_a_template_prints_before_and_behind_the_text_is_not_the_letters(
    before: str, behind: str
) -> None:
    body = paragraphs(*before.split("|"), *WORDS, *behind.split("|"))
    assert replace(read(body), published_on=None) == PLAIN  # its bar may tell the page's date


@pytest.mark.parametrize(
    "line",
    [
        "一是打印办事指南，关闭违规窗口。",
        "相关解读工作已于2022年完成。",
        "分享到位的经验共12条。",
        "浏览次数：按每日123次计算。",
    ],
)
def test_the_same_words_within_a_sentence_are_the_letters(line: str) -> None:
    told = read(paragraphs(*WORDS[:3], line, *WORDS[3:]))
    assert line in told.wording()


def test_a_line_that_only_looks_like_a_list_of_others_keeps_what_is_signed() -> None:
    told = read(paragraphs(*WORDS[:3], "相关信息：", *WORDS[3:]))
    assert told.signed_on == PLAIN.signed_on


@pytest.mark.parametrize(
    "line", ["今天是2026年11月24日 星期二 晴 12～18℃", "2026年11月24日 星期二"]
)
def test_the_day_of_the_visit_is_the_templates(line: str) -> None:
    assert read(paragraphs(line, *WORDS)) == PLAIN


@pytest.mark.parametrize(
    "day", ["今天是<span>2026年11月24日</span> 星期二", "打印时间：2026-11-24"]
)
def test_the_day_of_the_visit_is_the_templates_within_the_cells_of_a_table_too(day: str) -> None:
    def table(before: str, behind: str) -> str:
        cell = f"<td>{before}<p>年度</p><p>今天是2026年的第一天</p>{behind}</td>"
        rows = f"<tr>{cell}<td><p>项目数</p>{before}</td></tr><tr><td>2021年</td><td>12</td></tr>"
        return f"{paragraphs(*WORDS[:3])}<table>{rows}</table>{paragraphs(*WORDS[3:])}"

    assert read(table(f"<p>{day}</p>", f"<p>{day}</p>")) == read(table("", ""))


def test_a_day_with_its_weekday_under_the_agency_is_the_letters() -> None:
    signed = "2022年6月10日 星期五"
    assert read(paragraphs(*WORDS[:5], signed)).wording().endswith(signed)


def test_a_line_of_many_buttons_that_is_none_is_read_in_no_time() -> None:
    line = "打印 关闭 " * 12 + "。"
    assert line.strip() in read(paragraphs(*WORDS, line)).wording()


def test_files_beside_the_page_are_its_own_and_those_of_other_folders_are_not() -> None:
    own = "<a href='./P020220617000000001.pdf'>办理情况表.pdf</a>"
    other = "<a href='/zwgk/xz/202201/P020220101000000002.pdf'>下载中心.pdf</a>"
    told = read(paragraphs(*WORDS), around=f"<div class='sidebar'>{own}{other}</div>")
    assert [each.name for each in told.attachments] == ["办理情况表.pdf"]


def test_a_line_that_only_names_a_file_is_told_as_the_file() -> None:
    link = "<a href='./P020220617000000001.docx'>回执.docx</a>"
    told = read(paragraphs(*WORDS, f"附件：{link}", "附件下载：", f"1.{link}"))
    assert [each.name for each in told.attachments] == ["回执.docx"]
    assert told.body == PLAIN.body


def test_a_letter_written_in_two_pieces_side_by_side_is_read_whole() -> None:
    first, second = paragraphs(*WORDS[:3]), paragraphs(*WORDS[3:])
    editor = "<div class='view TRS_UEDITOR'>{}</div>"
    assert read(editor.format(first) + editor.format(second)) == PLAIN
    assert read(editor.format(first + second) + editor.format("<p>&nbsp;</p>")) == PLAIN


def test_a_list_of_files_that_a_script_assigns_later_is_read() -> None:
    script = "<script>var hasFJ='';hasFJ='<a href=\"./P020220617000000001.docx\">附件1.docx</a>';</script>"
    told = read(paragraphs(*WORDS), around=script)
    assert [each.name for each in told.attachments] == ["附件1.docx"]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("<pre>{}</pre>", id="pre"),
        pytest.param("<textarea readonly>{}</textarea>", id="textarea"),
        pytest.param('<div style="white-space: pre-wrap">{}</div>', id="a style"),
    ],
)
def test_typed_text_is_broken_where_it_was_typed(typed: str) -> None:
    letter = read(typed.format("\n" + "\n　　".join(WORDS) + "\n"))
    assert letter.digest() == PLAIN.digest()


def test_a_line_ends_at_an_element_that_the_site_made_up() -> None:
    lines = "".join(f"<gov-line>{line}</gov-line>" for line in WORDS)
    assert read(lines).digest() == PLAIN.digest()


@pytest.mark.parametrize("line", ["（责任编辑：李某）", "发布日期：2022-06-17"])
def test_what_a_template_prints_behind_the_text_is_no_text(line: str) -> None:
    assert read(paragraphs(*WORDS, line)).body == PLAIN.body


@pytest.mark.parametrize("tag", ["div", "span"])
def test_elements_nested_beyond_all_measure_are_read_as_any(tag: str) -> None:
    depth = 20_000
    nested = f"<{tag}>" * depth + paragraphs(*WORDS) + f"</{tag}>" * depth
    assert read(nested).digest() == PLAIN.digest()
