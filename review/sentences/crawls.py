"""Why a crawl ended otherwise than complete, and what it holds back."""

from typing import Final

CRAWLS: Final[dict[str, str]] = {
    "an edit without a second look: {why:s}": "有改动，但未能再次查看：{why}",
    "two looks in a row disagree": "连续两次查看不一致",
    "two looks in a row disagree: truncated, or without an end": (
        "连续两次查看不一致：残缺，或没有结尾"
    ),
    "without {field:s}": "没有{field}",
    "lengths out of their band": "长度超出常态",
    "{shown:d} of {served:d} letters {what:s}": "{served} 件复函中 {shown} 件{what}",
    "are far shorter or longer than the source's letters were": "比该来源原有复函短得多或长得多",
    "have no body where it was": "原处没有正文",
    "have no title where it was": "原处没有标题",
    "have an empty body": "正文为空",
    "show their template's code in their text": "正文中露出模板代码",
    "have no text, and show their template's code": "没有文字，只露出模板代码",
    "the directory lists {listed:d} letters, it listed {before:d} before": (
        "目录列出复函 {listed} 件，先前列出 {before} 件"
    ),
    "held back until confirmed": "暂缓，待确认",
    "{why:s}; held back until confirmed": "{why}；暂缓，待确认",
    "another letter stands at its address: {title}": "原网址上是另一件复函：{title}",
    "{kept:d} of {had:d} characters are left": "{had} 字只剩 {kept} 字",
    "it may be letter {id:d}; held back until the directory is read to its end": (
        "可能就是复函 {id}；暂缓，待读完目录"
    ),
    "it may be letter {id:d}, whose old page gave no answer; held back": (
        "可能就是复函 {id}，其原网页没有答复；暂缓"
    ),
    "it may be letter {id:d}, which is listed too and was not seen; held back": (
        "可能就是复函 {id}，它也在目录中而未看到；暂缓"
    ),
    "it may be letter {id:d}; held back until the directory is read": (
        "可能就是复函 {id}；暂缓，待读过目录"
    ),
    "the page of its last version is not read: {why:s}": "其最近一版的网页读不出：{why}",
    "drift: {why:s}": "读取异常：{why}",
    "held back by an alarm: {why:s}": "因警报暂缓：{why}",
    "its last version can't be read: {why:s}": "其最近一版读不出：{why}",
    "what is on record of it can't be read: {why:s}": "其记录读不出：{why}",
    "crawl of {source}: {why:s}": "抓取 {source}：{why}",
    "it was stopped": "已停止",
    "the crawl goes on": "抓取仍在进行",
    "the crawl was cut off before its end": "抓取未完即中断",
    "the database is gone": "数据库不在了",
    "{source}: the connection to the database broke": "{source}: 与数据库的连接断开",
    "{source}: the connection to the database broke, and the source's lock with it": (
        "{source}: 与数据库的连接断开，来源的锁随之失去"
    ),
    "crawl of {source} can't be started: {why:s}": "{source} 的抓取未能开始：{why}",
    "crawl of {source} was ended after {limit}": "{source} 的抓取在 {limit} 后被中止",
    "{source} is being crawled by another process": "另一进程正在抓取 {source}",
    "{source}: another process is crawling it": "{source}: 另一进程正在抓取",
    "{source}: process {process} is crawling it": "{source}: 进程 {process} 正在抓取",
    "crawl of {source} broke off: {why:s}": "{source} 的抓取中途停止：{why}",
    "crawl of {source} ended with {ending:s} and no outcome": (
        "{source} 的抓取以{ending}结束，没有结果"
    ),
    "an unknown exit code": "未知的退出码",
    "exit code {code}": "退出码 {code}",
    "a crawl's process has no pipes": "抓取进程没有管道",
    "a crawl's process said {words}": "抓取进程输出了 {words}",
    "crawl of {source} was given up: each worker that ran it was lost": (
        "{source} 的抓取已放弃：执行它的抓取进程都失联了"
    ),
    "crawl of {source} is not ordered: {why:s}": "{source} 的抓取未排入队列：{why}",
    "crawl of {source} can't be ordered: {why:s}": "{source} 的抓取无法排入队列：{why}",
    "crawl of {source} does not begin: {why:s}": "{source} 的抓取没有开始：{why}",
}
