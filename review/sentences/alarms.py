"""What alarms are of, and what to do about each; found by the English of it."""

from typing import Final

ALARMS: Final[dict[str, str]] = {
    "{kind:s} since {when}: {reason:s}": "{kind}，自 {when} 起：{reason}",
    "{kind:s} ({channel}) since {when}: {reason:s}": "{kind}（{channel}），自 {when} 起：{reason}",
    "{alarm:s} (as of {when})": "{alarm}（截至 {when}）",
    "{kind:s}, what to do: {advice:s}": "{kind}，怎么办：{advice}",
    "failed: {why:s}": "失败：{why}",
    "overdue": "逾期",
    "unreachable": "无法访问",
    "blocked": "被拒绝访问",
    "directory unreadable": "目录无法读取",
    "drift": "读取存疑",
    "changes held": "变更待核",
    "nothing new": "久无新件",
    "fewer letters read": "读到的复函偏少",
    "disk nearly full": "磁盘将满",
    "clock jumped": "时钟跳变",
    "ledger broken": "账本受损",
    "alerts not leaving": "提醒发不出",
    "no worker": "没有抓取进程",
    "configuration refused": "配置未被接受",
    "backup failed": "备份失败",
    "{count:d} change is held: a large share of the source changed at once": (
        "{count} 条变更待核：该来源大量复函同时变更"
    ),
    "{count:d} changes are held: a large share of the source changed at once": (
        "{count} 条变更待核：该来源大量复函同时变更"
    ),
    "no crawl begins: is the service running?": "没有开始抓取：服务是否在运行？",
    "all crawls failed or were cut off": "历次抓取均失败或中断",
    "nothing new for longer than ever before": "无新复函的时间超过以往任何一次",
    "most pages that were asked for could not be read": "所请求的网页大多未能读取",
    "most pages that were asked for could not be read: {why:s}": (
        "所请求的网页大多未能读取：{why}"
    ),
    "the directory listed {most:d} letters, {usual:d} are usual": (
        "目录列出 {most} 件复函，通常为 {usual} 件"
    ),
    "less than {free:d} MiB are free where the database is": ("数据库所在磁盘剩余不足 {free} MiB"),
    "the clock went forward by {seconds:d} s at once": "时钟一次拨快 {seconds} 秒",
    "the clock went back by {seconds:d} s at once": "时钟一次拨慢 {seconds} 秒",
    "a crawl is on record that began at a later time than it is now": (
        "有一次抓取记录的开始时间晚于现在"
    ),
    "alerts wait, and nobody sends them": "提醒在等待，却无人发送",
    "no worker takes crawls from the queue": "没有抓取进程从队列中取任务",
    "See whether fuhan serve runs, and its log": "查看 fuhan serve 是否在运行，以及其日志",
    (
        "Open the directory in a browser; if it opens there, check network, proxy and DNS of this "
        "machine"
    ): "用浏览器打开该目录；若能打开，请检查本机的网络、代理和 DNS",
    "Have fewer requests made (delay, every); ask the agency: a block is never evaded": (
        "减少请求（delay、every）；联系该单位：不绕过封禁"
    ),
    (
        "Open the directory in a browser; if it has moved, find its address by fuhan probe and "
        "put it into the configuration"
    ): "用浏览器打开该目录；若已迁移，请用 fuhan probe 找到新地址并写入配置",
    (
        "Compare a letter with its page: fuhan resume if all is right, else a newer fuhan and "
        "fuhan reparse"
    ): "将一件复函与其网页对照：无误则用 fuhan resume，否则升级 fuhan 后用 fuhan reparse",
    "Decide on the changes that are held: accept or dismiss them": (
        "审定待核的变更：采纳或不采纳"
    ),
    (
        "See in a browser whether newer letters are published elsewhere; fuhan probe finds the "
        "directory"
    ): "用浏览器查看新的复函是否改在别处发布；fuhan probe 可找到目录",
    "See the errors of the last crawls, and whether the site shows all to you": (
        "查看最近几次抓取的错误，以及网站对您是否显示完整"
    ),
    "Free space on the disk of the database, or move the database": (
        "清理数据库所在磁盘，或将数据库移至别处"
    ),
    "See that the clock is right and kept so by NTP; windows of changes are wider meanwhile": (
        "请校准时钟并用 NTP 保持；其间变更的时间窗会较宽"
    ),
    "Run fuhan verify; restore the archive from a backup that is older than the damage": (
        "运行 fuhan verify；用损坏之前的备份恢复存档"
    ),
    "Run fuhan notify --test with the channel's name, and mend its entry": (
        "用 fuhan notify --test 加渠道名称试发，并修正其设置"
    ),
    "Start a fuhan worker of the same version as the service": (
        "启动与服务版本相同的 fuhan worker"
    ),
    "Run fuhan check and mend config.yaml; until then the one read before is in force": (
        "运行 fuhan check 并修正 config.yaml；在此之前原配置继续有效"
    ),
    "See that the backup folder can be written and has room": ("请确认备份文件夹可写且有空间"),
}
