"""The element that holds a letter's text is found by the names that sites give it."""

import pytest

from crawler.page.dom import Page

URL = "http://gov.example/zwgk/tagk/202206/t20220617_1.html"
TITLE = '<div class="zwxl-title"><p class="tit">甲的复函</p></div><div class="zwxl-bar">日期：2022-06-17</div>'


@pytest.mark.parametrize("name", ["zcwjk-xlcon", "zwxl-main", "yj3"])
def test_a_container_of_text_alone_is_the_body(name: str) -> None:
    page = Page(f'{TITLE}<div class="{name}"><p>正文。</p></div>', URL)
    assert page.body is not None
    assert page.body.text() == "正文。"


@pytest.mark.parametrize("name", ["zwxl-main", "zwxl-content", "yj3"])
@pytest.mark.parametrize("inside", ["", '<div class="other"><p>正文。</p></div>'])
def test_a_container_that_holds_the_title_too_is_no_body(name: str, inside: str) -> None:
    assert Page(f'<div class="{name}">{TITLE}{inside}</div>', URL).body is None


def test_an_emptied_body_is_not_looked_for_in_the_container_around_it() -> None:
    emptied = '<p>责任编辑：甲</p><div class="zwxl-article"><div class="TRS_UEDITOR"></div></div>'
    page = Page(f'<div class="zwxl-main">{emptied}</div>', URL)
    assert page.body is not None
    assert page.body.text() == ""
