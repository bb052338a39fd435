"""What is said of alerts and their channels."""

from typing import Final

ALERTS: Final[dict[str, str]] = {
    "Send what waits for alert channels, once.": "把待发的提醒发往各渠道，一次。",
    "A service sends by itself; this is for crawls by hand or by cron.": (
        "服务会自行发送；此命令供手动或由 cron 抓取时使用。"
    ),
    "This channel only. Default: all.": "只发这一渠道。默认：全部。",
    "Send a test message.": "发一条测试消息。",
    "Show what waits, and send nothing.": "只显示待发的，不发送。",
    "alert channel {name} is not known; known: {names}": "没有提醒渠道 {name}；现有：{names}",
    "another process sends alerts: fuhan serve, or fuhan notify": (
        "另一进程正在发送提醒：fuhan serve 或 fuhan notify"
    ),
    "notify: expected an alert channel": "notify：应有提醒渠道",
    "waits until {when}": "待至 {when}",
    "all sent": "全部已发",
    "confirmed": "已确认",
    "not accepted": "未被接受",
    "no answer": "没有答复",
    "no answer: {why:s}": "没有答复：{why}",
    "no answer from {host:w}: {why:s}": "{host} 没有答复：{why}",
    "not accepted by {host:w}": "{host} 未接受",
    "{host:w} answered {answer:d}": "{host} 答以 {answer}",
    "{host:w} answered {answer:d}: moved to another address": (
        "{host} 答以 {answer}：已迁至别的地址"
    ),
    "answered {answer}": "答以 {answer}",
    "answered {answer}: moved to another address": "答以 {answer}：已迁至别的地址",
    "last sent": "上次发送",
    "failed since": "失败自",
    "next attempt": "下次尝试",
    "expected a list of sections, each with a url": "应为若干节的列表，每节有 url",
    "expected an Apprise URL such as mailto://user:password@example.org": (
        "应为 Apprise 的 URL，如 mailto://user:password@example.org"
    ),
    "expected a URL that Apprise reads ({scheme}:// needs other parts)": (
        "应为 Apprise 能读的 URL（{scheme}:// 须有别的部分）"
    ),
    "expected a URL of a service that Apprise knows; did you mean {near}?": (
        "应为 Apprise 所知服务的 URL；是不是 {near}？"
    ),
    "expected a URL of a service that Apprise knows such as mailto:// or json://": (
        "应为 Apprise 所知服务的 URL，如 mailto:// 或 json://"
    ),
    "expected a URL in ASCII without blanks": "网址应为不含空格的 ASCII",
    "expected an http or https URL, or null": "应为 http 或 https 网址，或 null",
    "expected the name of a source": "应为来源的名称",
    "an address": "一个地址",
    "expected hours such as 22:00-07:00": "应为时段，如 22:00-07:00",
    "expected hours that end at another time than they begin": "时段的起止时间不应相同",
}
