"""What the API, the feed and the forms of the pages refuse."""

from typing import Final

REQUESTS: Final[dict[str, str]] = {
    "Not Found": "没有这个网址",
    "Method Not Allowed": "不能这样请求",
    "letter {id} is not known": "没有编号为 {id} 的复函",
    "letter {id} is not known; did you mean {near}?": "没有复函 {id}；是不是 {near}？",
    "change {id} is not known": "没有编号为 {id} 的变更",
    "change {id} is not known any more": "编号为 {id} 的变更已撤回",
    "letter {id:d} has no version {number:d}": "复函 {id} 没有第 {number} 版",
    "letter {id:d} has no version {number:d}, only {first:d} to {last:d}": (
        "复函 {id} 没有第 {number} 版，只有第 {first} 至 {last} 版"
    ),
    "letter {id:d} has no versions {a:d} and {b:d}": "复函 {id} 没有第 {a} 版和第 {b} 版",
    "letter {id:d} has no versions {numbers}, only {there}": (
        "复函 {id} 没有第 {numbers} 版，只有第 {there} 版"
    ),
    "version {number:d} of letter {id:d} was read from {pages:d} pages": (
        "复函 {id} 的第 {number} 版读自 {pages} 页"
    ),
    "letter {id:d} has no file {sha256}": "复函 {id} 没有附件 {sha256}",
    "{number} is no number of a version": "{number} 不是版本号",
    "{name}: the number of a version was expected, not {value}": (
        "{name}：应为版本号，而不是 {value}"
    ),
    "part: the number of a page was expected, not {value}": "part：应为页号，而不是 {value}",
    "limit: a number was expected, not {value}": "limit：应为数，而不是 {value}",
    "after: no source is called {name}": "after：没有名为 {name} 的来源",
    "{name}: a text of at most {most:d} characters is expected": (
        "{name}：应为不超过 {most} 字的文本"
    ),
    "after_id: its list has no cursors; follow its link (rel=next)": (
        "after_id：此列表没有游标，请沿其链接（rel=next）前进"
    ),
    "{name}: the id of a letter was expected, not {value}": (
        "{name}：应为复函的编号，而不是 {value}"
    ),
    "{name}: the id of a change was expected, not {value}": (
        "{name}：应为变更的编号，而不是 {value}"
    ),
    "{name}: the id of a crawl was expected, not {value}": (
        "{name}：应为抓取的编号，而不是 {value}"
    ),
    "{name}: {value} is none of {choices}": "{name}：{value} 不在 {choices} 之列",
    "{name}: a place from a link of the feed was expected": "{name}：应取自订阅中的链接",
    "{name}: an ISO time, a date or an age such as 7d was expected, not {value}": (
        "{name}：应为 ISO 时间、日期，或距今多久，如 7d，而不是 {value}"
    ),
    "before and after: one of them was expected": "before 与 after：只应给出一个",
    "offset: lists have no offsets; follow their links (rel=next)": (
        "offset：列表不用偏移，请沿其链接（rel=next）前进"
    ),
    "cursor: it is none of this list with these filters": "cursor：不是此列表在此筛选下的游标",
    "cursor: it names no place in this list": "cursor：不是此列表中的位置",
    "changes are being recorded: ask again": "正在记录变更，请再次请求",
    "state: one of {choices} is expected": "state：应为其中之一：{choices}",
    "note and tags: at most {note:d} characters and {tags:d} tags of {tag:d} characters each "
    "are expected": "附注和标签：附注不超过 {note} 字，标签不超过 {tags} 个，每个不超过 {tag} 字",
    "change: 1 to {most:d} changes of one page are expected": (
        "change：应为同一页的 1 至 {most} 条变更"
    ),
    "review: 1 to {most:d} decisions are expected": "review：应为 1 至 {most} 条审核结论",
    "these decisions are not known": "没有这些审核结论",
    "who decides is not known: a token is needed": "不知道由谁审核：须有口令",
    "the form is out of date: open its page again": "表单已过期：请重新打开其页面",
    "at: the id of a change was expected, not {value}": "at：应为变更的编号，而不是 {value}",
    "another decided on change {id:d} meanwhile": "其间别人已审核变更 {id}",
    "a form was expected ({kind})": "应为表单（{kind}）",
    "a form of at most {most:d} bytes was expected": "表单应不超过 {most} 字节",
    "a form in UTF-8 was expected": "表单应为 UTF-8",
    "a form without the character NUL was expected": "表单中不应有 NUL 字符",
    "a token is asked for": "请出示口令",
    "too many wrong tokens were tried: try again in {wait:d} s": (
        "错误的口令过多：请 {wait} 秒后再试"
    ),
    "the token is wrong": "口令不对",
    "the form of another site is not taken": "不接受别的网站的表单",
    "no path is that long": "没有这么长的路径",
    "{name}: that is no name": "{name}：这不是名称",
    "no entry that follows those of this change has the hash {hash}": (
        "此变更之后的账本条目中没有摘要 {hash}"
    ),
    "this host is not served here": "这里不服务此主机名",
    "there is nothing to draw yet": "还没有可画的内容",
    "it can't be read: {why:s}": "读不出：{why}",
}
