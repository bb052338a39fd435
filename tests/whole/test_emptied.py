"""A letter whose words its server lost: crawl by crawl, and what is said when they are back."""

from datetime import UTC, datetime

import pytest

from letters.change import ChangeKind, Significance
from letters.crawl_record import CrawlOutcome
from letters.letter_record import Status
from letters.visit_span import VisitOutcome
from storage.schema.tables import letters
from tests.whole.mornings import EDITED, TITLE, WHOLE, WORDS, Mornings, page

CODE = '$pageHelpBean.getColumnNavPath(" > ",true)'
FILE = '<p><a href="./P020220617000000001.pdf">办理情况表.pdf</a></p>'
EMPTIED = {
    "nothing left": page(),
    "blanks left": page("&nbsp;", "　　"),
    "what nobody sees left": page("\u200b\ufeff&#x3164;", "<span style='display:none'>正</span>"),
    "marks left": page("……", "。"),
    "a placeholder left": page("暂无内容"),
    "another placeholder left": page("正文"),
    "what a template prints left": page("附件下载：", "浏览次数：12", "【打印】【关闭】"),
    "other documents left": page("相关解读", "关于停车场建设的政策解读", "一图读懂停车场建设"),
    "its title left": page(TITLE),
    "a promise to load left": page("Loading..."),
    "code where one is led": page(path=CODE),
    "what JavaScript says of nothing": page("null", "null", "联系人：undefined"),
    "code in the text's place": page("{{ article.body }}"),
    "code where one is led, and a few words": page(*WORDS[:1], path=CODE),
    "an error's name": page(*WORDS[-2:], path="java.lang.NullPointerException"),
}


@pytest.mark.parametrize("html", EMPTIED.values(), ids=EMPTIED)
def test_a_text_that_its_server_lost_is_no_edit_however_long_it_is_away(
    mornings: Mornings, html: str
) -> None:
    assert mornings.see(WHOLE, *[html] * 6) == [VisitOutcome.LETTER, *[VisitOutcome.BROKEN] * 6]
    assert mornings.told() == []
    assert mornings.status() is Status.SUSPECT
    assert mornings.ended[1:] == [CrawlOutcome.PARTIAL] * 6
    assert mornings.reasons()[-1]
    assert mornings.see(WHOLE) == [VisitOutcome.LETTER]
    assert mornings.told() == []
    assert mornings.status() is Status.PUBLISHED
    assert mornings.ended[-1] is CrawlOutcome.COMPLETE


@pytest.mark.parametrize("html", EMPTIED.values(), ids=EMPTIED)
def test_what_comes_back_is_told_against_the_last_words(mornings: Mornings, html: str) -> None:
    mornings.see(WHOLE, html, html, html, EDITED)
    (change,) = mornings.told()
    assert [(edit.old, edit.new) for edit in change.edits] == [("718", "918")]
    assert (change.window.after, change.window.before) == (
        datetime(2022, 7, 1, 6, tzinfo=UTC),
        datetime(2022, 7, 5, 6, tzinfo=UTC),
    )
    assert mornings.status() is Status.PUBLISHED


def test_a_letter_that_keeps_some_words_was_gutted_and_is_told(mornings: Mornings) -> None:
    gutted = page(*WORDS[:1], "此件不予公开。")
    assert mornings.see(WHOLE, gutted, gutted)[-1] is VisitOutcome.LETTER
    (change,) = mornings.told()
    assert change.significance is Significance.SUBSTANTIVE


def test_code_that_the_page_had_always_shown_says_nothing_of_its_text(mornings: Mornings) -> None:
    whole, gutted = page(*WORDS, path=CODE), page(*WORDS[:1], path=CODE)
    assert mornings.see(whole, gutted, gutted)[-1] is VisitOutcome.LETTER
    (change,) = mornings.told()
    assert change.significance is Significance.SUBSTANTIVE


def test_code_around_a_text_that_is_there_hides_no_edit(mornings: Mornings) -> None:
    edited = EDITED.replace("首页", CODE)
    assert mornings.see(WHOLE, edited, edited) == [VisitOutcome.LETTER] * 3
    (change,) = mornings.told()
    assert [(edit.old, edit.new) for edit in change.edits] == [("718", "918")]


def test_code_amid_the_words_of_a_known_letter_is_its_servers(mornings: Mornings) -> None:
    leaking = page(*(text.replace("赵小华", "{{ name }}") for text in WORDS))
    leaking = leaking.replace("收悉。", "收悉，{{ name }}。")
    assert mornings.see(WHOLE, leaking, leaking) == [
        VisitOutcome.LETTER,
        *[VisitOutcome.BROKEN] * 2,
    ]
    assert mornings.told() == []


def test_a_date_that_gives_way_to_code_was_not_taken_away(mornings: Mornings) -> None:
    undated = WHOLE.replace('<meta name="PubDate" content="2022-06-17">', "")
    undated = undated.replace("首页", "日期：${pubDate}")
    assert mornings.see(WHOLE, undated, undated)[1:] == [VisitOutcome.BROKEN] * 2
    assert mornings.told() == []


def test_an_emptied_page_that_says_why_is_gone(mornings: Mornings) -> None:
    for html in (page("该信息已撤回。"), page(beside="<div>对不起，该信息已被撤回！</div>")):
        assert mornings.see(WHOLE, html) == [VisitOutcome.LETTER, VisitOutcome.GONE]
    mornings.is_listed = False
    mornings.see(html, html)
    assert [each.kind for each in mornings.told()] == [ChangeKind.WITHDRAWN]


def test_a_text_that_went_while_its_files_stayed_is_lost(mornings: Mornings) -> None:
    whole, emptied = page(*WORDS, files=FILE), page(files=FILE)
    assert mornings.see(whole, emptied, emptied)[1:] == [VisitOutcome.BROKEN] * 2
    assert mornings.told() == []


def test_a_text_that_went_into_a_file_was_moved_there(mornings: Mornings) -> None:
    moved = page(files=FILE)
    assert mornings.see(WHOLE, moved, moved)[-1] is VisitOutcome.LETTER
    (change,) = mornings.told()
    assert {edit.field for edit in change.edits} >= {"attachments", "body"}


def test_a_new_page_without_a_word_is_no_letter_yet(mornings: Mornings) -> None:
    assert mornings.see(page("暂无内容")) == [VisitOutcome.BROKEN]
    assert mornings.see(WHOLE) == [VisitOutcome.LETTER]
    assert mornings.ended == [CrawlOutcome.PARTIAL, CrawlOutcome.COMPLETE]


@pytest.fixture
def emptied_before(mornings: Mornings, monkeypatch: pytest.MonkeyPatch) -> Mornings:
    """Return an archive in which a letter without a word was told to be an edit, as it once was."""
    with monkeypatch.context() as before:
        before.setattr("crawler.visit.is_empty", lambda _: False)
        before.setattr("crawler.record.known_letter.lost_by_server", lambda *_, is_gutted: None)  # noqa: ARG005
        assert mornings.see(WHOLE, WHOLE, page(), page())[-1] is VisitOutcome.LETTER
    assert len(mornings.told()) == 1
    with mornings.archive.writing() as connection:  # which archives of then do not have
        connection.execute(letters.update().values(page_digest=None))
    return mornings


def test_an_archive_that_holds_an_empty_version_tells_against_the_last_words(
    emptied_before: Mornings,
) -> None:
    assert emptied_before.see(page(), EDITED) == [VisitOutcome.BROKEN, VisitOutcome.LETTER]
    (_, change) = emptied_before.told()
    assert [(edit.old, edit.new) for edit in change.edits] == [("718", "918")]
    assert (change.from_version, change.to_version) == (1, 3)
    assert change.window.after == datetime(2022, 7, 2, 6, tzinfo=UTC)


def test_the_same_words_behind_an_empty_version_are_no_edit(emptied_before: Mornings) -> None:
    assert emptied_before.see(WHOLE) == [VisitOutcome.LETTER]
    assert len(emptied_before.told()) == 1
    assert emptied_before.see(EDITED) == [VisitOutcome.LETTER]
    assert len(emptied_before.told()) == 2
