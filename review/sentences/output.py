"""What commands report."""

from typing import Final

OUTPUT: Final[dict[str, str]] = {
    "{file} was written; next:": "已写好 {file}。接下来：",
    "whether another directory can be watched; its entry goes under sources": (
        "另一目录能否监看；所得一项写入 sources"
    ),
    "whether the configuration can be used": "配置能否使用",
    "the first crawl, now": "立即作首次抓取",
    "crawls from then on, and serves the pages": "此后按计划抓取，并提供网页",
    "{file}: is there already, and stays as it is": "{file}: 已经存在，保持原样",
    "nothing was written; `fuhan init` without --from writes an example, "
    "in which the entry of any directory can be put": (
        "没有写任何文件；不带 --from 的 `fuhan init` 写出一个示例，可填入任何目录的一项"
    ),
    # crawl, crawls, progress
    "{count:d} listed": "目录列出 {count}",
    "{count:d} fetched": "取回 {count}",
    "{count:d} unchanged": "未变 {count}",
    "{count:d} published": "新见 {count}",
    "{count:d} edited": "修改 {count}",
    "{count:d} withdrawn": "撤下 {count}",
    "{count:d} delisted": "移出目录 {count}",
    "{count:d} restored": "恢复 {count}",
    "{count:d} relocated": "迁址 {count}",
    "{count:d} suspect": "近日未能读到 {count}",
    "{count:d} error": "未能判定 {count}",
    "{count:d} errors": "未能判定 {count}",
    "nothing seen": "什么也没有看到",
    "nothing new": "没有新的",
    "{outcome:s} within --limit {limit:d}": "{outcome}（--limit {limit} 之内）",
    "and {more:d} more": "另有 {more} 处",
    "(longer than sweep)": "（超过 sweep）",
    "and {more:d} more errors (fuhan crawl --json names all)": (
        "另有 {more} 个未能判定（fuhan crawl --json 全部列出）"
    ),
    "and {more:d} more error (fuhan crawl --json names all)": (
        "另有 {more} 个未能判定（fuhan crawl --json 全部列出）"
    ),
    "{visited:d}/{due:d} letters, {listed:d} listed, {changed:d} changed, {errors:d} errors, "
    "{rate}/s": (
        "复函 {visited}/{due}，目录列出 {listed}，变更 {changed}，未能判定 {errors}，每秒 {rate}"
    ),
    "{letters:d} letters of first crawls are not shown (--baseline)": (
        "另有 {letters} 件首次抓取时已有的复函未列出（--baseline）"
    ),
    "{letters:d} letter of first crawls is not shown (--baseline)": (
        "另有 {letters} 件首次抓取时已有的复函未列出（--baseline）"
    ),
    # show, history, diff
    "import of {file}, sha256 {sha256}": "导入自 {file}，sha256 {sha256}",
    "its page was made {days:d} days after the date that it bears": (
        "网页生成于其所署日期的 {days} 天之后"
    ),
    "twin {id:d}": "同案复函 {id}",
    "says the same": "文字相同",
    "label {name}": "标注 {name}",
    "attachment {name}": "附件 {name}",
    "one visit": "查看 1 次",
    "{count:d} visits": "查看 {count} 次",
    "version {number:d}, by {cause:s}": "第 {number} 版，由来：{cause}",
    "version {number:d}, by {cause:s} of {file}": "第 {number} 版，由来：{cause} {file}",
    "change {id:d} {state:s} by {who}": "变更 {id}：{who} {state}",
    "change {id:d}: {state:s}": "变更 {id}：{state}",
    "letter {id:d} has one version, there is nothing to compare": (
        "复函 {id} 只有一个版本，无可对照"
    ),
    "version {old:d} → {new:d}, {url}": "第 {old} 版 → 第 {new} 版，{url}",
    "… {count:d} unchanged …": "……{count} 段未改动……",
    "moved here ({id:d}): ": "由此移来（{id}）：",
    "moved away ({id:d}): ": "移至别处（{id}）：",
    "accepted": "已核实",
    "dismissed": "已排除",
    "flagged": "待细查",
    "open": "未审核",
    # check, compact, export, migrate, reindex, verify
    "configuration: {count:s}: {names}": "配置：{count}：{names}",
    "database: {count:s} held": "数据库：存有 {count}",
    "{count:d} source": "{count} 个来源",
    "{count:d} sources": "{count} 个来源",
    "{count:d} letter": "{count} 件复函",
    "{count:d} letters": "{count} 件复函",
    "{count:d} page": "{count} 个网页",
    "{count:d} pages": "{count} 个网页",
    "{count:d} version": "{count} 个版本",
    "{count:d} versions": "{count} 个版本",
    "{count:d} ledger entry": "{count} 条账本记录",
    "{count:d} ledger entries": "{count} 条账本记录",
    "{count:d} row": "{count} 行",
    "{count:d} rows": "{count} 行",
    "{count:d} copy of dictionaries written anew": "重写压缩字典副本 {count} 份",
    "{count:d} copies of dictionaries written anew": "重写压缩字典副本 {count} 份",
    "left as they are: {names}: run this again": "未动：{names}。请再次运行",
    "{pages:s} and {versions:s} packed anew": "重新压缩 {pages}、{versions}",
    "{count:d} byte saved": "节省 {count} 字节",
    "{count:d} bytes saved": "节省 {count} 字节",
    "{count:d} can't be read, as verify names": "{count} 个无法读取，详见 verify",
    "{database}: not made yet, there is nothing to copy": "{database}: 尚未建立，无可复制",
    "{database}: is empty, there is nothing to copy": "{database}: 是空的，无可复制",
    "{rows:s} copied and verified; now set database: {url}": (
        "已复制并核对 {rows}；现在请设置 database: {url}"
    ),
    "--to: {why:s}": "--to：{why}",
    "--output: {why:s}": "--output：{why}",
    "{folder}: stands there, and is of no earlier export": "{folder}: 已存在，且不是先前导出的",
    "{source}: is being crawled: stop the service first": "{source}: 正在抓取；请先停止服务",
    "the archive was written while it was copied: stop the service, and run this again": (
        "复制期间存档被写入；请停止服务后再次运行"
    ),
    "rows copied": "已复制行",
    "rows copied anew": "已重新复制行",
    "letters indexed": "已编入索引的复函",
    "rows compared": "已核对行",
    "so is the archive": "原存档也是如此",
    "{letters:s} can be searched": "可检索 {letters}",
    "preparing the archive for searches: {done:d} of {total:d}": (
        "正在为检索整理存档：{done}/{total}"
    ),
    "all is as it was: {counts:s}": "一切如旧：{counts}",
    "{file}: send it to a time-stamping authority; keep {heads}": (
        "{file}: 请送交时间戳机构；并保留 {heads}"
    ),
    # import, reparse, resume
    "{count:d} capture imported": "导入网页 {count} 个",
    "{count:d} captures imported": "导入网页 {count} 个",
    "{count:d} edit": "改动 {count} 处",
    "{count:d} edits": "改动 {count} 处",
    "{known:d} imported before, {others:d} of other pages, {skipped:d} skipped": (
        "先前已导入 {known} 个，其他网页 {others} 个，略过 {skipped} 个"
    ),
    "{pages:d} page of {letters:s} read again": "重读 {letters}的网页 {pages} 个",
    "{pages:d} pages of {letters:s} read again": "重读 {letters}的网页 {pages} 个",
    "{count:d} version corrected": "改正版本 {count} 个",
    "{count:d} versions corrected": "改正版本 {count} 个",
    "{count:d} unreadable": "读不出 {count} 个",
    "{count:d} file read": "读附件 {count} 个",
    "{count:d} files read": "读附件 {count} 个",
    "{count:d} change compared again": "重新比对变更 {count} 条",
    "{count:d} changes compared again": "重新比对变更 {count} 条",
    "{count:d} told anew": "改记 {count} 条",
    "{count:d} taken back": "撤回 {count} 条",
    "{count:d} change": "{count} 条变更",
    "{count:d} changes": "{count} 条变更",
    "the alarm stands": "警报仍在",
    "the alarm is over": "警报已解除",
    "{count:d} page waits to be read": "{count} 个网页待读",
    "{count:d} pages wait to be read": "{count} 个网页待读",
    "{pages:s}, {changes:s} told, {kept:s} on": "{pages}，记录 {changes}，{kept}",
    "{count:d} page that waited was read": "读了待读网页 {count} 个",
    "{count:d} pages that waited were read": "读了待读网页 {count} 个",
    "{count:d} waits": "仍待读 {count} 个",
    "{count:d} wait": "仍待读 {count} 个",
    # status, queue
    "nothing was crawled yet into {database}: fuhan crawl, or fuhan serve": (
        "{database} 中尚无抓取：请运行 fuhan crawl 或 fuhan serve"
    ),
    "overdue: is the service running?": "逾期：服务在运行吗？",
    "overdue: {count:d} crawls since {when}, all of them failed or cut off": (
        "逾期：自 {when} 起抓取 {count} 次，全部失败或中断"
    ),
    "the last crawl failed": "上次抓取失败",
    "the last crawl failed: {url}: {why:s}": "上次抓取失败：{url}: {why}",
    "the last crawl was cut off": "上次抓取中断",
    "drift: {why:s}; its versions are frozen until fuhan reparse or fuhan resume": (
        "读取异常：{why}；暂停记录新版本，直至运行 fuhan reparse 或 fuhan resume"
    ),
    "queue: not made yet: fuhan serve makes it": "队列：尚未建立，由 fuhan serve 建立",
    "queue: {waiting:s}; {running:s} running": "队列：{waiting}；{running}",
    "queue: {waiting:s}, the first since {since}; {running:s} running": (
        "队列：{waiting}，最早排入于 {since}；{running}"
    ),
    "{count:d} crawl waits": "排队 {count} 次",
    "{count:d} crawls wait": "排队 {count} 次",
    "{count:d} is": "进行中 {count} 次",
    "{count:d} are": "进行中 {count} 次",
    "no worker runs: start fuhan worker": "没有抓取进程在运行：请启动 fuhan worker",
    "worker {name}: is idle ({origin:s})": "抓取进程 {name}：空闲（{origin}）",
    "worker {name}: waits: {why:s} ({origin:s})": "抓取进程 {name}：等待：{why}（{origin}）",
    "worker {name}: crawls {sources} ({origin:s})": (
        "抓取进程 {name}：正在抓取 {sources}（{origin}）"
    ),
    "fuhan {version}, since {since}": "fuhan {version}，启动于 {since}",
    # demo
    "A disclosure directory is served at {url}": "提供公开目录：{url}",
    "First crawl: {letters:d} letters read into fields and kept with their pages ({requests:d} "
    "requests, {outcome:s})": (
        "首次抓取：读出复函 {letters} 件的各字段，连同网页一并存档（请求 {requests} 次，"
        "{outcome}）"
    ),
    "Night falls. Somebody edits the directory.": "入夜。有人改动了目录。",
    "Second crawl": "第二次抓取",
    "Third crawl": "第三次抓取",
    "{count:d} gone, to be confirmed": "{count} 件不在，待确认",
    "verify: {pages:d} pages, {entries:d} ledger entries, {damaged:d} damaged": (
        "核对：网页 {pages} 个，账本 {entries} 条，损坏 {damaged} 处"
    ),
    "The report: {file}": "报告：{file}",
}
