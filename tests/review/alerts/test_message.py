"""The text of an alert: what a person acts on, as long as its channel takes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from letters.alarm import AlarmKind
from letters.alarm_words import ADVICE
from letters.change import (
    Category,
    Change,
    ChangeKind,
    Edit,
    LetterRef,
    Op,
    Significance,
    Window,
)
from review.alerts.message import Message, MessageSettings, write_message
from review.languages import Language
from storage.outbox.notices import Notice

AT = datetime(2026, 11, 24, 2, tzinfo=UTC)
LETTER = LetterRef(
    7,
    "http://gov.example/1.html",
    "关于某提案的复函",
    "0501",
    "city",
    subject="关于建设停车场的建议",
)
FIGURE = Edit(Op.REPLACE, "body", Category.FIGURE, "718.4", "918.4", context="投入718.4亿元。")
CHANGE = Change(
    3,
    LETTER,
    ChangeKind.EDITED,
    Significance.SUBSTANTIVE,
    held=False,
    from_version=1,
    to_version=2,
    detected_at=AT,
    window=Window(datetime(2026, 11, 23, 2, tzinfo=UTC), AT),
    edits=(FIGURE,),
)
SETTINGS = MessageSettings(
    ZoneInfo("Asia/Shanghai"), {"city": "某市发展和改革委员会"}, "https://fuhan.example/"
)
OUTAGE = {
    "alarm": "unreachable",
    "host": "gov.example",
    "subject": "",
    "since": "2026-11-24T01:00:00+00:00",
    "sources": ["city"],
    "reason": "connection refused",
}
UNTIL = {"until": "2026-11-24T05:30:00+00:00"}
DISK = OUTAGE | {
    "alarm": "disk",
    "host": None,
    "sources": [],
    "reason": "less than 256 MiB are free where the database is",
}


NUMBERS = count(1)


def of_change(change: Change = CHANGE) -> tuple[Notice, Change]:
    return Notice("desk", f"change {change.id}", AT, change_id=change.id), change


def about(facts: dict[str, Any]) -> tuple[Notice, None]:
    return Notice("desk", f"about {facts}", AT, about=facts, id=next(NUMBERS)), None


def message(
    *notices: tuple[Notice, Change | None],
    language: Language = "zh",
    room: int = 20_000,
    settings: MessageSettings = SETTINGS,
    later: Sequence[tuple[Notice, Change | None]] = (),
) -> Message:
    """Return the message of some notices; `later` wait for the next one."""
    waiting = [each for each, _ in (*notices, *later)]
    return write_message(notices, waiting, "a1b2", language, room, settings)


def test_an_alert_says_what_changed_when_and_where_to_read_it() -> None:
    written = message(of_change())
    assert written.title == "修改 718.4 → 918.4 亿元：关于建设停车场的建议"
    assert written.body.split("\n") == [
        "关于建设停车场的建议（第0501号）",
        "修改 718.4 → 918.4 亿元",
        "在 2026-11-23 10:00 与 2026-11-24 10:00 之间（北京时间）被修改，共 1 处。",
        "来源：某市发展和改革委员会",
        "https://fuhan.example/changes/3?lang=zh",
        "",
        "编号 a1b2",
    ]


def test_an_alert_in_english_says_the_same() -> None:
    written = message(of_change(), language="en")
    assert written.title == "edited 718.4 → 918.4 亿元: 关于建设停车场的建议"
    assert "Edited between 2026-11-23 10:00 and 2026-11-24 10:00 (Beijing time)" in written.body
    assert written.body.endswith("/changes/3?lang=en\n\nMessage a1b2")


def test_where_the_pages_are_not_known_the_letter_itself_is_linked() -> None:
    written = message(of_change(), settings=replace(SETTINGS, pages=None))
    assert LETTER.url in written.body


def test_the_weightiest_change_comes_first() -> None:
    minor = replace(CHANGE, id=1, significance=Significance.MINOR)
    written = message(of_change(minor), of_change())
    assert written.title == "2 条复函变更（修改 2；某市发展和改革委员会）"
    assert written.body.index("/changes/3") < written.body.index("/changes/1")


@pytest.mark.parametrize("room", [400, 1900, 3900, 19_000])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_message_is_as_long_as_its_channel_takes_and_counts_what_it_leaves_out(
    room: int, language: Language
) -> None:
    changes = [of_change(replace(CHANGE, id=each)) for each in range(1, 40)]
    written = message(*changes, language=language, room=room)
    listed = written.body.count("718.4")
    assert len((written.title + written.body).encode()) <= max(room, 600)
    assert 1 <= listed <= 20
    assert f"{39 - listed} " in written.body.split("\n\n")[-2]
    assert "https://fuhan.example/changes" in written.body.split("\n\n")[-2]


def test_an_outage_says_since_when_why_whom_it_concerns_and_what_to_do() -> None:
    assert message(about(OUTAGE)).title == "gov.example 自 2026-11-24 09:00 起没有应答"
    written = message(about(OUTAGE | {"sources": ["city"] * 23}), language="en")
    assert written.title == "gov.example has not answered since 2026-11-24 09:00"
    assert written.body.split("\n\n")[0].split("\n")[1:] == [
        "Reason: connection refused",
        f"Sources: {', '.join(['某市发展和改革委员会'] * 20)}",
        "and 3 more sources",
        f"What to do: {ADVICE[AlarmKind.UNREACHABLE]}",
    ]


def test_an_alarm_of_one_source_or_of_the_service_names_it() -> None:
    alone = OUTAGE | {"host": None, "alarm": "blocked", "reason": "HTTP 403"}
    assert (
        message(about(alone)).title == "某市发展和改革委员会：被拒绝访问，自 2026-11-24 09:00 起"
    )
    assert message(about(DISK)).title == "fuhan：磁盘将满，自 2026-11-24 09:00 起"
    desk = DISK | {"alarm": "alerts", "subject": "desk", "reason": "no answer"}
    assert message(about(desk), language="en").title == (
        "desk: alerts not leaving since 2026-11-24 09:00"
    )


def test_two_sources_of_one_agency_are_told_apart() -> None:
    agencies = {"proposals": "某市发展和改革委员会", "suggestions": "某市发展和改革委员会"}
    settings = replace(SETTINGS, agencies=agencies)
    outage = about(OUTAGE | {"sources": list(agencies)})
    written = message(outage, settings=settings)
    assert (
        "受影响的来源：某市发展和改革委员会（proposals）、某市发展和改革委员会（suggestions）"
        in written.body
    )


def test_what_is_watched_no_more_is_not_said_to_answer_again() -> None:
    dropped = about(OUTAGE | UNTIL | {"unwatched": True})
    assert message(dropped, language="en").body.splitlines()[0] == (
        "gov.example: unreachable: over, as it is watched no more "
        "(from 2026-11-24 09:00 to 2026-11-24 13:30)"
    )
    assert message(dropped).body.splitlines()[0] == (
        "gov.example：无法访问，来源已不再抓取，警报随之撤销"
        "（2026-11-24 09:00 至 2026-11-24 13:30）"
    )


def test_a_channel_that_is_no_more_is_not_said_to_work_again() -> None:
    dropped = about(DISK | UNTIL | {"alarm": "alerts", "subject": "chat", "unwatched": True})
    assert message(dropped, language="en").body.splitlines()[0] == (
        "chat: alerts not leaving: over, as this alert channel is no more "
        "(from 2026-11-24 09:00 to 2026-11-24 13:30)"
    )
    assert message(dropped).body.splitlines()[0] == (
        "chat：提醒发不出，通道已从配置中移除，警报随之撤销"
        "（2026-11-24 09:00 至 2026-11-24 13:30）"
    )


def test_a_backup_that_is_no_longer_configured_is_not_said_to_have_been_made() -> None:
    dropped = about(DISK | UNTIL | {"alarm": "backup", "unwatched": True})
    assert message(dropped, language="en").body.splitlines()[0] == (
        "fuhan: backup failed: over, as backups are no longer configured "
        "(from 2026-11-24 09:00 to 2026-11-24 13:30)"
    )
    assert message(dropped).body.splitlines()[0] == (
        "fuhan：备份失败，备份已不再配置，警报随之撤销（2026-11-24 09:00 至 2026-11-24 13:30）"
    )


def test_a_long_subject_has_no_half_of_a_time() -> None:
    host = OUTAGE | UNTIL | {"host": "www.a-rather-long-name.gov.example:18410"}
    written = message(about(host), language="en")
    assert written.title == "www.a-rather-long-name.gov.example:18410 answers again"
    assert "(it did not from 2026-11-24 09:00 to 2026-11-24 13:30)" in written.body


def test_the_subject_names_alarms_beside_changes() -> None:
    assert message(about(DISK), of_change()).title == (
        "1 条警报或其解除（磁盘将满）、1 条复函变更（修改 1；某市发展和改革委员会）"
    )
    assert message(about(DISK), of_change(), language="en").title == (
        "1 alarm or end of one (disk nearly full), 1 change of letters (1 edited; 某市发展和改…"
    )


def test_the_subject_says_how_many_changes_of_which_kinds_and_sources() -> None:
    withdrawn = replace(CHANGE, id=5, kind=ChangeKind.WITHDRAWN)
    town = replace(CHANGE, id=4, letter=replace(LETTER, source="town"))
    several = [of_change(each) for each in (CHANGE, withdrawn, town)]
    assert message(*several).title == "3 条复函变更（修改 2、撤下 1；2 个来源）"
    assert message(*several, language="en").title == (
        "3 changes of letters (2 edited, 1 withdrawn; 2 sources)"
    )


def test_an_alarm_that_has_ended_is_one_line() -> None:
    written = message(about(OUTAGE), about(OUTAGE | UNTIL))
    assert written.title == "gov.example 已恢复（中断 2026-11-24 09:00 至 2026-11-24 13:30）"
    assert written.body.count("gov.example") == 1
    assert message(about(DISK | UNTIL)).title == (
        "fuhan：磁盘将满已解除（2026-11-24 09:00 至 2026-11-24 13:30）"
    )


OVERDUE = DISK | {"alarm": "overdue", "sources": ["city", "town"], "reason": "no crawl begins"}
OVER = "overdue: ended (from 2026-11-24 09:00 to 2026-11-24 13:30)"


def lines(*notices: tuple[Notice, None], later: Sequence[tuple[Notice, None]] = ()) -> list[str]:
    """Return what a message says of alarms, the first line of each."""
    blocks = message(*notices, language="en", later=later).body.split("\n\n")[:-1]
    return [block.splitlines()[0].replace("某市发展和改革委员会", "city") for block in blocks]


def test_a_message_that_is_sent_again_after_an_alarm_ended_says_so() -> None:
    begun, end = about(DISK), about(DISK | UNTIL)
    assert lines(begun) == ["fuhan: disk nearly full since 2026-11-24 09:00"]
    assert lines(begun, later=[end]) == [
        "fuhan: disk nearly full: ended (from 2026-11-24 09:00 to 2026-11-24 13:30)"
    ]


def test_one_that_began_again_still_stands() -> None:
    again = OVERDUE | {"since": "2026-11-24T09:00:00+00:00", "sources": ["city"]}
    city = OVERDUE | {"sources": ["city"]}
    assert lines(about(city), about(city | UNTIL), about(again)) == [
        f"city: {OVER}",
        "city: overdue since 2026-11-24 17:00",
    ]


def test_of_several_sources_those_are_named_that_are_concerned_still() -> None:
    begun = about(OVERDUE)
    city, town = (about(OVERDUE | UNTIL | {"sources": [name]}) for name in ("city", "town"))
    assert lines(begun, city) == ["town: overdue since 2026-11-24 09:00", f"city: {OVER}"]
    assert lines(begun, city, town) == [f"city: {OVER}", f"town: {OVER}"]
    assert lines(begun, city, later=[town]) == [f"town: {OVER}", f"city: {OVER}"]


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"host": "other.example"}, id="of another host"),
        pytest.param({"alarm": "blocked"}, id="of another kind"),
    ],
)
def test_the_end_of_another_alarm_ends_none(facts: dict[str, Any]) -> None:
    said = lines(about(OUTAGE), about(OUTAGE | UNTIL | facts))
    assert said[0] == "gov.example has not answered since 2026-11-24 09:00"


@pytest.mark.parametrize("kind", AlarmKind)
def test_each_alarm_is_said_in_chinese_without_an_english_word(kind: AlarmKind) -> None:
    written = message(about(DISK | {"alarm": kind.value}))
    for product in ("fuhan", "config.yaml", "DNS", "NTP", "delay", "every"):
        written = replace(written, body=written.body.replace(product, ""))
    assert not re.findall(r"[a-z]{3,} [a-z]{2,}", written.title + written.body)


def test_changes_that_could_not_be_sent_in_time_are_counted() -> None:
    written = message(about({"folded": 1200}), of_change())
    assert written.title == "1201 条复函变更"
    assert "1200 条变更合并" in written.body


def test_many_alarms_are_counted_and_those_without_room_too() -> None:
    outages = [about(OUTAGE | {"host": f"h{each}.example"}) for each in range(30)]
    written = message(*outages, language="en", room=1900)
    assert written.title == "30 alarms or ends of alarms (unreachable)"
    listed = written.body.count("has not answered")
    assert f"{30 - listed} more are not listed here" in written.body
