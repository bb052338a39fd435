"""Phrases of alerts: what people are sent when letters change, and when something is wrong."""

from typing import Final

ALERTS: Final[dict[str, tuple[str, str]]] = {
    "alert.one": ("{happened}：{subject}", "{happened}: {subject}"),
    "alert.many": (
        "{count} 条复函变更",
        "{count} change of letters || {count} changes of letters",
    ),
    "alert.of": ("{what}（{of}）", "{what} ({of})"),
    "alert.of_kind": ("{kind} {count}", "{count} {kind}"),
    "alert.kinds_of": ("{kinds}；{where}", "{kinds}; {where}"),
    "alert.sources": ("{count} 个来源", "{count} source || {count} sources"),
    "alert.rest": ("{what}：{where}", "{what}: {where}"),
    "alert.number": ("（第{number}号）", " (No. {number})"),
    "alert.agency": ("来源：{agency}", "Source: {agency}"),
    "alert.more": (
        "另有 {count} 条未逐条列出",
        "{count} more is not listed here || {count} more are not listed here",
    ),
    "alert.folded": (
        "其间积压的 {count} 条变更合并为此条，未逐条列出",
        (
            "{count} change that could not be sent in time is not listed || "
            "{count} changes that could not be sent in time are not listed"
        ),
    ),
    "alert.see": ("请用 fuhan changes 查看", "see fuhan changes"),
    "alert.outage_begun": (
        "{what} 自 {since} 起没有应答",
        "{what} has not answered since {since}",
    ),
    "alert.outage_ended": (
        "{what} 已恢复（中断 {since} 至 {until}）",
        "{what} answers again (it did not from {since} to {until})",
    ),
    "alert.alarm_begun": ("{what}：{name}，自 {since} 起", "{what}: {name} since {since}"),
    "alert.alarm_ended": (
        "{what}：{name}已解除（{since} 至 {until}）",
        "{what}: {name}: ended (from {since} to {until})",
    ),
    "alert.alarm_unwatched": (
        "{what}：{name}，来源已不再抓取，警报随之撤销（{since} 至 {until}）",
        "{what}: {name}: over, as it is watched no more (from {since} to {until})",
    ),
    "alert.channel_unwatched": (
        "{what}：{name}，通道已从配置中移除，警报随之撤销（{since} 至 {until}）",
        "{what}: {name}: over, as this alert channel is no more (from {since} to {until})",
    ),
    "alert.backup_unwatched": (
        "{what}：{name}，备份已不再配置，警报随之撤销（{since} 至 {until}）",
        "{what}: {name}: over, as backups are no longer configured (from {since} to {until})",
    ),
    "alert.agency_source": ("{agency}（{source}）", "{agency} ({source})"),
    "alert.alarms": (
        "{count} 条警报或其解除",
        "{count} alarm or end of one || {count} alarms or ends of alarms",
    ),
    "alert.alarm_reason": ("原因：{reason}", "Reason: {reason}"),
    "alert.alarm_sources": ("受影响的来源：{names}", "Sources: {names}"),
    "alert.alarm_more_sources": (
        "以及另外 {count} 个来源",
        "and {count} more source || and {count} more sources",
    ),
    "alert.alarm_advice": ("怎么办：{advice}", "What to do: {advice}"),
    "alert.test": ("fuhan 测试消息", "Test message of fuhan"),
    "alert.test_body": (
        "通道“{channel}”可用，以后的变更提醒将发到这里。",
        "The alert channel {channel} works: alerts will be sent here.",
    ),
    "alert.key": ("编号 {message}", "Message {message}"),
}
