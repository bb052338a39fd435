"""What a new config.yaml says of each key."""

from typing import Final

CONFIGURATION_NOTES: Final[dict[str, str]] = {
    "What fuhan watches, and how. A line that begins with # and a key shows its default.": (
        "fuhan 监看什么，如何监看。以 # 和键名开头的行写着该键的默认值。"
    ),
    "To change one, take away the # before it, and the one before the name of its section.": (
        "要改时，去掉该行开头的 #，并去掉所在一节名称前的 #。"
    ),
    "Durations are written 30s, 10m, 6h, 2d; sizes 512KiB, 8MiB; paths begin at this file.": (
        "时长写作 `30s`、`10m`、`6h`、`2d`，大小写作 `512KiB`、`8MiB`。路径从本文件所在之处算起。"
    ),
    "FUHAN_REVIEW__PORT=8322 in the environment goes before review.port here, and so on.": (
        "环境变量 `FUHAN_REVIEW__PORT=8322` 优先于此处的 review.port，其余类推。"
    ),
    "`fuhan check` reads it. A running `fuhan serve` reads it again when it changes.": (
        "`fuhan check` 检查本文件。本文件一有改动，运行中的 `fuhan serve` 就重新读取。"
    ),
    "Where all is kept: in a file, or in postgresql+psycopg://user@host/name": (
        "一切存于何处：一个文件，或 `postgresql+psycopg://user@host/name`"
    ),
    "The time zone of schedules, and of dates that people are shown": (
        "抓取计划和所显示日期的时区"
    ),
    "What is watched: directories of reply letters. `fuhan probe URL` prints an entry": (
        "监看哪些复函目录。`fuhan probe URL` 会写出一项"
    ),
    "what commands and reports call it: a-z, 0-9 and -": (
        "命令和报告中的名称：小写字母、数字和 -"
    ),
    "whose letters these are": "复函由谁作出",
    "proposal, or suggestion": "`proposal` 提案，或 `suggestion` 建议",
    "the first page of the directory": "目录的第一页",
    "recognised from its pages; browser: has its list rendered in Chromium": (
        "从网页自动识别；`browser`：由 Chromium 渲染列表"
    ),
    "when it is crawled: every so long, or by a cron line": (
        "何时抓取：每隔多久，或依一行 cron 表达式"
    ),
    "null where there is a cron line": "有 cron 表达式时写 null",
    'such as "23 */6 * * *"': '例如 "23 */6 * * *"',
    "a crawl begins up to so much later, by chance": "每次抓取随机推迟至多这么久",
    "besides: visits to all letters on record": "此外：查看所存的全部复函",
    "that often at least": "至少每隔这么久一次",
    "letters on record that a crawl visits again at most; null: all": (
        "每次抓取最多重看多少件所存复函；null：全部"
    ),
    "How politely pages are requested. Each key may also stand in a source": (
        "请求网页时的礼节。各键也可写在某一来源中"
    ),
    "between two requests to a host": "对同一主机两次请求之间的间隔",
    "requests to a host at the same time": "对同一主机同时进行的请求数",
    "how long an answer may take": "等候回应的时间",
    "further tries where none comes": "没有回应时再试几次",
    "the largest page that is read": "所读网页的最大尺寸",
    "put your own address there, so that a site can write to you": (
        "请写上你的联系地址，以便网站与你联系"
    ),
    "whether robots.txt is obeyed": "是否遵守 robots.txt",
    "sent with each request; may hold secrets": "随每次请求发送；可能含有密钥",
    "an address, or null: as the environment says": "代理地址；null：依环境变量",
    "a PEM file of certificates that are trusted besides the system's": (
        "系统证书之外另行信任的 PEM 证书文件"
    ),
    "legacy: also for servers that speak nothing newer": (
        "`legacy`：也连接只支持旧版 TLS 的服务器"
    ),
    "the largest attachment that is read": "所读附件的最大尺寸",
    "Where a greater share of a source changes in one crawl, a person decides first": (
        "一次抓取中某来源的改动超过这一比例时，先由人决定"
    ),
    "So many crawls must agree before a letter is called withdrawn": (
        "多少次抓取一致，才认定复函已撤下"
    ),
    "The weight of new letters: substantive, minor or cosmetic": (
        "新复函的轻重：`substantive` 实质、`minor` 细微、`cosmetic` 排版"
    ),
    "The pages of the service: where they are, and who may read and decide": (
        "服务的网页：在何处，谁可以阅读和审核"
    ),
    "any other than loopback needs a token, or people": (
        "若不是本机回环地址，须有 `token` 或 `people`"
    ),
    "the port of its pages": "网页的端口",
    "the path under which a proxy serves it": "代理把它放在哪一路径下",
    "a long random text, one for all who read; or FUHAN_REVIEW__TOKEN": (
        "一段很长的随机文字，所有读者共用；也可用 FUHAN_REVIEW__TOKEN"
    ),
    "or one for each: names, each with a token; decisions bear the name": (
        "或每人一个：姓名及其令牌；审核结论署此姓名"
    ),
    "or the header in which a proxy names the person": "或由代理写明姓名的请求头",
    "further names under which it is reached, as a proxy passes them on": (
        "访问它时所用的其他主机名，由代理转来"
    ),
    "addresses of other sites whose pages may read the API": "哪些其他网站的网页可以读取 API",
    "where people reach it, for links in alerts": "人们访问它的地址，用于通知中的链接",
    "Who is alerted of changes; nobody unless entries stand here. They hold secrets": (
        "有变更时通知谁；不写则不通知任何人。其中含有密钥"
    ),
    "an address as Apprise has it: https://appriseit.com/services/": (
        "Apprise 格式的地址：`https://appriseit.com/services/`"
    ),
    "what commands call it; null: as its address begins": ("命令中的名称；null：取其地址开头一段"),
    "of this weight at least: substantive, minor or cosmetic": (
        "至少这么重：`substantive` 实质、`minor` 细微、`cosmetic` 排版"
    ),
    "of these kinds of changes alone, such as [edited, withdrawn]": (
        "只通知这几类变更，例如 `[edited, withdrawn]`"
    ),
    "of edits in these categories alone, such as [figure, date]": (
        "只通知这几种内容的修改，例如 `[figure, date]`"
    ),
    "of these sources alone": "只通知这几个来源",
    "with one of these words alone": "只通知含有其中某一词语的",
    "collected for so long; 0s: at once": "汇集这么久再发；`0s`：立即",
    'when none may come, such as "22:00-07:00"': '何时不发，例如 "22:00-07:00"',
    "zh or en": "`zh` 中文，或 `en` 英文",
    "An address that is requested after crawls while all is well: a dead man's switch": (
        "一切正常时，每次抓取后请求的地址：久未收到即知服务有恙"
    ),
    "A PostgreSQL address: crawls then run in `fuhan worker` processes": (
        "PostgreSQL 地址：抓取由 `fuhan worker` 执行"
    ),
    "Backups that the service makes by itself; keep them on another disk": (
        "服务自行制作的备份；请存于另一磁盘"
    ),
    "such as 1d; null: none": "例如 `1d`；null：不备份",
    "it is made where it is missing": "不存在时自动建立",
    "so many; older ones are removed": "保留这么多份，更旧的删除",
}
