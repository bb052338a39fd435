"""Phrases of alerts: what people are sent when letters change or a host does not answer."""

from typing import Final

ALERTS: Final[dict[str, tuple[str, str]]] = {
    "alert.one": ("{happened}：{subject}", "{happened}: {subject}"),
    "alert.many": (
        "{count} 条复函变更",
        "{count} change of letters || {count} changes of letters",
    ),
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
    "alert.outage": (
        "{host} 自 {since} 起没有应答",
        "{host} has not answered since {since}",
    ),
    "alert.unread": (
        "{host} 的目录自 {since} 起无法读取",
        "The directory at {host} could not be read since {since}",
    ),
    "alert.outages": (
        "{count} 处来源中断或恢复",
        "{count} outages or ends of outages",
    ),
    "alert.outage_reason": ("原因：{reason}", "Reason: {reason}"),
    "alert.outage_sources": (
        "受影响的来源：{names}。在此期间的修改要到恢复后才能发现。",
        "Sources: {names}. What is edited there meanwhile is seen once it can be read again.",
    ),
    "alert.recovery": (
        "{host} 已恢复（中断 {since} 至 {until}）",
        "{host} answers again (it did not from {since} to {until})",
    ),
    "alert.test": ("fuhan 测试消息", "Test message of fuhan"),
    "alert.test_body": (
        "通道“{channel}”可用，以后的变更提醒将发到这里。",
        "The alert channel {channel} works: alerts will be sent here.",
    ),
    "alert.key": ("编号 {message}", "Message {message}"),
}
