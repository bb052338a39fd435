"""Phrases of a page as served, and of what is not known."""

from typing import Final

SERVED: Final[dict[str, tuple[str, str]]] = {
    "served.title": ("原样网页", "Page as served"),
    "served.drawn": (
        "网站当时发来的网页。脚本不运行，图片、样式和链接都不载入，所以样子比原来简单。",
        "As the site sent it; nothing runs and nothing is loaded, so that it looks plainer.",
    ),
    "served.frame": ("第 {number} 版的网页", "The page of version {number}"),
    "served.part": ("第 {number} 页", "Page {number}"),
    "served.answer": ("请求与答复", "Request and answer"),
    "served.asked_for": ("请求网址", "Asked for"),
    "served.answered_from": ("答复网址", "Answered from"),
    "served.asked_at": ("请求时间", "Asked at"),
    "served.fetched_at": ("收到时间", "Answered at"),
    "served.status": ("状态码", "Status"),
    "served.size": ("大小", "Size"),
    "served.bytes": ("{count} 字节", "{count} bytes"),
    "served.source": ("源代码", "Source"),
    "served.more": (
        "另有 {count} 行未列出；变更凭据（ZIP）里有完整网页。",
        "{count} more lines are not shown; the evidence of a change (ZIP) has the whole page.",
    ),
    "error.asked": ("您请求的是", "You asked for"),
    "error.ways": ("可以从这里继续：", "From here you can go on:"),
    "unknown.letter": ("没有编号为 {id} 的复函。", "No letter has the number {id}."),
    "unknown.change": (
        "没有编号为 {id} 的变更：或从未有过，或因更好的解析而撤回。",
        "No change has the number {id}: there never was one, or a better reading took it back.",
    ),
    "unknown.versions": (
        "这份复函没有第 {asked} 版，现有第 {there} 版。",
        "This letter has no version {asked}; there are {there}.",
    ),
    "unknown.part": (
        "这一版的网页共有 {count} 页。",
        "This version was read from {count} page. || This version was read from {count} pages.",
    ),
    "unknown.file": (
        "这份复函的各版都没有摘要为 {sha256} 的附件。",
        "No version of this letter had a file with the digest {sha256}.",
    ),
    "unknown.bytes": (
        "所存的字节已丢失或损坏；请运行 fuhan verify 查明。",
        "The stored bytes are lost or damaged; fuhan verify says which.",
    ),
    "unreadable.choice": (
        "{name}：不能是“{value}”，可以是下列之一。",
        '{name}: it can\'t be "{value}", but one of these.',
    ),
    "unreadable.moment": (
        "{name}：应是日期（2026-11-23）、时刻（2026-11-23T08:00）或天数（7d），不能是“{value}”。",
        '{name}: a date (2026-11-23), a time (2026-11-23T08:00) or an age (7d), not "{value}".',
    ),
    "unreadable.number": (
        "{name}：应是一个数，不能是“{value}”。",
        '{name}: a number is expected, not "{value}".',
    ),
    "unreadable.text": (
        "{name}：最多 {most} 字，不能含空字符。",
        "{name}: at most {most} characters are expected, and no NUL.",
    ),
    "unreadable.words": (
        "检索词太多：最多 {most} 个。",
        "Too many words to search for: {most} at most.",
    ),
    "unreadable.cursor": (
        "{name}：这个翻页链接不属于这个列表，或条件已经不同。请从第一页翻起。",
        "{name}: this link is of another list, or of other filters. Begin at the first page.",
    ),
    "unreadable.source": ("没有名为“{value}”的来源。", 'No source is called "{value}".'),
    "way.anew": ("去掉全部条件，重新开始", "The same page without any filter"),
    "way.letters": ("全部复函，可按标题、案号、人名检索", "All letters, to be searched"),
    "way.changes": ("全部变更", "All changes"),
    "way.letter": ("复函 {id}", "Letter {id}"),
    "way.change": ("变更 {id}", "Change {id}"),
}
