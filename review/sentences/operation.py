"""How the service, its queue and its workers are."""

from typing import Final

OPERATION: Final[dict[str, str]] = {
    "ok": "正常",
    "the service is not well: {why:s}": "服务不正常：{why}",
    "the schedule does not run": "计划没有运行",
    "the database can't be read: {why:s}": "数据库读不出：{why}",
    "the database can't be written: {why:s}": "数据库不能写入：{why}",
    "no right to write into its folder": "无权写入其文件夹",
    "no right to write its {file}": "无权写入其 {file}",
    "the server is a standby, in recovery": "服务器是备用服务器，处于恢复状态",
    "its transactions are read-only": "其事务为只读",
    "role {role} may make no tables in it": "用户 {role} 无权在其中建表",
    "role {role} may not insert into {table}": "用户 {role} 无权写入表 {table}",
    "the database's schema became {now}, not {own}: restart the service": (
        "数据库的结构变为 {now}，不是 {own}：请重启服务"
    ),
    "the database file is another one": "数据库文件换成了另一个",
    "the database file is gone": "数据库文件不在了",
    "the queue: {why:s}": "队列：{why}",
    "another fuhan serve fills the queue": "另一个 fuhan serve 在使用该队列",
    "is watched no more: restart the service": "不再受到监视：请重新启动服务",
    "another fuhan serve watches this archive": "另一个 fuhan serve 在监看此存档",
    "the lock of the service can't be taken: {why:s}": "无法取得服务的锁：{why}",
    "another fuhan serve fills it": "另一个 fuhan serve 在使用它",
    "no fuhan serve has made the queue yet": "还没有 fuhan serve 建立该队列",
    "the service is fuhan {other}, this worker is fuhan {own}": (
        "服务为 fuhan {other}，本抓取进程为 fuhan {own}"
    ),
    "the queue is of another release of fuhan than this worker": (
        "队列与本抓取进程的 fuhan 版本不同"
    ),
    "the service has another version of Procrastinate than this worker": (
        "服务与本抓取进程的 Procrastinate 版本不同"
    ),
    "the service's archive is another database than this worker's": (
        "服务的存档与本抓取进程的不是同一个数据库"
    ),
    "the service's archive has schema {other}, this worker knows {own}": (
        "服务的存档结构为 {other}，本抓取进程所知为 {own}"
    ),
    "the archive has schema {other}, this worker knows {own}": (
        "存档结构为 {other}，本抓取进程所知为 {own}"
    ),
    "{queue:s}: can't be used: {why}": "{queue}: 不能使用：{why}",
    "{queue:s}: was made by a newer fuhan ({version})": "{queue}: 由较新的 fuhan（{version}）建立",
    "backup: was ended after {time}": "备份超过 {time}，已中止",
    "backup: can't be started: {why:s}": "备份无法开始：{why}",
    "backup: its process ended and said nothing": "备份进程结束而没有结果",
    "damage was found: {place}": "发现损坏：{place}",
    "damage was found: {place} and {more:d} more": ("发现损坏：{place}，另有 {more} 处"),
    "the configuration was not read again: the one before stays in force": (
        "没有重新读取配置：原配置继续有效"
    ),
}
