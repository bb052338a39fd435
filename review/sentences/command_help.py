"""What `--help` says of each command, a paragraph each."""

from typing import Final

COMMAND_HELP: Final[dict[str, str]] = {
    "Watch how Chinese government bodies answer proposals: every letter, every quiet edit.": (
        "监看政府部门如何答复提案和建议：每一件复函，每一处悄然改动。"
    ),
    "Write what proves changes, a ZIP for each, to be checked without fuhan.": (
        "写出变更的凭据，每条一个 ZIP，不用 fuhan 即可核对。"
    ),
    "Pages before and after as served, requests and answers, versions, the ledger's entries, and "
    "the script that checks all this.": (
        "变更前后的原样网页、请求与答复、版本、账本条目，以及核对这一切的脚本。"
    ),
    "Example: {command}": "示例：{command}",
    "Write a new configuration, with what each key is for.": "写一份新的配置，说明每个键的用途。",
    "It watches the directory of --from, or an example. No file is ever replaced. Ends with 3, "
    "and writes none, where the directory can't be watched.": (
        "监看 --from 所给目录，或一个示例。已有的文件绝不覆盖。目录无法监看时以 3 结束，不写文件。"
    ),
    "Crawl once, now: all sources, some, or single letters.": (
        "立即抓取一次：全部来源、部分来源或单件复函。"
    ),
    "Crawl on schedule and show what is found.": "按计划抓取，并以网页显示所得。",
    "Pages, feed, API and metrics stand at review.host and review.port. SIGTERM ends it "
    "cleanly, SIGHUP lets it read its configuration again, which it does by itself when its file "
    "has changed.": (
        "网页、订阅、API 和指标位于 review.host 与 review.port。收到 SIGTERM 正常结束，收到"
        " SIGHUP 重新读取配置；文件一有改动，也会自行重新读取。日志用英文。"
    ),
    "Run the crawls that fuhan serve puts into the queue.": "执行 fuhan serve 放入队列的抓取。",
    "Any number, on any machine that reaches the database. SIGTERM ends it: crawls end within "
    "seconds or are ended, and another worker takes them up.": (
        "数量不限，只要所在机器能连上数据库。收到 SIGTERM 即结束：正在进行的抓取几秒内结束或被"
        "中止，由别的抓取进程接手。"
    ),
    "List the letters held, of every status.": "列出所存复函，各种状态都在内。",
    "Show one letter: its fields and its text.": "显示一件复函：各字段和正文。",
    "Tell a letter's versions, visits and changes, oldest first.": (
        "列出一件复函的版本、查看和变更，由旧到新。"
    ),
    "Compare two versions of a letter.": "对照一件复函的两个版本。",
    "The last two, A with the newest, or A with B. What went is red and what came is green; "
    "where no colour can be shown, what went stands in [-…-], what came in {{+…+}} and what "
    "moved in [~…~].": (
        "不指明时对照最后两版；只给 A 时与最新版对照；给出 A 和 B 时两者对照。删去的为红色，增"
        "加的为绿色；不能显示颜色时，删去的写作 [-…-]，增加的写作 {{+…+}}，移动的写作 [~…~]。"
    ),
    "List the changes recorded, newest first.": "列出所记录的变更，由新到旧。",
    "Write a change report for people, in one file.": "写一份供人阅读的变更报告，一个文件。",
    "List past crawls, newest first.": "列出以往的抓取，由新到旧。",
    "Tell where each source stands.": "显示各来源的现状。",
    "Its last success, its next crawl, its alarms; exits 1 when an alarm stands. The alarms of "
    "the service, what to do about each, and with a queue what waits in it and its workers: "
    "under the table, on stderr beside other formats; exits 1 when no worker takes crawls, too.": (
        "上次完整抓取、下次抓取和警报；有警报时退出码为 1。服务本身的警报、各警报如何处理，用队列"
        "时还有排队的抓取和抓取进程：列在表下，其他格式则写到标准错误；没有抓取进程接手抓取时"
        "退出码也为 1。"
    ),
    "Prove what was looked at.": "证明查看过什么。",
    "For each source and each interval between two crawls, newest first: what the directory "
    "listed, what was visited, the longest that any letter went unseen, and each hole with its "
    "reason. All of it follows from the ledger that `fuhan verify` checks. A letter that went "
    "unseen for longer than the source's sweep, as the configuration has it now, is marked.": (
        "按来源、按两次抓取之间的间隔，由新到旧列出：目录列出多少、查看多少、复函最久多长时间未"
        "被看到、每处空缺及其原因。全部出自账本，账本由 `fuhan verify` 核对。复函未被看到的时间"
        "超过来源现行 sweep 的，有标记。"
    ),
    "Record a decision on changes; accepting one that is held lets it be announced.": (
        "记录对变更的审核结论；待核的变更一经核实即可播发。"
    ),
    "Note and tags of an earlier decision stay unless others are given; --note '' removes it.": (
        "不另给时，保留上次审核的附注和标签；--note '' 删去附注。"
    ),
    "Check configuration and database, without fetching.": "检查配置和数据库，不发请求。",
    "Refuses what serve would refuse, and a folder in which it could make no backup now.": (
        "serve 会拒绝的，以及现在不能写入备份的文件夹，这里也拒绝。"
    ),
    "Tell whether a listing can be watched.": "判断一个目录能否监看。",
    "Prints the entry for sources: as YAML; shows what would be read on stderr. Of a home page "
    "or a hub it names the channels. Needs no configuration; takes its manners from the one "
    "that --config names. Ends with 3 where the listing can't be watched.": (
        "以 YAML 写出可放在 sources: 下的条目；会读到什么写到标准错误。给出首页或汇总页时，列出"
        "其栏目。不需要配置；给出 --config 时按其中的抓取节奏。不能监看时退出码为 3。"
    ),
    "Check all that is kept against its digests.": "以摘要核对所存的一切。",
    "Derives every digest and the ledger again; names what was altered or lost, and exits 4. "
    "Ends with the head of each source's ledger, to be published or stamped.": (
        "重新算出每个摘要和账本；被改动或丢失的逐一列出，退出码为 4。最后写出各来源账本的末项摘"
        "要，可供公布或加盖时间戳。"
    ),
    "Read captures that were made elsewhere as earlier looks at letters.": (
        "导入别处所存的网页，作为对复函较早的查看。"
    ),
    "What a letter said before fuhan first saw it becomes its versions 0, -1 and so on, each "
    "with the file it is from. A capture between two of fuhan's own visits changes no window.": (
        "fuhan 首次看到之前的内容记为第 0 版、第 -1 版，依此类推，并注明所出文件。夹在 fuhan 自"
        "己两次查看之间的，不改变时间范围。"
    ),
    "Read every stored page again with today's parser; correct versions, invent no edits.": (
        "以现在的解析程序重读所存的每个网页；改正版本，不凭空生出改动。"
    ),
    "Write anew what searches go through.": "重建检索索引。",
    "Pack what is kept into fewer bytes; no fact changes, and no digest.": (
        "把所存内容压得更小；事实和摘要都不变。"
    ),
    "Trains dictionaries where they pay, and stores pages that differ little as differences. "
    "May be cut off and run again. A source that is being crawled is left as it is.": (
        "划算时训练压缩字典，差别很小的网页只存其差别。可以中断后再次运行。正在抓取的来源不动。"
    ),
    "Say that a source is as its pages show it: end its alarm, tell what was held back.": (
        "确认来源确如其网页所示：解除警报，报出此前暂缓的变更。"
    ),
    "Use it where the publisher, not the reading, changed; else mend the parser and run "
    "reparse.": "仅用于发布者确有变化、而非读取有误之时；否则应修正解析程序，再运行 reparse。",
    "Write what is held to files.": "把所存内容写成文件。",
    "Letters, changes and crawls as CSV, JSON lines or Parquet; edits as a workbook (XLSX); "
    "the pages as served as a WARC; a public site of accepted changes, or those in another "
    "--state.": (
        "复函、变更和抓取写成 CSV、JSON Lines 或 Parquet；改动写成工作簿（XLSX）；原样网页写成"
        " WARC；已核实的变更（或 --state 所指状态的变更）写成公开网站。"
    ),
    "Copy the archive to FILE while crawls go on.": "把存档复制到文件，抓取不必停。",
    "The copy is opened again and compared before it has its name.": (
        "副本写好后重新打开、核对，然后才有其文件名。"
    ),
    "Check a backup, then put it where the archive is.": "核验备份，然后放到存档的位置。",
    "The backup is checked whole before anything is replaced; damage is named, with exit code 4. "
    "What stood there is kept beside. Stop the service before.": (
        "替换之前先完整核验备份；有损坏则一一指出，退出码为 4。原有存档保留在旁边。请先停止服务。"
    ),
    "Copy the archive whole to another database, and verify it there.": (
        "把整个存档复制到另一个数据库，并在那里核对。"
    ),
    "Stop the service before. A copy that was cut off goes on when the command is run again; "
    "until it is verified no other command opens it. The archive itself stays as it is.": (
        "先停止服务。复制中断后再次运行即可继续；核对完成之前，其他命令都不会打开副本。原存档保"
        "持不变。"
    ),
    "Show the main job in a minute, without network.": "一分钟演示主要功能，不需要网络。",
    "A bundled directory is crawled, changes overnight and is crawled again; ends with the "
    "report.": "抓取一个自带的目录，它过一夜发生变更，再次抓取；最后给出报告。",
}
