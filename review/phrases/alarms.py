"""Phrases of alarms on pages: what is wrong, since when, until when, what to do."""

from typing import Final

ALARMS: Final[dict[str, tuple[str, str]]] = {
    "nav.alarms": ("警报", "Alarms"),
    "alarm.service": ("服务", "Service"),
    "alarm.line": ("{name}，自 {since} 起：{reason}", "{name} since {since}: {reason}"),
    "alarm.standing": ("未解除", "stands"),
    "alarm.state": ("状态", "State"),
    "alarm.ended": ("已解除", "ended"),
    "alarm.as_of": ("截至 {at}", "as of {at}"),
    "alarm.more": ("另有 {count} 条警报", "and {count} more alarm || and {count} more alarms"),
    "alarm.all": ("警报与处理办法", "All alarms, and what to do"),
    "alarm.none": ("目前没有警报。", "No alarm stands."),
    "alarm.past": ("全部警报", "All alarms"),
    "head.alarm": ("警报", "Alarm"),
    "head.reason": ("原因", "Reason"),
    "head.from": ("起", "Since"),
    "head.until": ("止", "Ended"),
    "head.advice": ("怎么办", "What to do"),
    "empty.alarms": (
        "还没有警报。来源或服务有异常时，起止时间和处理办法会列在这里。",
        "No alarms yet. What goes wrong is listed here: since when, what to do, when it ended.",
    ),
}
