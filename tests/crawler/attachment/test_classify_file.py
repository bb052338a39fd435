"""What is a file, and what only stands in its place."""

from datetime import UTC, datetime

import pytest

from crawler.attachment.classify_file import FileOutcome, classify_file, is_beginning_of
from crawler.http.snapshot import Snapshot
from letters.letter import Attachment
from replica import faults
from replica.pdf import make_pdf

URL = "http://gov.example/zwgk/tagk/202206/{}"
READ, GONE, NONE = FileOutcome.READ, FileOutcome.GONE, FileOutcome.NONE
PDF = make_pdf("figure 718.4")
ZIP = b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(60)


def judged(
    name: str, body: bytes | str, content_type: str = "", status: int = 200, final: str = ""
) -> tuple[FileOutcome, str | None]:
    sent = body.encode() if isinstance(body, str) else body
    url = URL.format(name)
    seen = Snapshot(
        url, final or url, status, {"content-type": content_type}, sent, datetime.now(UTC)
    )
    verdict = classify_file(Attachment("", url), seen, was_conditional=False)
    return verdict.outcome, verdict.reason


@pytest.mark.parametrize(
    ("name", "body", "content_type"),
    [
        pytest.param("a.pdf", PDF, "application/pdf", id="a PDF"),
        pytest.param("a.pdf", PDF, "text/html; charset=utf-8", id="a PDF that is called a page"),
        pytest.param("a.pdf", b"\r\n\r\n" + PDF, "", id="a PDF behind blank lines"),
        pytest.param("a.pdf", PDF + b"\r\n" * 99, "", id="a PDF before blank lines"),
        pytest.param("a.pdf", b"%PDF-1.4", "", id="a PDF of which nothing can be said"),
        pytest.param("a.pdf", ZIP + b"PK\x05\x06" + bytes(18), "", id="a document that is misnamed"),
        pytest.param("a.doc", "{\\rtf1 text}", "application/msword", id="RTF"),
        pytest.param("a.xls", "<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", "text/html", id="HTML by Office"),
        pytest.param("a.doc", "<?xml version='1.0'?><?mso-application progid='Word.Document'?>", "", id="XML by Office"),
        pytest.param("a.doc", "MIME-Version: 1.0\r\nX-Document-Type: Workbook", "", id="MHTML by Office"),
        pytest.param(
            "a.xls", "<html><head><meta charset=utf-8></head><body><table><tr><td>项目</td></tr></table>", "application/vnd.ms-excel",
            id="a table that a program exported",
        ),
        pytest.param("a.txt", "项目 投资", "text/plain", id="a text"),
        pytest.param("a.txt", "该文件已被删除", "text/plain", id="a text that speaks of files"),
        pytest.param("a.csv", "项目,投资", "text/csv", id="a table"),
        pytest.param("a.doc", b"\x62\x14\x23\x65" + bytes(99), "", id="bytes of no known kind"),
        pytest.param("down.jsp?id=7", PDF, "application/octet-stream", id="a file behind a script"),
        pytest.param("down.jsp?id=7", "项目,投资", "text/plain", id="a text behind a script"),
        pytest.param("a.jpg", b"\xff\xd8\xff\xe0" + bytes(99), "image/jpeg", id="a scan"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_bytes(name: str, body: bytes | str, content_type: str) -> None:
    assert judged(name, body, content_type) == (READ, None)


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        pytest.param(("a.pdf", b""), NONE, "empty answer", id="nothing"),
        pytest.param(("a.pdf", b" \n", "application/pdf"), NONE, "empty answer", id="blanks"),
        pytest.param(("a.pdf", PDF[:-60]), NONE, "truncated", id="a PDF without its end"),
        pytest.param(("a.docx", ZIP), NONE, "truncated", id="an archive without its end"),
        pytest.param(("a.pdf", "<p>通知</p>", "text/html"), NONE, "a page stands", id="a page"),
        pytest.param(("a.pdf", "<div>通知</div>"), NONE, "a page stands", id="a page without a header"),
        pytest.param(("a.pdf", faults.LOGIN, "text/html"), NONE, "a login", id="a login"),
        pytest.param(("a.pdf", faults.CHALLENGE, "text/html"), NONE, "a JavaScript", id="a challenge"),
        pytest.param(("a.pdf", faults.MAINTENANCE, "text/html"), NONE, "a notice", id="upkeep"),
        pytest.param(("a.pdf", faults.SORRY, "text/html"), GONE, "a sorry page", id="a sorry page"),
        pytest.param(("a.pdf", faults.SORRY, "application/octet-stream"), GONE, "a sorry page", id="a sorry page as a file"),
        pytest.param(("a.pdf", "<?xml version='1.0'?><Error/>", "application/xml"), NONE, "not a page but application/xml", id="XML"),
        pytest.param(("a.doc", "<p>通知</p>", "application/msword"), NONE, "a page stands", id="a page as a document"),
        pytest.param(("a.xls", "<table><tr><td>您访问的文件不存在", "application/vnd.ms-excel"), GONE, "a sorry", id="a sorry table"),
        pytest.param(("a.pdf", "您访问的文件不存在", "text/plain"), GONE, "a sorry page", id="a sorry text"),
        pytest.param(("down.jsp?id=7", '{"msg": "文件不存在"}', "application/json"), GONE, "a sorry", id="sorry JSON"),
        pytest.param(("down.jsp?id=7", "系统繁忙，请稍后再试"), NONE, "a notice", id="a busy script"),
        pytest.param(("a.docx", '{"code": 500}', "application/json"), NONE, "a text stands", id="JSON"),
        pytest.param(("a.pdf", "x" * 9999), NONE, "a text stands", id="a long text"),
        pytest.param(("a.pdf", "", "", 404), GONE, "HTTP 404", id="404"),
        pytest.param(("a.pdf", PDF, "", 410), GONE, "HTTP 410", id="410, whatever is sent with it"),
        pytest.param(("a.pdf", PDF, "", 500), NONE, "HTTP 500", id="500, whatever is sent with it"),
        pytest.param(("a.pdf", PDF, "", 206), NONE, "HTTP 206", id="a part"),
        pytest.param(("a.pdf", "", "", 304), NONE, "not modified", id="304 that nobody asked for"),
        pytest.param(("a.pdf", "<p>首页</p>", "text/html", 200, "http://gov.example/"), GONE, "redirected", id="home"),
        pytest.param(("a.pdf", "<p>x</p>", "text/html", 200, "http://gov.example/sso/a"), NONE, "redirected", id="a gate"),
    ],
)  # fmt: skip
def test_what_stands_in_a_files_place_is_named(
    answer: tuple[str, bytes], outcome: FileOutcome, reason: str
) -> None:
    found, told = judged(*answer)
    assert found is outcome
    assert reason in (told or "")


@pytest.mark.parametrize(
    ("name", "body", "is_cut"),
    [
        pytest.param("a.doc", b"123", True, id="the beginning of a document"),
        pytest.param("a.doc", b"124", False, id="another document"),
        pytest.param("a.doc", b"12345", False, id="a document that grew"),
        pytest.param("a.csv", b"123", False, id="a table of fewer rows"),
    ],
)
def test_the_beginning_of_what_was_served_is_no_new_state(
    name: str, body: bytes, *, is_cut: bool
) -> None:
    assert is_beginning_of(Attachment(name, URL.format(name)), body, b"1234") is is_cut


SITE_PAGE = "<html><head><title>任务分工表</title></head><body><div>{}</div>{}"
MANY_WORDS = "<p>市交通局负责建设停车位718个，2022年年底前完成。</p>" * 30


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        pytest.param(SITE_PAGE.format(MANY_WORDS, "</body></html>"), (READ, None), id="a page"),
        pytest.param(SITE_PAGE.format("<table><tr><td>停车位</td><td>718</td></tr></table>", "</body></html>"), (READ, None), id="a table"),
        pytest.param(SITE_PAGE.format("对不起，您访问的页面不存在", "</body></html>"), (GONE, "a sorry page: 页面不存在"), id="a sorry page"),
        pytest.param(SITE_PAGE.format("系统维护中，请稍后访问", "</body></html>"), (NONE, "a notice: 维护中"), id="a notice"),
        pytest.param(SITE_PAGE.format(MANY_WORDS, "<div>"), (NONE, "truncated: the page ends before its end"), id="cut off"),
    ],
)  # fmt: skip
def test_a_page_that_is_linked_as_a_file_is_one(
    body: str, verdict: tuple[FileOutcome, str | None]
) -> None:
    assert judged("plan.html", body, "text/html; charset=utf-8") == verdict


def test_a_page_in_the_place_of_another_file_is_none() -> None:
    body = SITE_PAGE.format(MANY_WORDS, "</body></html>")
    assert judged("plan.pdf", body, "text/html")[0] is NONE
