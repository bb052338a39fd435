"""Phrases of a change: what happened and when, its decisions, versions and texts."""

from typing import Final

CHANGES: Final[dict[str, tuple[str, str]]] = {
    "change.number": ("变更 {id}", "Change {id}"),
    "change.held": ("待核（暂不播发）", "held, not announced"),
    "change.baseline": ("首次抓取时已有", "of a first crawl"),
    "change.baseline_hidden": (
        "另有 {count} 件首次抓取时已有的复函未列出",
        (
            "{count} letter of first crawls is not shown || "
            "{count} letters of first crawls are not shown"
        ),
    ),
    "change.baseline_shown": (
        "已列出首次抓取时已有的复函 {count} 件；不再列出",
        (
            "{count} letter of first crawls is shown; hide it || "
            "{count} letters of first crawls are shown; hide them"
        ),
    ),
    "change.reason": ("轻重依据", "Why this weight"),
    "headline.removed": (
        "删去 {count} 字",
        "{count} character removed || {count} characters removed",
    ),
    "headline.more": ("另有 {count} 处", "{count} more"),
    "headline.today": ("列入目录当日", "on the day of listing"),
    "headline.days": (
        "列入目录 {count} 天后",
        "{count} day after listing || {count} days after listing",
    ),
    "headline.weeks": ("列入目录 {count} 周后", "{count} weeks after listing"),
    "headline.months": ("列入目录 {count} 个月后", "{count} months after listing"),
    "headline.years": ("列入目录 {count} 年后", "{count} years after listing"),
    "change.edits": ("逐处改动", "Each edit"),
    "change.evidence": ("凭据", "Evidence"),
    "change.inline": ("连排", "Inline"),
    "change.sides": ("并排", "Side by side"),
    "change.whole": ("全文对照", "The whole text"),
    "change.text_withdrawn": ("撤下前所存文本", "The text held before it was taken down"),
    "change.text_on_record": ("所存文本", "The text held"),
    "change.no_edits": ("文字没有改动。", "No words were changed."),
    "change.moved": ("原址：{url}", "Address before: {url}"),
    "review.accepted": ("已核实", "accepted"),
    "review.dismissed": ("已排除", "dismissed"),
    "review.flagged": ("待细查", "flagged"),
    "version.number": ("第 {number} 版", "Version {number}"),
    "version.of": ("第 {number} 版，共 {total} 版", "Version {number} of {total}"),
    "version.old": (
        "这是第 {number} 版（{at} 抓取），并非最新版。",
        "This is version {number}, fetched {at}, and not the newest.",
    ),
    "version.newest": ("看最新版", "The newest"),
    "version.with_newest": ("与最新版对照", "Compare with the newest"),
    "version.with_before": ("与前一版对照", "Compare with the one before"),
    "version.compare": ("对照", "Compare"),
    "version.read": ("抓取时间", "Fetched"),
    "version.digest": ("文本摘要", "Text digest"),
    "version.bytes": ("网页字节 SHA-256", "Page bytes SHA-256"),
    "version.import": ("外部存档导入：{file}", "Imported from a capture: {file}"),
    "version.reparse": ("解析改进所致，并非发布者改动", "Read anew; not the publisher's edit"),
    "diff.said_gone": ("【删】", "[deleted] "),
    "diff.said_come": ("【增】", "[inserted] "),
    "diff.folded": (
        "{count} 段未改动",
        "{count} unchanged paragraph || {count} unchanged paragraphs",
    ),
    "diff.moved_to": ("移至下文", "moved to here"),
    "diff.moved_from": ("由此移来", "moved from here"),
    "diff.title": ("第 {a} 版与第 {b} 版对照", "Version {a} against version {b}"),
    "diff.same": ("两版文字相同。", "Both versions read the same."),
    "when.between": ("在 {after} 与 {before} 之间", "between {after} and {before}"),
    "when.by": ("不晚于 {before}", "no later than {before}"),
    "when.zone": ("（{zone}）", " ({zone})"),
    "sentence.published": ("{when}公开", "Published {when}."),
    "sentence.edited": (
        "{when}被修改，共 {count} 处",
        "Edited {when}, in {count} place. || Edited {when}, in {count} places.",
    ),
    "sentence.withdrawn": ("{when}被撤下，页面不再提供", "Withdrawn {when}: no longer served."),
    "sentence.delisted": (
        "{when}被移出目录，页面仍可打开",
        "Delisted {when}: gone from the directory, the page is still served.",
    ),
    "sentence.restored": ("{when}恢复公开", "Put back {when}."),
    "sentence.relocated": ("{when}迁到新网址", "Moved to a new address {when}."),
    "sentence.also_edited": (
        "，文字另有 {count} 处改动",
        " Its text changed in {count} place. ||  Its text changed in {count} places.",
    ),
    "sentence.stop": ("。", ""),
}
