"""The day that a page gives as its own: by its label, and by where it stands."""

from datetime import date

import pytest

from crawler.page.dom import Page

URL = "http://gov.example/zwgk/tagk/202206/t20220617_1.html"
DAY = date(2022, 6, 17)


def published(head: str, *lines: str, foot: str = "") -> date | None:
    body = "".join(f"<p>{line}</p>" for line in (*lines, "正文。"))
    return Page(f'{head}<div class="TRS_UEDITOR">{body}</div>{foot}', URL).published_on


@pytest.mark.parametrize(
    "label",
    [
        *(
            "发布时间：",
            "发布日期：",
            "发布日期: ",
            "公布日期：",
            "公开日期：",
            "发文日期：",
            "信息发布日期：",
            "发表时间：",
        ),
        *(
            "上网时间：",
            "时间：",
            "日期：",
            "日　期：",
            "【发布时间】",
            "更新时间：",
            "最后更新日期：",
            "录入时间：",
        ),
    ],
)
@pytest.mark.parametrize("day", ["2022-06-17", "2022年6月17日", "2022/6/17", "2022.06.17 10:30"])
def test_a_label_that_says_publication_gives_the_page_s_day(label: str, day: str) -> None:
    assert published(f"<div>{label}{day}</div>") == DAY
    assert published(f"<span>来源：甲局</span><span>{label}</span><b>{day}</b>") == DAY


OTHERS = [
    *("报名截止日期", "截止日期", "截止时间", "会议时间", "办理时限", "办理时间", "征集时间", "成文日期", "有效日期"),
    *("当前时间", "访问时间", "打印日期", "开标时间", "施行日期", "活动时间", "公示时间", "竣工日期", "签订日期"),
]  # fmt: skip


@pytest.mark.parametrize("label", OTHERS)
def test_another_label_is_not_the_page_s_day(label: str) -> None:
    line = f"{label}：2018年5月18日"
    assert published("", line) is None
    assert published(f"<div>{line}</div>") is None
    assert published("", foot=f"<div>{line}</div>") is None
    assert published("<div>发布时间：2022-06-17</div>", line) == DAY
    assert published(f"<div>{line}</div>", foot="<div>发布时间：2022-06-17</div>") == DAY


@pytest.mark.parametrize("label", ["时间", "日期"])
def test_a_bare_label_in_the_letter_s_own_text_is_not_the_page_s_day(label: str) -> None:
    line = f"{label}：2018年5月18日"
    assert published("", line, "地点：甲镇会议室") is None
    assert published(f"<div>{label}：2022-06-17</div>", line) == DAY


def test_a_label_that_tags_part_from_what_it_is_of_is_not_the_page_s_day() -> None:
    assert published("<span>当前</span><span>时间：2026-11-24 10:23:36</span>") is None


def test_the_day_of_publication_comes_before_that_of_a_change() -> None:
    head = "<span>更新时间：2023-01-05</span><span>发布时间：2022-06-17</span>"
    assert published(head) == DAY
