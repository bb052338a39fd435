"""What is wrong with an archive, or keeps it from being opened."""

from typing import Final

ARCHIVES: Final[dict[str, str]] = {
    "can't be read: {why:s} (fuhan verify names all)": "读不出：{why}（fuhan verify 全部列出）",
    "what was decided on sources is damaged: {why}": "对来源所作的决定已损坏：{why}",
    "{database:s}: was written while it was read: try again": "{database}: 读取期间被写入；请再试",
    "{database:s}: another fuhan began a copy in it: delete that": (
        "{database}: 另一版 fuhan 在其中开始过复制；请先删去"
    ),
    "{database:s}: holds an archive already": "{database}: 已有存档",
    "{database:s}: cannot be opened: {why:s}": "{database}: 打不开：{why}",
    "{database:s}: can't be read: {why:s}": "{database}: 读不出：{why}",
    "synchronous: expected normal or full": "synchronous：应为 normal 或 full",
    "{database:s}: must be of encoding UTF8, not {encoding}": (
        "{database}: 编码须为 UTF8，而不是 {encoding}"
    ),
    "{database:s}: is not fuhan's: it holds {tables}": (
        "{database}: 不是 fuhan 的数据库，其中有 {tables}"
    ),
    "a copy that `fuhan migrate` did not finish: run it again": (
        "是 `fuhan migrate` 未完成的副本：请再次运行"
    ),
    "{database:s}: made by a newer fuhan (schema {schema})": (
        "{database}: 由较新的 fuhan 建立（结构 {schema}）"
    ),
    "{database:s}: its schema {old} is older than {new}, and can't be upgraded where nothing can "
    "be written": "{database}: 其结构 {old} 旧于 {new}，而此处不能写入，无法升级",
    "a transaction in it was cut off: it must be writable": "其中有事务中断：须可写入",
    "the -wal beside it may be of another database": "旁边的 -wal 可能属于另一个数据库",
    "it may have been copied without its -wal": "复制时可能漏了它的 -wal",
    "its {end} belongs to somebody else": "它的 {end} 属于别的用户",
    "unable to open database file": "打不开数据库文件",
    "file is not a database": "文件不是数据库",
    "database is locked": "数据库被占用",
    "attempt to write a readonly database": "数据库只读，不能写入",
    "database disk image is malformed": "数据库文件已损坏",
    "disk I/O error": "磁盘读写错误",
    "database or disk is full": "磁盘已满",
    # Of PostgreSQL's client.
    "connection failed: connection to server at {host}, port {port} failed: {why:s}": (
        "连不上服务器 {host} 的端口 {port}：{why}"
    ),
    "FATAL: password authentication failed for user {user}": "用户 {user} 的密码不对",
    "FATAL: database {name} does not exist": "没有数据库 {name}",
    "FATAL: role {user} does not exist": "没有用户 {user}",
    "fe_sendauth: no password supplied": "没有给出密码",
    "Connection refused": "连接被拒",
    "connection timeout expired": "连接超时",
    "failed to resolve host {host}: {why:s}": "查不到主机 {host}：{why}",
    "[Errno -2] Name or service not known": "没有这个名称",
    "[Errno -3] Temporary failure in name resolution": "域名解析暂时失败",
    "permission denied for schema {name}": "无权使用模式 {name}",
    "server does not support SSL, but SSL was required": "服务器不支持 SSL，而连接要求 SSL",
    "backup copies an SQLite archive; for PostgreSQL use pg_dump": (
        "backup 只复制 SQLite 存档；PostgreSQL 请用 pg_dump"
    ),
    "backup {file}: the file stands already": "备份 {file}：文件已存在",
    "the copy is not right: {why:s}": "副本不对：{why}",
    "it holds something else than the archive": "内容与存档不同",
    "restore {file}: {why:s}": "restore {file}: {why}",
    "it holds no archive": "其中没有存档",
    "{file}: is in use: stop the service, crawls and commands that have it": (
        "{file}: 正在使用：请先停止使用它的服务、抓取和命令"
    ),
    "restore puts a file in an SQLite archive's place; for PostgreSQL use pg_restore": (
        "restore 把文件放到 SQLite 存档的位置；PostgreSQL 请用 pg_restore"
    ),
    "{file}: is the archive itself": "{file}: 就是存档本身",
    "restored: {counts:s}": "已恢复：{counts}",
    "kept what was there: {file}": "原有存档保存在：{file}",
    "backup {file}: {why:s}": "备份 {file}：{why}",
    "{table}: can't be copied: {why}": "{table}: 复制不了：{why}",
    # What verify names: a place, and what is wrong with it.
    "database": "数据库",
    "database {url:w}": "数据库 {url}",
    "queue {url:w}": "队列 {url}",
    "evidence {sha256:w}": "凭据 {sha256}",
    "version {id:d}": "版本 {id}",
    "letter {id:d}": "复函 {id}",
    "change {id:d}": "变更 {id}",
    "address {id:d}": "网址 {id}",
    "dictionary {name:w}": "压缩字典 {name}",
    "count of edits of letter {id:d}": "复函 {id} 的改动计数",
    "count of {table:w} {place:w}": "{table} 的计数 {place}",
    "ledger of {source}, entry {number:d}": "{source} 的账本第 {number} 条",
    "unread page {key:w}": "待读网页 {key}",
    "watch decision {key:w}": "监测决定 {key}",
    "files of letter {key:w}": "复函 {key} 的附件",
    "text of file {key:w}": "附件文字 {key}",
    "further page {key:w}": "后续页 {key}",
    "held change {key:w}": "待核变更 {key}",
    "baseline change {key:w}": "首次抓取变更 {key}",
    "decision on change {key:w}": "变更 {key} 的审核结论",
    "visits of address {key:w}": "网址 {key} 的查看",
    "snapshot {key:w}": "网页快照 {key}",
    "crawl {key:w}": "抓取 {key}",
    "file {key:w}": "附件 {key}",
    "alarm {key:w}": "警报 {key}",
    "import {key:w}": "导入 {key}",
    "review {key:w}": "审核 {key}",
    "search index": "检索索引",
    "its copy {copy} is lost or damaged; fuhan compact writes it anew": (
        "其副本 {copy} 丢失或损坏；fuhan compact 会重写"
    ),
    "it is {how:s}: {pages:d} pages and {letters:d} letters, and what differs from them": (
        "{how}：涉及网页 {pages} 个、复函 {letters} 件，以及以其为底本者"
    ),
    "lost": "丢失",
    "damaged": "损坏",
    "it is not how many there are": "与实际数目不符",
    "entry {number:d} is missing before it": "此前缺第 {number} 条",
    "its facts or its hash were altered": "其事实或摘要被改动",
    "its facts cannot be read: {why}": "其事实读不出：{why}",
    "it cannot be read: {why:s}": "读不出：{why}",
    "version {number:d}, its newest, is not there": "其最新的第 {number} 版不在",
    "its {name} is not what its versions say": "其 {name} 与各版本不符",
    "nothing that happened to it makes it {status:s}": "其经历不足以使其状态为 {status}",
    "it was not last seen when it says": "最近看到的时间不符",
    "its page was not last served when it says": "网页最近给出的时间不符",
    "it was not listed under its date": "目录日期不符",
    "its page was not found gone when it says, or as often": "网页失效的时间或次数与访问不符",
    "it does not lead to its letter": "不通向其复函",
    "it is not what the directory listed": "与目录所列不符",
    "the file {url}": "附件 {url}",
    "a directory of {source}": "{source} 的目录",
    "the requests for a directory of {source}": "对 {source} 目录的请求",
    "an answer that listed a directory of {source}": "列出 {source} 目录的答复",
    "the page {url}": "网页 {url}",
    "a further page of {url}": "{url} 的后续页",
    "it is lost": "已丢失",
    "it is lost: {what:s}": "已丢失：{what}",
    "the ledger knows nothing of it": "账本中没有",
    "it was altered": "被改动",
    "what searches go through is not what it says": "检索所用文字与其不符",
    "it is not that of the letters": "与复函不符",
    "its {column} cannot be read: {why}": "其 {column} 读不出：{why}",
    "a row cannot be read: {why}": "有一行读不出：{why}",
    "the page it was read from is lost": "所读的网页已丢失",
    "its words are not those of its digest": "文字与摘要不符",
    "its URL is not that of its page": "网址与其网页不符",
    "its page says something else": "网页所载不同",
    "its file {name} holds other bytes than it says": "其附件 {name} 的字节与所记不符",
    "its dictionary {name} is damaged": "其压缩字典 {name} 已损坏",
    "its dictionary {name} is lost": "其压缩字典 {name} 已丢失",
    "it is no JSON object": "不是 JSON 对象",
    "evidence {sha256} is missing": "缺凭据 {sha256}",
    "evidence {sha256} is not packed as it was": "凭据 {sha256} 的压缩与原来不同",
    "evidence {sha256} is packed with another size than {size:d}": (
        "凭据 {sha256} 压缩时的大小不是 {size}"
    ),
    "evidence {sha256} cannot be unpacked: {why:s}": "凭据 {sha256} 解压不了：{why}",
    "evidence {sha256} holds other bytes than its digest says": "凭据 {sha256} 的字节与摘要不符",
    "it leads to no page that is whole": "不通向任何完整的网页",
    "it leads to no version that is whole": "不通向任何完整的版本",
    "it is damaged: {why}": "已损坏：{why}",
    "version {id:d}, from which it differs, is lost": "作底本的版本 {id} 已丢失",
    "version {id:d}, from which it differs: {why:s}": "作底本的版本 {id}：{why}",
    "what it is packed with can't be read": "压缩所用的字典读不出",
    "{why:s}: the copy is not what was copied: run this again": (
        "{why}：副本与原件不符；请再次运行"
    ),
}
