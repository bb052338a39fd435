"""A letter whose words its server lost: crawl by crawl, and what is said when they are back."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.job import CrawlJob, Source
from crawler.look import look_at
from crawler.recorder import Recorder
from crawler.snapshot import Snapshot
from fuhan.audit import audit
from letters.archive import CrawlOutcome, Outcome, Status
from letters.change import Change, ChangeKind, Significance
from letters.letter import Kind
from letters.urls import url_key
from storage import queries
from storage.addresses import Listed
from storage.archive import Archive, open_archive

URL = "http://gov.example/zwgk/tagk/202206/t20220617_1074.html"
SOURCE = Source("proposals", "发展改革委", Kind.PROPOSAL, "http://gov.example/zwgk/tagk/")
TITLE = "重庆市发展和改革委员会关于市政协五届五次会议第0501号提案的复函"
WORDS = (
    "赵小华委员：",
    "您提出的《关于建设停车场的建议》（第0501号）收悉。经研究，现答复如下：",
    "我委高度重视，认真研究办理，2022年共新增停车位718个，各项工作进展顺利。",
    "下一步，我委将确保2023年底前再新增停车位300个，并每季度通报一次进展情况。",
    "感谢您对我委工作的关心和支持！",
    "重庆市发展和改革委员会",
    "2022年6月7日",
)
CODE = '$pageHelpBean.getColumnNavPath(" > ",true)'
FILE = '<p><a href="./P020220617000000001.pdf">办理情况表.pdf</a></p>'


def page(*words: str, path: str = "首页", files: str = "", beside: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in words)
    return (
        f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{TITLE}">'
        f'<meta name="PubDate" content="2022-06-17"></head><body><div class="path">{path}</div>'
        f'<div class="main"><div class="view TRS_UEDITOR">{body}</div>{beside}{files}</div></body></html>'
    )


WHOLE = page(*WORDS)
EDITED = page(*(text.replace("718", "918") for text in WORDS))


@dataclass
class Mornings:
    """One letter that is looked at once a day."""

    archive: Archive
    days: int = 0
    is_listed: bool = True
    ended: list[CrawlOutcome] = field(default_factory=list)

    def see(self, *pages: str) -> list[Outcome]:
        """Crawl once for each page; return what each look found."""
        return [self._crawl(html) for html in pages]

    def _crawl(self, html: str) -> Outcome:
        at = datetime(2022, 7, 1, 6, tzinfo=UTC) + timedelta(days=self.days)
        self.days += 1
        recorder = Recorder(self.archive, CrawlJob("", SOURCE), lambda: at)
        rows = [Listed(url_key(URL), URL, TITLE, None)] if self.is_listed else []
        recorder.record_directory(rows, at, whole=True)
        (known,) = recorder.known()
        seen = Snapshot(URL, URL, 200, {"content-type": "text/html"}, html.encode(), at)
        look = look_at(known, seen, SOURCE.kind, is_listed=self.is_listed)
        recorder.record(look)
        self.ended.append(recorder.close(failed=False).outcome)
        with self.archive.reading() as connection:
            is_held = queries.letter(connection, 1) is not None
            return queries.visits(connection, 1)[-1].outcome if is_held else look.outcome

    def told(self) -> list[Change]:
        """Return what was told but that the letter was first seen, oldest first."""
        with self.archive.reading() as connection:
            found = list(queries.changes(connection, queries.ChangeFilter()))
        return [each for each in reversed(found) if each.kind is not ChangeKind.PUBLISHED]

    def status(self) -> Status:
        with self.archive.reading() as connection:
            held = queries.letter(connection, 1)
        assert held
        return held.status

    def reasons(self) -> list[str | None]:
        with self.archive.reading() as connection:
            return [each.reason for each in queries.visits(connection, 1)]


@pytest.fixture
def mornings(tmp_path: Path) -> Iterator[Mornings]:
    with closing(open_archive(f"sqlite:///{tmp_path}/fuhan.db", create=True)) as archive:
        yield Mornings(archive)
        assert audit(archive).damages == []


EMPTIED = {
    "nothing left": page(),
    "blanks left": page("&nbsp;", "　　"),
    "what nobody sees left": page("\u200b\ufeff&#x3164;", "<span style='display:none'>正</span>"),
    "marks left": page("……", "。"),
    "a placeholder left": page("暂无内容"),
    "another placeholder left": page("正文"),
    "what a template prints left": page("附件下载：", "浏览次数：12", "【打印】【关闭】"),
    "code where one is led": page(path=CODE),
    "code in the text's place": page("{{ article.body }}"),
    "code where one is led, and a few words": page(*WORDS[:1], path=CODE),
    "an error's name": page(*WORDS[-2:], path="java.lang.NullPointerException"),
}


@pytest.mark.parametrize("html", EMPTIED.values(), ids=EMPTIED)
def test_a_text_that_its_server_lost_is_no_edit_however_long_it_is_away(
    mornings: Mornings, html: str
) -> None:
    assert mornings.see(WHOLE, *[html] * 6) == [Outcome.LETTER, *[Outcome.BROKEN] * 6]
    assert mornings.told() == []
    assert mornings.status() is Status.SUSPECT
    assert mornings.ended[1:] == [CrawlOutcome.PARTIAL] * 6
    assert mornings.reasons()[-1]
    assert mornings.see(WHOLE) == [Outcome.LETTER]
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
    assert mornings.see(WHOLE, gutted, gutted)[-1] is Outcome.LETTER
    (change,) = mornings.told()
    assert change.significance is Significance.SUBSTANTIVE


def test_code_that_the_page_had_always_shown_says_nothing_of_its_text(mornings: Mornings) -> None:
    whole, gutted = page(*WORDS, path=CODE), page(*WORDS[:1], path=CODE)
    assert mornings.see(whole, gutted, gutted)[-1] is Outcome.LETTER
    (change,) = mornings.told()
    assert change.significance is Significance.SUBSTANTIVE


def test_code_around_a_text_that_is_there_hides_no_edit(mornings: Mornings) -> None:
    edited = EDITED.replace("首页", CODE)
    assert mornings.see(WHOLE, edited, edited) == [Outcome.LETTER] * 3
    (change,) = mornings.told()
    assert [(edit.old, edit.new) for edit in change.edits] == [("718", "918")]


def test_code_amid_the_words_of_a_known_letter_is_its_servers(mornings: Mornings) -> None:
    leaking = page(*(text.replace("赵小华", "{{ name }}") for text in WORDS))
    leaking = leaking.replace("收悉。", "收悉，{{ name }}。")
    assert mornings.see(WHOLE, leaking, leaking) == [Outcome.LETTER, *[Outcome.BROKEN] * 2]
    assert mornings.told() == []


def test_a_date_that_gives_way_to_code_was_not_taken_away(mornings: Mornings) -> None:
    undated = WHOLE.replace('<meta name="PubDate" content="2022-06-17">', "")
    undated = undated.replace("首页", "日期：${pubDate}")
    assert mornings.see(WHOLE, undated, undated)[1:] == [Outcome.BROKEN] * 2
    assert mornings.told() == []


def test_an_emptied_page_that_says_why_is_gone(mornings: Mornings) -> None:
    for html in (page("该信息已撤回。"), page(beside="<div>对不起，该信息已被撤回！</div>")):
        assert mornings.see(WHOLE, html) == [Outcome.LETTER, Outcome.GONE]
    mornings.is_listed = False
    mornings.see(html, html)
    assert [each.kind for each in mornings.told()] == [ChangeKind.WITHDRAWN]


def test_a_text_that_went_while_its_files_stayed_is_lost(mornings: Mornings) -> None:
    whole, emptied = page(*WORDS, files=FILE), page(files=FILE)
    assert mornings.see(whole, emptied, emptied)[1:] == [Outcome.BROKEN] * 2
    assert mornings.told() == []


def test_a_text_that_went_into_a_file_was_moved_there(mornings: Mornings) -> None:
    moved = page(files=FILE)
    assert mornings.see(WHOLE, moved, moved)[-1] is Outcome.LETTER
    (change,) = mornings.told()
    assert {edit.field for edit in change.edits} >= {"attachments", "body"}


def test_a_new_page_without_a_word_is_no_letter_yet(mornings: Mornings) -> None:
    assert mornings.see(page("暂无内容")) == [Outcome.BROKEN]
    assert mornings.see(WHOLE) == [Outcome.LETTER]
    assert mornings.ended == [CrawlOutcome.PARTIAL, CrawlOutcome.COMPLETE]


@pytest.fixture
def emptied_before(mornings: Mornings, monkeypatch: pytest.MonkeyPatch) -> Mornings:
    """Return an archive in which a letter without a word was told to be an edit, as it once was."""
    with monkeypatch.context() as before:
        before.setattr("crawler.look.is_empty", lambda _: False)
        before.setattr("crawler.outcomes.lost_by_server", lambda *_, is_gutted: None)  # noqa: ARG005
        assert mornings.see(WHOLE, WHOLE, page(), page())[-1] is Outcome.LETTER
    assert len(mornings.told()) == 1
    return mornings


def test_an_archive_that_holds_an_empty_version_tells_against_the_last_words(
    emptied_before: Mornings,
) -> None:
    assert emptied_before.see(page(), EDITED) == [Outcome.BROKEN, Outcome.LETTER]
    (_, change) = emptied_before.told()
    assert [(edit.old, edit.new) for edit in change.edits] == [("718", "918")]
    assert (change.from_version, change.to_version) == (1, 3)
    assert change.window.after == datetime(2022, 7, 2, 6, tzinfo=UTC)


def test_the_same_words_behind_an_empty_version_are_no_edit(emptied_before: Mornings) -> None:
    assert emptied_before.see(WHOLE) == [Outcome.LETTER]
    assert len(emptied_before.told()) == 1
    assert emptied_before.see(EDITED) == [Outcome.LETTER]
    assert len(emptied_before.told()) == 2
