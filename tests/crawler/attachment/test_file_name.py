"""What a file is called where the words of its link are those of a button."""

from datetime import UTC, datetime

import pytest

from crawler.attachment.file_name import served_name, with_known_name, with_served_name
from crawler.http.snapshot import Snapshot
from letters.letter import Attachment

URL = "http://gov.example/down.jsp?id=7"
NAME = "投资计划表.xlsx"
UTF8 = "%E6%8A%95%E8%B5%84%E8%AE%A1%E5%88%92%E8%A1%A8.xlsx"
GBK = "%CD%B6%D7%CA%BC%C6%BB%AE%B1%ED.xlsx"


def as_sent(text: str, charset: str) -> str:
    """Return text as a header holds it whose bytes are read as Latin-1."""
    return text.encode(charset).decode("latin-1")


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        pytest.param(f"attachment; filename*=UTF-8''{UTF8}", NAME, id="RFC 5987"),
        pytest.param(f"attachment; filename*=GBK''{GBK}", NAME, id="RFC 5987 in GBK"),
        pytest.param(f'attachment; filename="a.xlsx"; filename*=utf-8\'zh\'{UTF8}', NAME, id="both forms: the one that is encoded"),
        pytest.param(f"attachment; filename*=nonsense''{UTF8}", NAME, id="a charset that is none"),
        pytest.param(f'attachment;filename="{UTF8}"', NAME, id="percent escapes"),
        pytest.param(f"attachment;filename={GBK}", NAME, id="percent escapes of GBK, bare"),
        pytest.param(as_sent(f'attachment; filename="{NAME}"', "gbk"), NAME, id="bytes of GBK"),
        pytest.param(as_sent(f"attachment; filename={NAME};", "utf-8"), NAME, id="bytes of UTF-8"),
        pytest.param('attachment; filename="=?UTF-8?B?5oqV6LWE6K6h5YiS6KGoLnhsc3g=?="', NAME, id="RFC 2047"),
        pytest.param('attachment; filename="D:\\files\\plan.doc"', "plan.doc", id="with its folder"),
        pytest.param('attachment; filename="100%.doc"', "100%.doc", id="a percent sign"),
        pytest.param("attachment; filename=download.pdf", None, id="a name that says nothing"),
        pytest.param(as_sent("attachment; filename=附件.pdf", "utf-8"), None, id="附件"),
        pytest.param('attachment; filename=""', None, id="an empty name"),
        pytest.param("inline", None, id="no name"),
        pytest.param("", None, id="no header"),
    ],
)  # fmt: skip
def test_the_name_that_a_server_gives_is_read(disposition: str, name: str | None) -> None:
    assert served_name(disposition) == name


@pytest.mark.parametrize(
    "words",
    ["点击下载", "附件", "下载", "【下载附件】", "附件：", "点击此处查看", "Download", "down.jsp"],
)
def test_the_served_name_stands_for_the_words_of_a_button(words: str) -> None:
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{UTF8}"}
    answer = Snapshot(URL, URL, 200, headers, b"PK", datetime.now(UTC))
    assert with_served_name(Attachment(words, URL), answer).name == NAME


@pytest.mark.parametrize(
    "words", ["附件1", "附件：任务分工表", "任务分工表下载", "情况.pdf", "文件清单"]
)
def test_a_name_that_the_page_prints_is_kept(words: str) -> None:
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{UTF8}"}
    file = Attachment(words, URL)
    assert with_served_name(file, Snapshot(URL, URL, 200, headers, b"", datetime.now(UTC))) == file
    assert with_known_name(file, Attachment(NAME, URL)) == file


def test_a_file_keeps_the_name_that_it_is_known_by() -> None:
    assert with_known_name(Attachment("下载", URL), Attachment(NAME, URL)).name == NAME
