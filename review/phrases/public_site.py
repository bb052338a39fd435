"""Phrases of the public site of changes."""

from typing import Final

PUBLIC_SITE: Final[dict[str, tuple[str, str]]] = {
    "public.title": ("复函变更公示", "Quiet edits of official replies"),
    "public.what": (
        (
            "政府部门公开答复代表建议、委员提案的复函，有时会在公开之后被改动、撤下或恢复。"
            "这里列出这些变更：改了什么、在哪两个时刻之间、依据哪些存档网页。"
        ),
        (
            "Government bodies publish letters that answer proposals and suggestions. Some are "
            "edited, withdrawn or put back later. Listed here is what changed, between which "
            "two moments, and on which archived pages that rests."
        ),
    ),
    "public.checked": ("所列变更均经人工核实。", "A person has checked each of these changes."),
    "public.unchecked": (
        "所列变更未经人工核实。",
        "These changes have not been checked by a person.",
    ),
    "public.total": ("共 {count} 条变更", "{count} change || {count} changes"),
    "public.newest": ("最新变更", "Newest changes"),
    "public.more": ("按月份查看全部变更", "All changes, by month"),
    "public.months": ("按月份", "By month"),
    "public.sources": ("按来源", "By source"),
    "public.categories": ("按改动类别", "By what was changed"),
    "public.search": ("检索", "Search"),
    "public.search_of": (
        "检索主题、案号、人名、来源和改动前后的文字",
        "Search subjects, numbers, names, sources and the words before and after",
    ),
    "public.no_script": (
        "检索需要脚本。不用脚本，可从首页按月份、来源、类别查看全部变更。",
        (
            "Searching needs a script. Without one, the first page leads to all changes by "
            "month, source and category."
        ),
    ),
    "public.found": ("符合 {count} 条", "{count} found"),
    "public.found_more": ("只列前 {count} 条", "the first {count} are shown"),
    "public.found_none": ("没有符合的变更。", "No change has these words."),
    "public.empty": (
        "还没有变更。核实第一条变更并再次导出后，它会出现在这里。",
        "There is no change yet. Those that are accepted are here after the next export.",
    ),
    "public.permalink": ("固定链接", "Permalink"),
    "public.page_kept": ("存档网页（源代码）", "Archived page (source)"),
    "public.check": (
        "存档网页以其字节的 SHA-256 命名，下载后可自行核对。",
        "Each archived page is named by the SHA-256 of its bytes: download it and check.",
    ),
    "public.data": ("全部数据（JSON）", "All data (JSON)"),
    "public.text_old": ("变更之前的全文", "The whole text before"),
    "public.text_new": ("全文", "The whole text"),
}
