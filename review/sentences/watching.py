"""What is watched: by the service that runs, and by people's decisions."""

from typing import Final

WATCHING: Final[dict[str, str]] = {
    "no service runs: nothing is crawled on schedule until fuhan serve": (
        "没有服务在运行：启动 fuhan serve 之前不会按计划抓取"
    ),
    "the service goes by another configuration than the file on disk": (
        "服务所用的配置与磁盘上的文件不同"
    ),
    "not planned": "未安排",
    "paused since {time}": "自 {time} 起暂停",
    "{name:w}: the configuration's source is watched, not the one added": (
        "{name}：监测的是配置文件中的来源，不是添加的那个"
    ),
    "{name:w}: is not watched: {why:s}": "{name}：未监测：{why}",
    "a source is named {name:w} already": "已有名为 {name} 的来源",
}
