"""Files of letters get verdicts as pages do, and only what they say can change."""

import hashlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bench.trouble import FILE_FAULTS, FILE_GONE
from crawler.job import AUTO
from crawler.reprocess import reparse, reread_files
from letters.search_text import parse_search
from replica import faults
from replica.compose import compose
from replica.document import Document, File
from replica.pdf import make_chinese_pdf, make_pdf
from replica.server import Replica
from storage import queries
from storage.schema.tables import evidence

OVERSIZED = {"too large": faults.page(b"%PDF-1.4" + bytes(2**20), Content_Type="application/pdf")}
REASONS = {
    "too large": "larger than 1048576 bytes",
    "stall": "timed out",
    "reset": "closed before an answer",
    "truncated": "truncated",
    "cut off by its length": "truncated",
    "without its end": "truncated",
    "not gzip": "not in gzip",
    "empty": "empty answer",
    "blank": "empty answer",
    "500": "HTTP 500",
    "403": "HTTP 403",
    "429": "HTTP 429",
    "challenge": "JavaScript challenge",
    "login": "a login",
    "maintenance": "a notice",
    "notice called a file": "a notice",
    "another page": "a page stands in its place",
    "text": "a text stands in the place of a .pdf file",
    "JSON": "a notice",
    "XML": "not a page but application/xml",
    "redirect to another site": "redirected to another site",
    "redirect to a captcha": "captcha.html",
    "shown otherwise each time": "two visits in a row disagree",
}
Faults = dict[str, faults.Send]


def attach(each: Document, content: bytes, name: str = "办理情况表.pdf") -> File:
    """Let a letter carry one file, which lies beside its page."""
    extension = name.rpartition(".")[2]
    each.files = [File(name, f"./P0{each.made_on}{each.docid}.{extension}", content)]
    return each.files[0]


@dataclass
class Night:
    """What crawls made of faults, one for each letter's file, and the crawl after them."""

    letters: dict[str, Document]  # by fault
    met: list[dict[str, Any]]
    after: dict[str, Any]
    changes: list[dict[str, Any]]

    def reason(self, name: str) -> str | None:
        end = f"{self.letters[name].docid}.pdf"
        reasons = [each["reason"] for each in self.errors if each["url"].endswith(end)]
        return reasons[0] if reasons else None

    @property
    def errors(self) -> list[dict[str, Any]]:
        return [error for crawl in self.met for error in crawl["errors"]]


@pytest.fixture(scope="module")
def night(
    tmp_path_factory: pytest.TempPathFactory, watch: Callable[..., Any], quick: Callable[..., Any]
) -> Night:
    """A night in which files met every fault, and one in which all was well again."""
    met: Faults = FILE_FAULTS | FILE_GONE | OVERSIZED
    with Replica(compose(letters=len(met) + 4, suggestions=0)) as served:
        project = watch(tmp_path_factory.mktemp("files"), served.listing("proposal"))
        crawled = quick(served, project)
        letters = dict(zip(met, served.directory.documents, strict=False))
        for name, each in letters.items():
            attach(each, make_pdf(f"file of the letter that meets {name}"))
        assert crawled.crawl()["outcome"] == "complete"
        for name, each in letters.items():
            if name != "stall":
                served.faults.add(f"{each.docid}[.]pdf", met[name])
        ended = crawled.crawl()
        stalling = letters["stall"]  # by itself: a busy machine is late with others, too
        served.faults.add(f"{stalling.docid}[.]pdf", met["stall"])
        urls = (served.url + stalling.path,)
        late = replace(crawled, timeout=5.0).crawl(urls=urls)
        served.faults.clear()
        after = crawled.crawl()
        crawled.assert_sound()
        return Night(letters, [ended, late], after, crawled.changes())


def test_every_fault_has_its_reason() -> None:
    assert REASONS.keys() == FILE_FAULTS.keys() | OVERSIZED.keys()


@pytest.mark.parametrize("name", REASONS)
def test_what_stands_in_a_files_place_is_named_and_makes_the_crawl_partial(
    night: Night, name: str
) -> None:
    assert {crawl["outcome"] for crawl in night.met} == {"partial"}
    assert REASONS[name] in (night.reason(name) or "")


@pytest.mark.parametrize("name", FILE_GONE)
def test_gone_is_a_verdict(night: Night, name: str) -> None:
    assert night.reason(name) is None


def test_no_fault_of_a_file_is_an_edit_of_its_letter(night: Night) -> None:
    assert night.changes == []
    assert len(night.errors) == len(REASONS), night.errors
    assert night.after["outcome"] == "complete"


@dataclass
class Watched:
    """Few letters; the first has a file."""

    quick: Any
    letter: Document
    file: File

    def meet(self, send: faults.Send) -> None:
        self.be_well()
        self.quick.replica.faults.add(f"P0.*{self.letter.docid}[.]", send)

    def be_well(self) -> None:
        self.quick.replica.faults.clear()

    def crawl(self, outcome: str = "complete") -> dict[str, Any]:
        ended: dict[str, Any] = self.quick.crawl()
        assert ended["outcome"] == outcome, ended["errors"]
        return ended

    def edits(self) -> list[tuple[Any, ...]]:
        """Return all edits told, as op, category, old and new."""
        changes = self.quick.changes()
        assert all(each["kind"] == "edited" for each in changes)
        edits = [edit for each in changes for edit in each["edits"]]
        assert all(each["field"] == "attachments" for each in edits)
        return [tuple(each[name] for name in ("op", "category", "old", "new")) for each in edits]

    def held(self) -> dict[str, Any]:
        url = self.quick.replica.url + self.letter.path
        (letter,) = (each for each in self.quick.letters() if each["url"] == url)
        (file,) = letter["attachments"]
        return dict(file, letter=letter["digest"])

    def evidence(self) -> int:
        with self.quick.archive() as archive, archive.reading() as connection:
            return connection.execute(select(func.count()).select_from(evidence)).scalar_one()


FIRST, SECOND = make_pdf("figure 718.4"), make_pdf("figure 918.4")


@pytest.fixture
def watched(
    tmp_path: Path, watch: Callable[..., Any], quick: Callable[..., Any]
) -> Iterator[Watched]:
    with Replica(compose(letters=4, suggestions=0)) as served:
        letter = served.directory.documents[0]
        file = attach(letter, FIRST)
        crawled = quick(served, watch(tmp_path, served.listing("proposal")))
        yield Watched(crawled, letter, file)
        crawled.assert_sound()


def shown(content: bytes, name: str = "办理情况表.pdf") -> str:
    return f"{name} ({hashlib.sha256(content).hexdigest()[:12]})"


def figure(content: bytes) -> str:
    return "718.4" if content == FIRST else "918.4"


def test_a_file_that_changed_is_told_once_and_so_is_its_return(watched: Watched) -> None:
    told = []
    for content, before in ((SECOND, FIRST), (FIRST, SECOND)):
        watched.crawl()
        watched.file.content = content
        watched.crawl()
        watched.crawl()
        told.append(("replace", "figure", figure(before), figure(content)))
        assert watched.edits() == told
        assert watched.held()["digest"] == hashlib.sha256(content).hexdigest()


def test_a_file_that_is_stamped_anew_on_each_request_is_the_same(watched: Watched) -> None:
    watched.meet(faults.made_anew(lambda count: make_pdf("figure 718.4", stamp=count)))
    watched.crawl()
    kept = watched.evidence()
    for _ in range(3):
        watched.crawl()
    assert watched.edits() == []
    assert watched.evidence() - kept == 0  # but for what directories and pages may add
    watched.meet(faults.made_anew(lambda count: make_pdf("figure 918.4", stamp=count + 40)))
    watched.crawl()
    watched.crawl()
    assert watched.edits() == [("replace", "figure", "718.4", "918.4")]


def test_a_file_behind_a_button_bears_the_first_name_that_its_server_gave(
    watched: Watched,
) -> None:
    watched.file.name = "点击下载"
    for served in ("计划表.pdf", "计划表(1).pdf", "计划表(2).pdf"):
        name = served.encode("gbk").decode("latin-1")
        disposition = f'attachment; filename="{name}"'
        watched.meet(
            faults.page(FIRST, Content_Type="application/pdf", Content_Disposition=disposition)
        )
        watched.crawl()
        assert watched.held()["name"] == "计划表.pdf"
    watched.be_well()
    watched.file.content = SECOND
    watched.crawl()
    assert watched.edits() == [("replace", "figure", "718.4", "918.4")]
    assert watched.held()["name"] == "计划表.pdf"


PAGE = (
    "<html><head><title>任务分工表_某局</title></head><body><ul><li><a href='/'>首页</a></li></ul>"
    "<div class='TRS_Editor'><p>停车位任务分工如下。</p><table><tr><td>停车位</td><td>{}</td></tr></table>"
    "</div><p>浏览次数：{}</p></body></html>"
)


def test_a_page_that_a_letter_carries_is_a_file_without_the_template_around_it(
    watched: Watched,
) -> None:
    watched.letter.files = [File("附件：任务分工表", "./plan.html", b"")]

    def meet(figure: str) -> None:
        shown = faults.made_anew(lambda count: PAGE.format(figure, count).encode())
        watched.quick.replica.faults.clear()
        watched.quick.replica.faults.add("plan.html", shown)
        watched.crawl()

    for figure in ("718.4", "718.4", "918.4", "918.4"):
        meet(figure)
        assert watched.held()["text"].splitlines() == ["停车位任务分工如下。", f"停车位\t{figure}"]
    assert watched.edits() == [("replace", "figure", "718.4", "918.4")]


def test_two_archives_that_saw_a_file_stamped_otherwise_agree_on_its_letter(
    watched: Watched, tmp_path: Path, watch: Callable[..., Any], quick: Callable[..., Any]
) -> None:
    watched.meet(faults.made_anew(lambda count: make_pdf("figure 718.4", stamp=count)))
    (tmp_path / "other").mkdir()
    replica = watched.quick.replica
    other = quick(replica, watch(tmp_path / "other", replica.listing("proposal")))
    watched.crawl()
    assert other.crawl()["outcome"] == "complete"
    here, there = watched.held(), Watched(other, watched.letter, watched.file).held()
    assert here["letter"] == there["letter"]
    assert here["digest"] != there["digest"]


@pytest.mark.parametrize("name", ["404", "sorry page"])
def test_a_file_that_is_gone_is_told_once_crawls_agree_and_so_is_its_return(
    watched: Watched, name: str
) -> None:
    watched.crawl()
    watched.meet(FILE_GONE[name])
    watched.crawl()
    assert watched.edits() == []
    assert watched.held()["state"] == "read"
    for _ in range(2):
        watched.crawl()
    assert watched.edits() == [("delete", "attachment", shown(FIRST), None)]
    assert watched.held()["state"] == "missing"
    watched.be_well()
    for _ in range(2):
        watched.crawl()
    assert watched.edits()[1:] == [("insert", "attachment", None, shown(FIRST))]
    assert watched.held()["state"] == "read"
    gone, back = watched.quick.changes()
    assert gone["window"]["before"] < gone["detected_at"]  # the first visit that found it gone
    assert back["window"]["after"] > gone["detected_at"]


def test_a_file_that_is_gone_for_one_crawl_was_never_missing(watched: Watched) -> None:
    for _ in range(2):
        watched.be_well()
        watched.crawl()
        watched.meet(faults.status(404))
        watched.crawl()
    watched.be_well()
    watched.crawl()
    assert watched.edits() == []


def test_a_file_that_was_never_served_is_missing_and_no_edit(watched: Watched) -> None:
    watched.meet(faults.status(404))
    for _ in range(3):
        watched.crawl()
    assert watched.edits() == []
    assert watched.held()["state"] == "missing"
    watched.be_well()
    watched.crawl()
    assert watched.edits() == [("insert", "attachment", None, shown(FIRST))]


def test_a_bare_304_for_a_file_that_was_never_read_is_no_verdict(watched: Watched) -> None:
    watched.meet(faults.page(b"", 304))
    for _ in range(2):
        (error,) = watched.crawl("partial")["errors"]
        assert "not modified" in error["reason"]
    assert watched.held()["digest"] is None
    watched.be_well()
    watched.crawl()
    assert watched.edits() == []  # it had not answered: nobody changed it
    assert watched.held()["digest"] == hashlib.sha256(FIRST).hexdigest()


def test_a_change_is_dated_from_the_last_visit_that_was_served_the_file(watched: Watched) -> None:
    watched.crawl()
    watched.meet(faults.status(500))
    changed_at = datetime.now(UTC).isoformat()
    watched.file.content = SECOND
    watched.crawl("partial")  # its letter was seen, its file was not
    watched.be_well()
    watched.crawl()
    (change,) = watched.quick.changes()
    assert change["window"]["after"] < changed_at < change["window"]["before"]


def test_a_letter_whose_file_got_no_verdict_is_due_again(watched: Watched) -> None:
    watched.crawl()
    watched.meet(faults.status(500))
    watched.crawl("partial")
    watched.quick.revisits = 0
    watched.crawl("partial")
    watched.be_well()
    watched.crawl()
    assert watched.crawl()["unchanged"] == 0  # and then no more


def test_a_first_state_that_was_cut_off_is_no_verdict(watched: Watched) -> None:
    watched.meet(faults.altered(lambda body: body[:-100], "application/pdf"))
    watched.crawl("partial")
    watched.be_well()
    watched.crawl()
    assert watched.edits() == []


@pytest.mark.parametrize(
    ("full", "late"),
    [
        pytest.param(True, 0.0, id="by a visit to all letters"),
        pytest.param(False, 4 * 86400.0, id="half of a sweep's interval after it was served"),
    ],
)
def test_a_server_that_calls_a_changed_file_not_modified_is_not_believed_for_ever(
    watched: Watched, late: float, *, full: bool
) -> None:
    watched.crawl()
    watched.file.content = SECOND
    watched.meet(_unmodified_if_asked)
    watched.crawl()
    assert watched.edits() == []
    watched.quick.full = full
    assert watched.quick.crawl(late)["outcome"] == "complete"
    assert watched.edits() == [("replace", "figure", "718.4", "918.4")]


def _unmodified_if_asked(handler: Any) -> None:
    if handler.headers.get("If-None-Match"):
        faults.page(b"", 304)(handler)
    else:
        faults.altered(bytes, "application/pdf")(handler)


SCAN = b"\xff\xd8\xff\xe0 a scan of the page \xff\xd9"
WAYS = {
    # how a page offers its file, and the address of that
    "a scan": ("<p><img src='./W020220617000001.jpg'></p>", "./W020220617000001.jpg", SCAN),
    "a scan of pages": ("<p><img src='/up/one.png' alt='1'></p>", "/up/one.png", b"\x89PNG one"),
    "embedded": ("<embed src='/up/two.pdf'>", "/up/two.pdf", FIRST),
    "in a viewer": ("<iframe src='/web/viewer.html?file=/up/three.pdf'></iframe>", "/up/three.pdf", FIRST),
    "behind a script": ("<p><a href='/down.jsp?i_ID=7'>复函全文</a></p>", "/down.jsp?i_ID=7", FIRST),
    "in a block beside": ("</div><ul class='fj'><li><a href='/res?i=8'>复函</a></li></ul><div>", "/res?i=8", FIRST),
}  # fmt: skip


def test_a_letter_that_is_only_a_file_is_held_and_an_edit_of_it_is_told(
    tmp_path: Path, watch: Callable[..., Any], quick: Callable[..., Any]
) -> None:
    with Replica(compose(letters=len(WAYS), suggestions=0)) as served:
        letters = dict(zip(WAYS, served.directory.documents, strict=True))
        for name, (html, path, content) in WAYS.items():
            letters[name].blocks = [("html", html)]
            letters[name].files = [File("", path, content, is_linked=False)]
        crawled = quick(served, watch(tmp_path, served.listing("proposal")))
        ended = crawled.crawl()
        assert ended["outcome"] == "complete", ended["errors"]
        held = {each["url"]: each for each in crawled.letters()}
        for name, (_, path, content) in WAYS.items():
            letter = held[served.url + letters[name].path]
            (file,) = letter["attachments"]
            assert file["url"].endswith(path.removeprefix(".")), name
            assert file["digest"] == hashlib.sha256(content).hexdigest()
            assert letter["form"] == "attachment"
            letters[name].files[0].content = (
                content.replace(b"page", b"leaf")
                .replace(b"one", b"two")
                .replace(b"718.4", b"918.4")
            )
        for _ in range(2):
            assert crawled.crawl()["outcome"] == "complete"
        told = [[edit["field"] for edit in each["edits"]] for each in crawled.changes()]
        assert told == [["attachments"]] * len(WAYS)
        crawled.assert_sound()


def test_a_file_whose_address_bears_a_token_of_the_visit_is_one_file(watched: Watched) -> None:
    link = "<p>附件：<a href='/down?id=7&amp;token=TOKEN'>情况表</a></p>"
    watched.letter.blocks.append(("html", link))
    watched.file.is_linked = False
    count = itertools.count()
    linked = faults.altered(lambda body: body.replace(b"TOKEN", b"%d" % next(count)))
    watched.quick.replica.faults.add(f"_{watched.letter.docid}[.]html", linked)
    served = faults.page(FIRST, Content_Type="application/pdf")
    watched.quick.replica.faults.add("/down[?]id=7&token", served)
    for _ in range(3):
        watched.crawl()
    assert watched.edits() == []
    assert watched.held()["digest"] == hashlib.sha256(FIRST).hexdigest()


def test_a_file_that_changes_with_its_letter_is_told_in_one_change(watched: Watched) -> None:
    watched.crawl()
    watched.meet(faults.status(500))
    watched.crawl("partial")
    watched.be_well()
    watched.file.content = SECOND
    watched.letter.replace("401121", "401122")
    watched.crawl()
    (change,) = watched.quick.changes()
    assert [each["field"] for each in change["edits"]] == ["attachments", "postcode"]


def test_a_file_that_moves_stamped_anew_is_the_same(watched: Watched) -> None:
    watched.crawl()
    watched.file.path = "./P0202206170000000099.pdf"
    watched.file.content = make_pdf("figure 718.4", stamp=9)
    watched.crawl()
    watched.crawl()
    assert watched.edits() == []


def test_letters_that_share_a_file_are_each_told_of_its_change(watched: Watched) -> None:
    other = watched.quick.replica.directory.documents[1]
    path = f"{watched.letter.path.rpartition('/')[0]}/{watched.file.path[2:]}"
    other.files = [File(watched.file.name, path, FIRST)]
    watched.crawl()
    watched.file.content = SECOND
    watched.crawl()
    watched.crawl()
    assert watched.edits() == [("replace", "figure", "718.4", "918.4")] * 2


TABLE = ["某市商务委员会", "2022年完成投资718.4亿元，建成服务站点1,204个。", "联系人：陈思宇"]


def pages(*lines: str, stamp: int = 0) -> bytes:
    """Return a PDF of two pages under the same header."""
    head = "办理情况一览"
    return make_chinese_pdf([[head, *lines, "— 1 —"], [head, "附注。", "— 2 —"]], stamp)


def test_a_letter_whose_only_edit_is_one_figure_in_its_pdf_yields_that_one_edit(
    watched: Watched,
) -> None:
    watched.file.content = pages(*TABLE)
    watched.crawl()
    held = watched.held()
    assert (held["state"], held["pages"]) == ("read", 2)
    assert (
        held["text"]
        == "办理情况一览\n某市商务委员会\n2022年完成投资718.4亿元，建成服务站点1,204个。\n联系人：陈思宇\f附注。"
    )
    watched.file.content = pages(*TABLE, stamp=3)
    watched.crawl()
    watched.file.content = pages(
        "某市", "商务委员会", *TABLE[1:], stamp=4
    )  # another line, the same words
    watched.crawl()
    assert watched.edits() == []
    watched.file.content = pages(*(line.replace("718.4", "918.4") for line in TABLE), stamp=5)
    for _ in range(2):
        watched.crawl()
    (change,) = watched.quick.changes()
    (edit,) = change["edits"]
    assert change["significance"] == "substantive"
    assert (edit["category"], edit["old"], edit["new"]) == ("figure", "718.4", "918.4")
    assert edit["section"] == ["办理情况表.pdf", "第1页"]
    assert "完成投资918.4亿元" in edit["context"]
    letter = str(change["letter"]["id"])
    shown_text = watched.quick.project.run("show", letter)
    assert (
        "— 办理情况表.pdf —\n— 第1页 —\n办理情况一览\n某市商务委员会\n2022年完成投资918.4亿元"
        in shown_text
    )
    compared = watched.quick.project.run("diff", letter)
    assert "attachments › 办理情况表.pdf › 第1页: [-718.4-]{+918.4+}" in compared
    with watched.quick.archive() as archive, archive.reading() as connection:
        wanted = queries.LetterFilter(search=parse_search("服务站点1,204个"))
        assert [
            each.attachments[0].name for each in queries.plain_letters(connection, wanted)
        ] == ["办理情况表.pdf"]


def test_a_scan_is_a_stated_state_and_another_scan_an_edit_that_says_so(watched: Watched) -> None:
    watched.file.content = SCAN
    watched.crawl()
    assert (watched.held()["state"], watched.held()["text"]) == ("scanned", None)
    watched.file.content = SCAN.replace(b"page", b"leaf")
    watched.crawl()
    ((edit,),) = (each["edits"] for each in watched.quick.changes())
    assert (edit["category"], edit["detail"]) == ("attachment", "scanned")


def test_a_change_of_before_is_compared_inside_its_file_when_it_is_read_again(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.crawl()
    watched.file.content = SECOND
    watched.crawl()
    figure = [("replace", "figure", "718.4", "918.4")]
    with watched.quick.archive() as archive:
        with monkeypatch.context() as before:  # as a fuhan that read no texts
            before.setattr(reparse, "with_file_texts", lambda _, letter: letter)
            assert reparse.reparse(archive, "proposals", AUTO, dry_run=False)["retold"] == 1
        assert watched.edits() == [("replace", "attachment", shown(FIRST), shown(SECOND))]
        done = reparse.reparse(archive, "proposals", AUTO, dry_run=False)
        assert (done["retold"], done["files"]) == (1, 0)
    assert watched.edits() == figure


def test_a_better_reader_reads_stored_files_again_and_makes_no_edit(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.crawl()
    watched.file.content = SECOND
    watched.crawl()
    told = watched.quick.changes()
    monkeypatch.setattr(reread_files, "READER", "better")
    with watched.quick.archive() as archive:
        for dry_run in (True, False):
            done = reparse.reparse(archive, "proposals", AUTO, dry_run=dry_run)
            assert done["files"] == 2
    assert watched.quick.changes() == told
