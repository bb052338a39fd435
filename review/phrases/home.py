"""Phrases of the first page and the list of crawls."""

from typing import Final

HOME: Final[dict[str, tuple[str, str]]] = {
    "home.sources": ("来源", "Sources"),
    "home.workers": ("抓取队列", "Queue and workers"),
    "home.queue": ("排队 {count} 次，", "{count} crawl waits, || {count} crawls wait,"),
    "home.queue_running": ("进行中 {count} 次。", "{count} is running. || {count} are running."),
    "home.queue_oldest": ("最早排入：", "The first of those that wait was ordered at"),
    "home.no_worker": (
        "没有抓取进程在运行，排队的抓取无人执行。",
        "No worker runs: nobody takes what waits.",
    ),
    "home.worker_waits": ("等待：{reason}", "waits: {reason}"),
    "home.worker_idle": ("空闲", "idle"),
    "home.newest": ("最新变更", "Newest changes"),
    "home.chart": ("近 {days} 日每日变更数", "Changes a day, last {days} days"),
    "home.chart_day": ("{day}：{count} 处变更", "{day}: {count} change || {day}: {count} changes"),
    "home.totals": (
        "{letters} 件复函，{changes} 条变更，其中实质 {substantive} 条",
        "{letters} letters, {changes} changes, {substantive} of them substantive",
    ),
    "home.trouble": ("服务异常：{reason}", "The service is in trouble: {reason}"),
    "home.sources_before": ("前面的来源", "Sources before these"),
    "home.sources_after": ("后面的来源", "Sources after these"),
    "home.never": ("尚无", "never"),
    "home.running": ("进行中", "running"),
    "crawl.complete": ("完整", "complete"),
    "crawl.partial": ("部分", "partial"),
    "crawl.failed": ("失败", "failed"),
    "crawl.unfinished": ("未结束", "not ended"),
}
