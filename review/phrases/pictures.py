"""Phrases of pictures: titles, axes, legends, and what each shows in words."""

from typing import Final

PICTURES: Final[dict[str, tuple[str, str]]] = {
    "picture.weeks": ("每周变更数，按改动类别与轻重", "Changes each week, by category and weight"),
    "picture.weeks_axis": ("日期（每周自周一起）", "Date (weeks begin on Mondays)"),
    "picture.weeks_none": ("没有变更。", "There are no changes."),
    "picture.weeks_described": (
        "{since} 至 {until}；变更最多的一周始于 {week}，计 {most} 处。",
        "{since} to {until}; the week of {week} brought most: {most}.",
    ),
    "picture.whole": ("整件复函", "whole letter"),
    "picture.calendar": ("每日抓取：{source}", "Coverage, day by day: {source}"),
    "picture.calendar_axis": ("周一所在日期", "Week, by its Monday"),
    "picture.calendar_described": (
        "{days} 天：完整 {complete} 天，部分 {partial} 天，失败 {failed} 天，没有抓取 {none} 天。",
        (
            "Of {days} days, {complete} had a complete crawl, {partial} only partial ones, "
            "{failed} failed ones, {none} none."
        ),
    ),
    "picture.day_complete": ("完整", "complete"),
    "picture.day_partial": ("部分", "partial"),
    "picture.day_failed": ("失败", "failed"),
    "picture.day_none": ("没有抓取", "no crawl"),
    "picture.hole": ("{day} {outcome}：{reason}", "{day} {outcome}: {reason}"),
    "picture.hole_pages": (
        "{count} 页未能判定（{reason}）",
        "{count} without a verdict ({reason})",
    ),
    "picture.hole_no_crawl": ("{day} 没有抓取", "{day} no crawl"),
    "picture.hole_cut_off": ("抓取中断", "the crawl was cut off"),
    "picture.more_holes": ("另有 {count} 天", "and {count} more day || and {count} more days"),
    "picture.weekdays": ("一二三四五六日", "MTWTFSS"),
    "picture.sessions": ("各次会议的答复：{source}", "Answers to each session: {source}"),
    "picture.sessions_count": ("答复件数", "Letters"),
    "picture.sessions_days": (
        "公开日期：距该次会议首件答复的天数（短线为中位数，长线止于最后一件）",
        "Days after the session's first answer (tick: the median; line: to the last)",
    ),
    "picture.sessions_described": (
        "{count} 次会议；最多的是{session}，{letters} 件，半数在首件公开后 {median} 天内公开。",
        (
            "{count} sessions; most letters are of {session}: {letters}, half of them published "
            "within {median} days of the first."
        ),
    ),
    "picture.life": ("一件复函的经历", "One letter's life"),
    "picture.life_listed": ("目录列出", "listed"),
    "picture.life_served": ("页面可读", "served"),
    "picture.life_gone": ("页面不在", "gone"),
    "picture.life_doubtful": ("未能判定", "no verdict"),
    "picture.life_versions": ("版本", "versions"),
    "picture.life_changes": ("变更时段", "windows"),
    "picture.life_described": (
        "{since} 至 {until}：{versions} 个版本，{changes} 次变更。",
        "{since} to {until}: {versions} versions, {changes} changes.",
    ),
}
