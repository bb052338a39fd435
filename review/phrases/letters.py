"""Phrases of a letter: its fields, files and timeline."""

from typing import Final

LETTERS: Final[dict[str, tuple[str, str]]] = {
    "letter.number": ("第{number}号", "No. {number}"),
    "letter.versions": ("版本与沿革", "Versions and history"),
    "letter.fields": ("要素", "Fields"),
    "letter.text": ("正文", "Text"),
    "letter.twins": ("同案复函", "Letters on the same paper"),
    "letter.source": ("原页", "Page"),
    "letter.first_seen": ("初次看到", "First seen"),
    "letter.last_seen": ("最近看到", "Last seen"),
    "letter.gone": ("所存文本，现已不在网上", "The text held; it is no longer published"),
    "letter.twin_same": ("文字相同", "says the same"),
    "letter.twin_more": (
        "另有 {count} 处不同",
        "and {count} more difference || and {count} more differences",
    ),
    "letter.backdated": (
        "网页生成于其所署日期的 {days} 天之后。",
        "This page was made {days} days after the date that it bears.",
    ),
    "file.kept": ("存档原件", "The file as stored"),
    "file.text": ("文件文字", "Its text"),
    "letter.labels": ("页面所列", "As labelled on the page"),
    "visit.letter": ("页面在，内容可读", "page served and read"),
    "visit.gone": ("页面不在", "page gone"),
    "visit.blocked": ("被拦", "blocked"),
    "visit.broken": ("页面残缺", "page broken"),
    "visit.unreached": ("未能取到", "not reached"),
    "visit.count": ("查看 {count} 次", "{count} look || {count} looks"),
}
