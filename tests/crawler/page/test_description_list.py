"""A record that is printed as a description list is read as one; other lists stay text."""

import pytest

from crawler.page.reader import PageReader, read_page
from letters.letter import Form, Kind, Letter

TEXT = (
    "我局已组织专班完成三处渠道清淤，投入资金三十万元，受益群众两千余人，后续将加强巡查管护，" * 3
)
PAIRS = [
    ("案由", "关于沟渠清淤的提案"),
    ("提案人", "赵小华"),
    ("提案编号", "0325"),
    ("届次", "六届三次"),
    ("主办单位", "市水利局"),
]
ANSWER = f"<p>赵小华委员提出的提案收到。</p><p>{TEXT}</p>"


def letter(body: str) -> Letter:
    html = f"<html><head><title>关于沟渠清淤的提案</title></head><body><h1>关于沟渠清淤的提案</h1><div>{body}</div></body></html>"
    page = PageReader(Kind.PROPOSAL).page(html, "http://gov.example/a/1.html")
    return read_page(page, Kind.PROPOSAL)


def terms(form: str, colon: str = "") -> str:
    return "".join(
        form.format(f"{name}{colon}", value) for name, value in [*PAIRS, ("办复内容", ANSWER)]
    )


@pytest.mark.parametrize("colon", ["", "："], ids=["bare", "with colons"])
@pytest.mark.parametrize(
    "body",
    [
        "<dl>{}</dl>|<dt>{}</dt><dd>{}</dd>",
        "<dl>{}</dl>|<div><dt>{}</dt>\n <dd>{}</dd></div>",
        "{}|<dl><dt>{}</dt><dd>{}</dd></dl>",
    ],
    ids=["one list", "pairs in boxes", "a list for each"],
)
def test_a_description_list_of_known_labels_is_a_record(body: str, colon: str) -> None:
    around, form = body.split("|")
    read = letter(around.format(terms(form, colon)))
    assert read.form is Form.RECORD
    assert (read.number, read.session, read.subject) == ("0325", "六届三次", "关于沟渠清淤的提案")
    assert read.agency == "市水利局"
    assert read.labels["提案人"] == "赵小华"
    assert TEXT in read.labels["办复内容"]


def test_another_description_list_is_text() -> None:
    contacts = "<dl><dt>联系人</dt><dd>王强</dd><dt>地址</dt><dd>临江路3号</dd></dl>"
    read = letter(
        f"<p>赵小华委员：</p><p>您提出的《关于沟渠清淤的提案》收悉，现答复如下：</p><p>{TEXT}</p>{contacts}"
    )
    assert read.form is Form.REPLY
    assert [block.text for block in read.body[-4:]] == ["联系人", "王强", "地址", "临江路3号"]
