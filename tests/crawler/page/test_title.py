"""The title of a page in a known family's form is its letter's, not its site's."""

import pytest

from crawler.page.dom import Page

URL = "http://gov.example/zwgk/c100/202206/7/content.shtml"
TITLE = "关于市政协五届五次会议第0501号提案的复函"
HEAD = f"<title>{TITLE}_某市人民政府</title>"
SITE = "<div class='header'><h1>某市人民政府</h1></div>"
BODY = "<div id='UCAP-CONTENT'><p>您的提案收悉，现答复如下：新增停车位718个。</p></div>"


def title_of(*parts: str) -> str | None:
    return Page(f"<html>{''.join(parts)}{BODY}</html>", URL).title


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param((HEAD, SITE, f"<h1>{TITLE}</h1>"), id="a heading below the site's"),
        pytest.param((HEAD, SITE, f"<p class='pages-title'>{TITLE}</p>"), id="a class"),
        pytest.param((HEAD, SITE), id="in the <title> element alone"),
        pytest.param(
            (f"<title>提案公开_{TITLE}</title>", f"<h1>{TITLE}</h1>"), id="behind its channel"
        ),
    ],
)
def test_the_name_of_the_site_above_the_letter_is_not_its_title(parts: tuple[str, ...]) -> None:
    assert title_of(*parts) == TITLE


def test_a_title_that_reads_as_no_papers_is_what_is_printed_first() -> None:
    head = "<title>办理情况_某市人民政府</title>"
    assert title_of(head, "<h1>某市经济工作</h1>", "<h1>其他</h1>") == "某市经济工作"
