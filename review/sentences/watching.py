"""What is watched: by the service that runs, and by people's decisions."""

from typing import Final

WATCHING: Final[dict[str, str]] = {
    "no service runs on this archive: nothing is crawled into it until fuhan serve": (
        "没有服务使用本存档：启动 fuhan serve 之前不会按计划抓取到本存档"
    ),
    "the service goes by another configuration than the file on disk": (
        "服务所用的配置与磁盘上的文件不同"
    ),
    "not planned": "未安排",
    "paused since {time}": "自 {time} 起暂停",
    "{name:w}: has the directory of {other}, and both are crawled: pause one": (
        "{name}: 与 {other} 是同一目录，两者都在抓取；请暂停其一"
    ),
    "{name:w}: the configuration's source is watched, not the one added": (
        "{name}：监测的是配置文件中的来源，不是添加的那个"
    ),
    "{name:w}: is not watched: {why:s}": "{name}：未监测：{why}",
    "{name:w} is a source with this directory already": "这个目录已是来源 {name}",
    "agency: the pages don't say whose they are: give one": "承办单位：网页没有写明，请给出",
    "{name:w}: is watched": "{name}：已开始监测",
    "{name:w}: is paused": "{name}：已暂停",
    "{name:w}: is paused already": "{name}：此前已暂停",
    "{name:w}: is crawled again": "{name}：已恢复抓取",
    "{name:w}: is crawled again already": "{name}：此前并未暂停",
    "from": "出处",
    "file": "配置文件",
    "added by {who}": "由 {who} 添加",
    "paused": "暂停",
    "since {time} by {who}": "自 {time} 起，由 {who} 暂停",
    "directory": "目录",
    "expected a URL after add, a name after pause and resume, else nothing": (
        "`add` 之后应为网址，`pause` 和 `resume` 之后应为名称，其他操作之后不应有参数"
    ),
    "List, add, pause and resume sources, and write them as YAML.": (
        "列出、添加、暂停和恢复来源，并写成 YAML。"
    ),
    "Those that are added are kept in the database, beside those of the configuration. A service "
    "that runs takes up within seconds what is decided. add probes the directory, asks for "
    "nothing and ends with 3 where it can't be watched.": (
        "添加的来源保存在数据库中，与配置文件中的来源并列。运行中的服务几秒内采用所作的决定。`add`"
        " 会先检查目录，不提问；不能监测时退出码为 3。"
    ),
    "list, add URL, pause NAME, resume NAME or export.": (
        "`list`（列出）、`add URL`（添加）、`pause NAME`（暂停）、`resume NAME`（恢复）"
        "或 `export`（导出）。"
    ),
    "What is added, paused or resumed.": "要添加、暂停或恢复的来源。",
    "Of the source that is added.": "所添加来源的名称。",
    "Instead of the one that its pages name.": "代替网页上写明的承办单位。",
    "Instead of the one that its letters have.": "代替其复函的类别。",
    "source {name:w} is not watched": "未监测来源 {name}",
    "expected a URL of at most {most:d} characters": "网址应不超过 {most} 个字符",
    "expected at most {most:d} characters": "应不超过 {most} 个字符",
    "no probe is there any more: check the address again": "检查结果已不在，请重新检查网址",
    "another address was checked since: check this one again": (
        "此后检查了另一个网址，请重新检查这一个"
    ),
    "no service is there to decide by": "没有可据以决定的服务",
    "act: one of probe, add, pause, resume, crawl is expected": (
        "操作：应为 `probe`、`add`、`pause`、`resume`、`crawl` 之一"
    ),
    "other probes go on: try again in a minute": "正在进行其他检查，请一分钟后再试",
    "it took too long and was ended": "用时过长，已终止",
    "its process ended without a result": "检查进程结束而没有结果",
    "refused: its address is private or reserved, not of the public network": (
        "已拒绝：其地址是内部或保留地址，不属于公用网络"
    ),
    "a source is named {name:w} already": "已有名为 {name} 的来源",
}
