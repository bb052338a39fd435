"""What `--help` says of options and arguments, and what the parser of options refuses."""

from typing import Final

COMMAND_OPTIONS: Final[dict[str, str]] = {
    "Usage": "用法",
    "Options": "选项",
    "Arguments": "参数",
    "Commands": "命令",
    "default": "默认",
    "required": "必填",
    "Show this message and exit.": "显示本说明并退出。",
    "Tell the version.": "显示版本。",
    "The configuration to use.": "所用的配置文件。",
    "Say more, with tracebacks.": "多说一些，出错时给出调用栈。",
    "Say nothing but errors.": "只说错误。",
    "In Chinese (zh) or in English (en). Default: as LC_ALL, LC_MESSAGES or LANG say.": (
        "用中文（zh）或英文（en）。默认依 LC_ALL、LC_MESSAGES 或 LANG。"
    ),
    "The backup, of any release.": "备份文件，任何版本的均可。",
    "Log lines as text, or as JSON objects.": "日志行用文本，或用 JSON 对象。",
    "Its id, its URL or SOURCE/NUMBER.": "编号、网址或“来源/案号”。",
    "Of one source.": "只看这一来源。",
    "Of one kind.": "只看这一类别。",
    "Of one weight.": "只看这一轻重。",
    "An ISO time, a date or an age such as 7d.": "ISO 时间、日期，或距今多久，如 7d。",
    "An ISO time, a date or an age such as 7d. A date: to its end.": (
        "ISO 时间、日期，或距今多久，如 7d。日期：至当日结束。"
    ),
    "Why.": "理由。",
    "In Chinese or in English. Default: as --lang says, else zh.": (
        "用中文或英文。默认依 --lang，否则 zh。"
    ),
    "That a person decided so; open: nobody did.": "审核结论如此的；open：尚未审核的。",
    "Also the letters of a source's first crawl.": "首次抓取时已有的复函也列出。",
    "Default: table on a terminal, else jsonl.": "默认：在终端为表格，否则为 jsonl。",
    "Give the space back to the system; nobody can write meanwhile.": (
        "把空间还给系统；其间无法写入。"
    ),
    "Default: all.": "默认：全部。",
    "This letter only; may stand again.": "只抓取这件复函；可重复给出。",
    "Visit every letter known.": "查看每一件已知的复函。",
    "Visit N letters at most; the others wait for the next crawl.": (
        "最多查看 N 件复函；其余留待下次抓取。"
    ),
    "One line of JSON for each crawl.": "每次抓取一行 JSON。",
    "Keep archive and report there.": "存档和报告留在这里。",
    "The version before.": "前一版。",
    "The version after.": "后一版。",
    "The folder to write to; it is made.": "写入的文件夹，不存在则新建。",
    "warc: the pages as served.": "warc：原样网页。",
    "The copy; it must not exist yet.": "副本；不得已存在。",
    "WARC files, compressed by gzip or not.": "WARC 文件，gzip 压缩与否均可。",
    "Of this source; else by the address.": "属于这一来源；否则按网址判断。",
    "That say these words, in any version or file.": "含有这些词的，任一版本或附件均算。",
    "In this state.": "处于这一状态的。",
    "An empty database, or one this command began.": "一个空数据库，或本命令已开始复制的。",
    "A directory's first page, or a home page.": "目录的第一页，或网站首页。",
    "Keep the pages there, and what is read from each.": "网页及从中读到的内容留在这里。",
    "Say what would be done; keep nothing.": "只说会做什么，不保存。",
    "FILE.html, FILE.md or FILE.json.": "FILE.html、FILE.md 或 FILE.json。",
    "The source whose alarm ends.": "要解除警报的来源。",
    "Ids, as changes shows them; -: from stdin.": "编号，如 changes 所示；-：从标准输入读取。",
    "Ids, as changes shows them.": "编号，如 changes 所示。",
    "A hash of the ledger that was published: the evidence ends with its entry.": (
        "已公布的账本摘要：凭据止于该条。"
    ),
    "Of the folder on the web, with --format site: for its feed.": (
        "文件夹在网上的网址，用于 --format site 的订阅。"
    ),
    "What you say of them.": "审核结论。",
    "Tags instead of those so far.": "以此取代原有标签。",
    "All undecided ones with it: {names}.": "凡符合且尚未审核的：{names}。",
    "As version N had it.": "第 N 版的样子。",
    "How it is shown.": "显示方式。",
    "Write a request for a time stamp over the heads (RFC 3161).": (
        "就各账本末项写一份时间戳请求（RFC 3161）。"
    ),
    "Crawls at once.": "同时抓取的数目。",
    "What people are shown. Default: HOST-PROCESS.": "显示给人看的名称。默认：主机名-进程号。",
    # Of the parser of options, which says them in English.
    "Missing command.": "缺少命令。",
    "No such command {name}.": "没有命令 {name}。",
    "No such command {name}. Did you mean {near}?": "没有命令 {name}。是不是 {near}？",
    "No such option: {name}": "没有选项：{name}",
    "No such option: {name} Did you mean {near}?": "没有选项：{name}。是不是 {near}？",
    "No such option: {name} (Possible options: {near})": "没有选项：{name}（可能是：{near}）",
    "Missing argument {name}.": "缺少参数 {name}。",
    "Missing option {name}.": "缺少选项 {name}。",
    "Missing argument {name}. Choose from: {choices}": "缺少参数 {name}。可选：{choices}",
    "Missing option {name}. Choose from: {choices}": "缺少选项 {name}。可选：{choices}",
    "Missing parameter: {name}": "缺少参数：{name}",
    "Option {name} does not take a value.": "选项 {name} 不带值。",
    "Option {name} requires an argument.": "选项 {name} 须带值。",
    "Option {name} requires {count:d} arguments.": "选项 {name} 须带 {count} 个值。",
    "too many arguments: {names}": "多出参数（{names}）",
    "Invalid value for {name}: {why:s}": "{name} 的值不对：{why}",
    "expected a path": "应为路径",
    "Invalid value: {why:s}": "值不对：{why}",
    "{value} is not one of {choices}.": "{value} 不在 {choices} 之列。",
    "Value {value} is not a valid {kind}.": "{value} 不是有效的 {kind}。",
    "File {name} does not exist.": "没有文件 {name}。",
    "Path {name} does not exist.": "没有路径 {name}。",
    "The directory to watch; it is probed.": "要监看的目录，会先行探测。",
}
