"""Phrases of the page on which people decide, and of who they are."""

from typing import Final

DESK: Final[dict[str, tuple[str, str]]] = {
    "nav.review": ("审阅", "Review"),
    "review.open": ("未定", "undecided"),
    "desk.narrow": ("缩小范围", "Narrow down"),
    "desk.more": ("更多条件", "More filters"),
    "desk.text": ("词句、标题或案由", "Words, title or subject"),
    "desk.tag": ("标签", "Tag"),
    "desk.age": ("近 {days} 天", "Last {days} days"),
    "desk.without": ("去掉这一条件：{value}", "Without this filter: {value}"),
    "desk.clear": ("去掉全部条件", "Clear all filters"),
    "desk.empty": ("没有待审的变更", "Nothing to decide"),
    "desk.empty_when": (
        "抓取发现改动后，变更会列在这里，最重、最新的在前。",
        "Changes are listed here once a crawl finds them, the weightiest and newest first.",
    ),
    "desk.empty_filtered": (
        "没有符合这些条件的变更。",
        "No change fits these filters.",
    ),
    "desk.cut_short": (
        "已读 {count} 条，尚未读完；继续往后找",
        (
            "{count} change was read, and there are more: go on || "
            "{count} changes were read, and there are more: go on"
        ),
    ),
    "desk.read_only": (
        "只能阅读：要在此审定，请在配置中设 review.people（每人一个口令）或 review.token。",
        "Read only: set review.people (a token each) or review.token to decide here.",
    ),
    "desk.read_only_header": (
        "只能阅读：代理未在 {header} 中报出姓名。",
        "Read only: the proxy named nobody in {header}.",
    ),
    "desk.as": ("审阅人：{name}", "Reviewing as {name}"),
    "desk.sign_out": ("退出", "Sign out"),
    "desk.accept": ("核实", "Accept"),
    "desk.dismiss": ("排除", "Dismiss"),
    "desk.flag": ("待细查", "Flag"),
    "desk.reopen": ("改回未定", "Reopen"),
    "desk.keep": ("只存附注", "Save note"),
    "desk.note": ("附注", "Note"),
    "desk.tags": ("标签（以逗号分开）", "Tags, separated by commas"),
    "desk.undo": ("撤回", "Undo"),
    "desk.next": ("下一条", "Next"),
    "desk.previous": ("上一条", "Previous"),
    "desk.leave": ("离开输入框", "Leave the field"),
    "desk.decide": ("审定这条变更", "Decide on this change"),
    "desk.published": ("所发布的页面", "The page as published"),
    "desk.evidence": ("凭据与全页", "Evidence and whole page"),
    "desk.letter": ("这件复函", "The letter"),
    "desk.more_edits": ("另有 {count} 处改动", "{count} more edit || {count} more edits"),
    "desk.history": ("审定经过", "Decisions so far"),
    "desk.listed": ("所列 {count} 条", "These {count}"),
    "desk.all_accepted": ("全部核实", "Accept all"),
    "desk.all_dismissed": ("全部排除", "Dismiss all"),
    "desk.all_flagged": ("全部待细查", "Flag all"),
    "desk.ticked": (
        "只审定打勾的，不涉及未列出的。",
        "Only what is ticked here is decided, nothing that is not listed.",
    ),
    "desk.recent": ("我刚才的审定", "What I decided last"),
    "desk.did": ("{state}：变更 {id}", "{state}: change {id}"),
    "desk.did_many": ("{state}：{count} 条变更", "{state}: {count} changes"),
    "desk.keys": ("按键", "Keys"),
    "desk.unsent": (
        "没有送达服务，这次审定未记录。请再按一次。",
        "The service did not answer, and nothing was recorded. Press again.",
    ),
    "desk.meanwhile": ("别人刚刚审定过", "Somebody decided meanwhile"),
    "desk.theirs": ("现为", "It is now"),
    "desk.mine": ("你要改为", "You want"),
    "desk.anyway": ("仍按我的审定", "Decide anyway"),
    "desk.keep_theirs": ("保留现状", "Keep theirs"),
    "desk.recorded": ("其余 {count} 条已记录。", "The other {count} were recorded."),
    "error.403": (
        "没有记录：页面已过期，或不知审阅人是谁。请重新打开",
        "Nothing was recorded: the page is out of date, or who decides is unknown. Open it again",
    ),
    "error.429": (
        "试错太多，请在 {seconds} 秒后再试。",
        "Too many wrong tokens: wait {seconds} s.",
    ),
    "error.wrong": ("口令不对。", "The token is wrong."),
    "error.who": (
        "口令由管理本服务的人发给，写在其配置的 review 一节。",
        "Whoever runs this service gives tokens out: they are in its configuration, under review.",
    ),
    "error.back": ("回到审阅", "Back to the review page"),
}
