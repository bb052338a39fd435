"""What alarms are of, and what to do about each; found by the English of it."""

from typing import Final

ALARMS: Final[dict[str, str]] = {
    "See whether fuhan serve runs, and its log.": "查看 fuhan serve 是否在运行，以及其日志。",
    (
        "Open the directory in a browser; if it opens there, check network, proxy and DNS of this "
        "machine."
    ): "用浏览器打开该目录；若能打开，请检查本机的网络、代理和 DNS。",
    "Have fewer requests made (delay, every); ask the agency, or crawl from another address.": (
        "减少请求（delay、every）；联系该单位，或换一个地址抓取。"
    ),
    (
        "Open the directory in a browser; if it has moved, find its address by fuhan probe and "
        "put it into the configuration."
    ): "用浏览器打开该目录；若已迁移，请用 fuhan probe 找到新地址并写入配置。",
    (
        "Compare a letter with its page: fuhan resume if all is right, else a newer fuhan and "
        "fuhan reparse."
    ): "将一件复函与其网页对照：无误则用 fuhan resume，否则升级 fuhan 后用 fuhan reparse。",
    "Decide on the changes that are held: accept or dismiss them.": (
        "审定待核的变更：采纳或不采纳。"
    ),
    (
        "See in a browser whether newer letters are published elsewhere; fuhan probe finds the "
        "directory."
    ): "用浏览器查看新的复函是否改在别处发布；fuhan probe 可找到目录。",
    "See the errors of the last crawls, and whether the site shows all to you.": (
        "查看最近几次抓取的错误，以及网站对您是否显示完整。"
    ),
    "Free space on the disk of the database, or move the database.": (
        "清理数据库所在磁盘，或将数据库移至别处。"
    ),
    "See that the clock is right and kept so by NTP; windows of changes may be off.": (
        "请校准时钟并用 NTP 保持；变更的时间窗可能有误。"
    ),
    "Run fuhan verify; restore the archive from a backup that is older than the damage.": (
        "运行 fuhan verify；用损坏之前的备份恢复存档。"
    ),
    "Run fuhan notify --test with the channel's name, and mend its entry.": (
        "用 fuhan notify --test 加渠道名称试发，并修正其设置。"
    ),
    "Start a fuhan worker of the same version as the service.": (
        "启动与服务版本相同的 fuhan worker。"
    ),
    "Run fuhan check and mend config.yaml; until then the one read before is in force.": (
        "运行 fuhan check 并修正 config.yaml；在此之前原配置继续有效。"
    ),
    "See that the backup folder can be written and has room.": ("请确认备份文件夹可写且有空间。"),
}
