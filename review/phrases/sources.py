"""Phrases of the page of sources: what is watched, and how it is decided on."""

from typing import Final

SOURCES: Final[dict[str, tuple[str, str]]] = {
    "nav.sources": ("来源", "Sources"),
    "sources.read_only": (
        "只能阅读：要添加、暂停来源，请在配置中设 review.people（每人一个口令）或 review.token。",
        "Read only: set review.people (a token each) or review.token to decide on sources here.",
    ),
    "sources.add": ("添加来源", "Add a source"),
    "sources.url": ("公开目录的网址", "Address of a directory"),
    "sources.probe": ("检查", "Check"),
    "sources.probe_hint": (
        "检查会按抓取同样的规则访问该网站，读几件复函，不作记录。",
        "A check asks the site as politely as a crawl, reads some letters and records nothing.",
    ),
    "sources.probed": ("检查结果", "What the check shows"),
    "sources.probing": ("正在检查", "Being checked"),
    "sources.visited": ("已查看 {visited} 项，共 {due} 项", "{visited} of {due} visited"),
    "sources.refresh": ("刷新", "Refresh"),
    "sources.failed": ("检查未能完成：{reason}", "The check came to no end: {reason}"),
    "sources.name": ("名称（小写字母、数字和 -）", "Name (a-z, 0-9 and -)"),
    "sources.agency": ("承办单位", "Agency"),
    "sources.kind": ("类别", "Kind"),
    "sources.watch": ("开始监测", "Watch it"),
    "sources.close": ("关闭", "Close"),
    "sources.channels": ("它所指向的目录", "Directories that it leads to"),
    "sources.watched": ("监测中的来源", "What is watched"),
    "sources.of_file": ("配置文件", "configuration"),
    "sources.added": ("{who} 于 {time} 添加", "added by {who}, {time}"),
    "sources.paused": ("{who} 于 {time} 暂停", "paused by {who}, {time}"),
    "sources.pause": ("暂停", "Pause"),
    "sources.resume": ("恢复", "Resume"),
    "sources.crawl": ("立即抓取", "Crawl now"),
    "sources.of": ("{act}：{source}", "{act}: {source}"),
    "head.origin": ("出处", "From"),
    "head.decide": ("操作", "Decide"),
    "home.paused": ("已暂停", "paused"),
}
