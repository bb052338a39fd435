"""The report in Markdown: whatever a page says, it is text there and nothing else."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from letters.change import Category, Change, ChangeKind, Edit, LetterRef, Op, Significance, Window
from letters.crawl_record import Crawl, PageError
from letters.letter import Block, BlockKind, Form, Kind, Letter
from letters.letter_record import Cause, Version
from review.change_view import build_change_view
from review.markdown import plain
from review.rendering import render
from review.report_contents import Period, ReportContents
from review.translator import Translator

AT = datetime(2026, 11, 24, tzinfo=UTC)
# Each does something in Markdown, in one of its dialects or in a template.
HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="a tag"),
    pytest.param("![x](javascript:alert(1))", id="a picture"),
    pytest.param("*一* __二__ ~~三~~ $四$ `五`", id="emphasis and code"),
    pytest.param("a | b", id="a cell of a table"),
    pytest.param("https://evil.example www.evil.example", id="links without brackets"),
    pytest.param("一\n\n# 二\r- 三", id="lines of their own"),
    pytest.param("# 一", id="a heading"),
    pytest.param("12. 一", id="a list"),
    pytest.param("{{ 7 * 7 }}{% raw %}{# x #}", id="a template"),
    pytest.param("&lt;b&gt; \\*", id="what is escaped already"),
]


def version(number: int, text: str) -> Version:
    body = (Block(BlockKind.PARAGRAPH, f"{text}{number}"),)
    letter = Letter("http://gov.example/1.html", Kind.PROPOSAL, Form.REPLY, "题", body=body)
    return Version(1, number, Cause.PUBLISHER, AT, "http://gov.example/1.html", "ab", "1", letter)


def contents(text: str) -> ReportContents:
    letter = LetterRef(1, text, text, text, text)
    edit = Edit(Op.REPLACE, "body", Category.WORDING, text, text, None, (text, text), text)
    change = Change(
        1, letter, ChangeKind.EDITED, Significance.MINOR, held=True, from_version=1, to_version=2,
        detected_at=AT, window=Window(None, AT), edits=(edit,),
    )  # fmt: skip
    view = build_change_view(change, version(1, text), version(2, text))
    crawl = Crawl(1, text, None, AT, None, errors=(PageError(text, text),))
    return ReportContents(
        period=Period(None, AT),
        state=None,
        changes=(change,),
        crawls=(crawl,),
        by_weight={change.significance: (change,)},
        changed=(change,),
        main_changes=(view,),
        published=(change,),
        baseline=(change,),
        baseline_count=1,
        cosmetic_changes=(view,),
    )


def report(contents: ReportContents) -> str:
    translator = Translator("en", ZoneInfo("Asia/Shanghai"))
    return render("report.md", contents=contents, translator=translator, now=AT)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_page_is_escaped_wherever_it_stands(text: str) -> None:
    written, harmless = report(contents(text)), report(contents("文"))
    assert written.count("\n") == harmless.count("\n")
    # In an entry: title, source, address, two headings, before and after; in two tables and their
    # two cells, in the table of crawls, and three times with an error.
    assert written.count(plain(text)) >= 2 * 7 + 2 * 2 + 1 + 3
    assert text not in written.replace(plain(text), "")


def test_words_that_changed_are_marked_and_escaped() -> None:
    shown = report(contents("<b>"))
    assert "> ▍ &lt;b&gt;<del>1</del><ins>2</ins>\n" in shown


def test_times_are_written_as_they_are_read() -> None:
    shown = report(contents("文"))
    assert "| 1 | 2026-11-24 08:00:00 | `" in shown
    assert "| no later than 2026-11-24 08:00 (Beijing time) |" in shown
    assert shown.endswith("Made 2026-11-24 08:00 (Beijing time)\n")
