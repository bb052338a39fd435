"""Phrases of reports."""

from typing import Final

REPORTS: Final[dict[str, tuple[str, str]]] = {
    "report.title": ("复函变更报告", "Change report"),
    "report.period": ("期间：{since} 至 {until}", "Period: {since} to {until}"),
    "report.start": ("最初", "the beginning"),
    "report.made": ("制于 {now}", "Made {now}"),
    "report.contents": ("目录（重者在前）", "Contents, weightiest first"),
    "report.evidence": ("附录二　凭据", "Appendix B: evidence"),
    "report.digests": (
        "每一版本：抓取时间、文本摘要、网页字节的 SHA-256。",
        "Of each version: when it was fetched, the digest of its text, the SHA-256 of its page.",
    ),
    "report.each_crawl": ("逐次抓取", "Each crawl"),
    "report.summary": ("摘要", "Summary"),
    "report.changes": ("变更", "Changes"),
    "report.state": (
        "只列审核状态为“{state}”的变更；其余变更不在本报告内。",
        "Only changes decided as “{state}” are listed; the others are not in this report.",
    ),
    "report.state_open": (
        "只列尚未审核的变更；其余变更不在本报告内。",
        "Only changes that nobody decided are listed; the others are not in this report.",
    ),
    "report.held": (
        "其中 {count} 条待核。",
        "{count} of them is held. || {count} of them are held.",
    ),
    "report.new_letters": ("新见复函", "Letters first seen"),
    "report.first_letters": ("首次抓取时已有的复函", "Letters of first crawls"),
    "report.baseline_counted": (
        "其中 {count} 件复函在其来源首次抓取时已有。",
        (
            "{count} of them is a letter that stood there when its source was first crawled. || "
            "{count} of them are letters that stood there when their source was first crawled."
        ),
    ),
    "report.baseline": (
        "另有 {count} 件复函在其来源首次抓取时已有，不算变更。",
        (
            "{count} more letter stood there when its source was first crawled: no change. || "
            "{count} more letters stood there when their source was first crawled: no change."
        ),
    ),
    "report.cosmetic": ("附录一　只涉标点与排版", "Appendix A: punctuation and spacing only"),
    "report.visited": ("附录三　查看了什么", "Appendix C: what was looked at"),
    "report.counts": (
        "共记录变更 {total} 条：实质 {substantive}，细微 {minor}，排版 {cosmetic}。",
        "{total} changes recorded: {substantive} substantive, {minor} minor, {cosmetic} cosmetic.",
    ),
    "report.nothing": ("本期间没有变更。", "Nothing changed in this period."),
    "report.crawls": (
        "期间抓取 {crawls} 次，其中完整 {complete} 次，取回 {fetched} 页。",
        "{crawls} crawls, {complete} of them complete, fetched {fetched} pages.",
    ),
    "report.errors": ("未能判定的页面 {errors} 个。", "{errors} pages got no verdict."),
    "report.only": (
        "除上列变更外，所看到的页面未见其他改动。",
        "Beyond the changes above, the pages that were looked at showed no other edit.",
    ),
    "report.not_crawled": (
        "本期间没有抓取：不能说没有改动。",
        "No crawl ran in this period: that nothing changed cannot be said.",
    ),
}
