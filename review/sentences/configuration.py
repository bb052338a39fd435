"""What is refused in a configuration, a variable or an argument."""

from typing import Final

CONFIGURATION: Final[dict[str, str]] = {
    "give --config PATH, set FUHAN_CONFIG or write ./config.yaml": (
        "请给出 --config PATH、设置 FUHAN_CONFIG，或写好 ./config.yaml"
    ),
    "no such file": "没有这个文件",
    "expected a file, found a folder": "应为文件，实为文件夹",
    "expected at least 1m (a bare number is seconds)": "应至少 1m（只写数字时以秒计）",
    "backup.folder: {problem:s}": "backup.folder: {problem}",
    "expected a folder, found {file}, which is a file or in one": (
        "应为文件夹，实为 {file}，它是文件或在文件之下"
    ),
    "expected a folder that can be written, found {file}: {why:s}": (
        "应为可写入的文件夹，实为 {file}：{why}"
    ),
    "expected null, as backups are copies of a database in a file: for PostgreSQL have pg_dump "
    "run": "应为 null，因为备份是复制文件中的数据库；PostgreSQL 请用 pg_dump",
    "{file}: can't be read: {why:s}": "{file}: 无法读取：{why}",
    "the configuration's path": "配置文件的路径",
    "the file": "整个文件",
    "expected UTF-8": "应为 UTF-8",
    "expected keys such as sources:, found something else": "应有 sources: 等键，实为别的内容",
    "expected text": "应为文本",
    "expected a whole number": "应为整数",
    "expected a number": "应为数",
    "expected true or false": "应为 true 或 false",
    "expected a list": "应为列表",
    "expected a section of keys": "应为若干键组成的一节",
    "expected '{choices}": "应为 '{choices}",
    "expected '{choices}' or '{last}'": "应为 '{choices}' 或 '{last}'",
    "expected YAML": "应为 YAML，此处不合语法",
    "expected YAML: a value": "应为 YAML：此处缺少值",
    "expected YAML: a comma, or the end of a bracket": "应为 YAML：缺逗号，或括号没有结束",
    "expected YAML: other indentation, or the end of a bracket": "应为 YAML：缩进或括号不合",
    "expected YAML: the end of a quotation": "应为 YAML：引号没有结束",
    "expected YAML: the end of a key with a colon": "应为 YAML：键后缺冒号",
    "expected YAML: no second colon in a line, or quotes around it": (
        "应为 YAML：一行中只能有一个冒号，否则应加引号"
    ),
    "expected YAML: no tab or sign with which no text begins, or quotes around it": (
        "应为 YAML：不能以制表符或此符号开头，否则应加引号"
    ),
    "expected YAML: another escape in a quotation": "应为 YAML：引号内没有这个转义字符",
    "expected YAML: a single document": "应为 YAML：只应有一个文档",
    "expected text that begins with * in quotes, found a name that is not defined": (
        "以 * 开头的文本应加引号，否则是未定义的名称"
    ),
    "expected text that begins with ! in quotes, found a tag": (
        "以 ! 开头的文本应加引号，否则是标签"
    ),
    "expected text without control characters": "应为不含控制字符的文本",
    "{place}: database: {problem:s}": "{place}: database: {problem}",
    "{place}: review: {problem:s}": "{place}: review: {problem}",
    "a proxy of another kind": "别的代理",
    "what is no URL": "不是网址的内容",
    "stdin: expected UTF-8": "标准输入应为 UTF-8",
    "{file}: expected no archive, or one of an earlier demo": (
        "{file}: 应没有存档，或只有以前演示的存档"
    ),
    "expected more than {bound:d}": "应大于 {bound}",
    "expected at least {bound:d}": "应不小于 {bound}",
    "expected less than {bound:d}": "应小于 {bound}",
    "expected at most {bound:d}": "应不大于 {bound}",
    "missing, and required": "缺少，且为必填",
    "{mistake:s}, and {more:d} more (fuhan check names all)": (
        "{mistake}；另有 {more} 处（fuhan check 全部列出）"
    ),
    "a section of keys": "若干键组成的一节",
    "a list": "列表",
    "unknown key; did you mean {near}?": "没有这个键；是不是 {near}？",
    "unknown key; expected one of {keys}": "没有这个键；应为其中之一：{keys}",
    "expected one of {names}": "应为其中之一：{names}",
    "expected one of {names}, found {found}": "应为其中之一：{names}，实为 {found}",
    "no key {key} in the configuration": "配置中没有键 {key}",
    "expected text that is not empty": "应为非空的文本",
    "expected a duration above 0": "时长应大于 0",
    "expected a name of a-z, 0-9 and -": "名称应只用 a-z、0-9 和 -",
    "expected printable ASCII, as it is sent in a header": "要在请求头中发送，应为可打印的 ASCII",
    "expected a section of headers, each a name and its value": (
        "应为若干请求头组成的一节，每个一名一值"
    ),
    "expected the name of a header": "应为请求头的名称",
    "expected a header that is not fuhan's own to set": "这个请求头由 fuhan 自己设置，不能另设",
    "expected each header once": "每个请求头只应出现一次",
    "expected a text of printable ASCII": "应为可打印的 ASCII 文本",
    "expected the name of a header such as X-Forwarded-User": (
        "应为请求头的名称，如 X-Forwarded-User"
    ),
    "expected a section of names, each with a token": "应为若干姓名组成的一节，每个带一个口令",
    "expected a name of at most 100 characters": "姓名应不超过 100 字",
    "expected a token that is a text and not empty": "口令应为非空的文本",
    "expected a token of its own, found another person's": "口令应各不相同，这是别人的口令",
    "expected a file of certificates in PEM form": "应为 PEM 格式的证书文件",
    "expected a time zone such as Asia/Shanghai": "应为时区，如 Asia/Shanghai",
    "expected an http or https URL": "应为 http 或 https 网址",
    "expected a URL without a user name in it": "网址中不应有用户名",
    "expected an origin such as https://example.org": "应为来源站点，如 https://example.org",
    "expected the extra fuhan[browser] to be installed for it": "须先安装 fuhan[browser]",
    "expected the extra fuhan[postgres] to be installed for it": "须先安装 fuhan[postgres]",
    "expected a path such as / or /fuhan": "应为路径，如 / 或 /fuhan",
    "expected either every or cron, found both": "every 与 cron 只能用一个，却都有",
    "expected a loopback address, as {why:s}": "应为本机回环地址，因为{why}",
    "there is no review.token": "没有设置 review.token",
    "anybody who reaches another one can send review.trusted_header": (
        "能连到别的地址的人都可以自行发送 review.trusted_header"
    ),
    "expected an address of this machine, found {found}: {why:s}": (
        "应为本机的地址，实为 {found}：{why}"
    ),
    "no name of a host": "不是主机名",
    "expected null, as workers can't reach a database in a file: set database to a PostgreSQL "
    "URL too": (
        "应为 null，因为抓取进程连不上文件中的数据库：请把 database 也设为 PostgreSQL 的 URL"
    ),
    "expected at least one source": "应至少有一个来源",
    "expected a name of its own, found {found} twice": "名称应各不相同，{found} 出现了两次",
    "expected [], as this version sends no notifications yet": "应为 []：本版尚不发送通知",
    "expected a duration such as 30s, 10m, 6h or 2d": "应为时长，如 30s、10m、6h 或 2d",
    "expected a duration of at most ten years": "时长应不超过十年",
    "expected at most as long as every": "应不长于 every",
    "expected a size such as 512KiB or 8MiB": "应为大小，如 512KiB 或 8MiB",
    "expected YAML that is not nested so deeply": "YAML 嵌套过深",
    "expected text, found half a character in it": "应为文本，其中有半个字符",
    "expected a key, found more than a word": "应为键，却不止一个词",
    "expected each key once, found {name} again": "每个键只应出现一次，{name} 又出现了",
    "expected << to name a section of keys, or a list of them": "<< 应指向一节键，或若干节的列表",
    "expected a plain value, found the tag {tag}": "应为普通的值，实为标签 {tag}",
    "expected YAML: {why}": "应为 YAML：{why}",
    "expected sqlite:///FILE or postgresql+psycopg://user@host/name": (
        "应为 sqlite:///FILE 或 postgresql+psycopg://user@host/name"
    ),
    "another text": "别的文本",
    "database {database}: expected one that can be written: {why:s}": (
        "数据库 {database}：应为可写的数据库：{why}"
    ),
    "expected no key in it but {keys}, found {key}": "其中只可有键 {keys}，实为 {key}",
    "expected synchronous to be normal or full": "synchronous 应为 normal 或 full",
    "expected postgresql+psycopg://user@host/name": "应为 postgresql+psycopg://user@host/name",
    "expected a file in a folder that can be written: {why:s}": "应为可写文件夹中的文件：{why}",
    "expected http://, https:// or socks5:// and a host": (
        "应为 http://、https:// 或 socks5:// 加主机名"
    ),
    "expected http://, https:// or socks5:// and a host, found what is no URL": (
        "应为 http://、https:// 或 socks5:// 加主机名，这不是网址"
    ),
    "expected http://, https:// or socks5:// and a host, found a proxy of another kind": (
        "应为 http://、https:// 或 socks5:// 加主机名，这是别种代理"
    ),
    "expected a cron line that comes true within fifty years": "cron 行应在五十年内有一次成立",
    'expected a cron line of five fields such as "23 */6 * * *"': (
        '应为五段的 cron 行，如 "23 */6 * * *"'
    ),
    "expected a day that comes, not day {day} of month {month}": (
        "应为会到来的日子，{month} 月没有 {day} 日"
    ),
    "expected a cron field where it says {part}": "{part} 处应为 cron 的一段",
    "expected a number where it says {part}": "{part} 处应为数",
    "expected {low:d} to {high:d} in ascending order where it says {part}": (
        "{part} 处应为 {low} 至 {high}，由小到大"
    ),
    "expected an ISO time, a date or an age such as 7d": "应为 ISO 时间、日期，或距今多久，如 7d",
    "--where: expected {terms}, found {written}": "--where：应为 {terms}，实为 {written}",
    "expected ids of changes, or --where": "应给出变更的编号，或 --where",
    "expected the id of a change": "应为变更的编号",
    "expected a file that does not end in .txt": "文件名不应以 .txt 结尾",
    "expected a file ending in .html, .md or .json": "文件名应以 .html、.md 或 .json 结尾",
    "expected a folder that is empty, or none": "应为空文件夹，或尚不存在",
    "--state: nobody decides on pages; expected another --format": (
        "--state：网页没有审核结论；应换一种 --format"
    ),
    "--since: expected a time before --until": "--since：应早于 --until",
    "--url: only a site has one; expected --format site": (
        "--url：只有公开网站才有网址；应为 --format site"
    ),
    "--url: expected the address of a folder in ASCII": "--url：应为 ASCII 的文件夹网址",
    "--format parquet: {module} is not installed: pip install 'fuhan[parquet]'": (
        "--format parquet：没有安装 {module}：pip install 'fuhan[parquet]'"
    ),
    "search: expected at most {most:d} words, found {count:d}": (
        "search：最多 {most} 个词，实为 {count} 个"
    ),
    "--search: expected at most {most:d} words, found {count:d}": (
        "--search：最多 {most} 个词，实为 {count} 个"
    ),
    "queue: expected the URL of a PostgreSQL database": "queue：应为 PostgreSQL 数据库的 URL",
    "queue: expected the extra fuhan[queue] to be installed for it": (
        "queue：须先安装 fuhan[queue]"
    ),
    "source {name} is not known": "没有来源 {name}",
    "source {name} is not known; known: {names}": "没有来源 {name}；现有：{names}",
    "no capture is of a source's site; known: {names}": (
        "没有属于任何来源的网页；现有来源：{names}"
    ),
    "{url}: no source has this URL; those on its host: {names:s}": (
        "{url}: 没有来源含此网址；同一主机的来源：{names}"
    ),
    "{url}: is of source {name}, which was not asked for": "{url}: 属于来源 {name}，而它未被指定",
    "{source}: no alarm stands": "{source}: 没有警报",
    "{key}: can't listen on {place}: {why:s}": "{key}：无法在 {place} 监听：{why}",
    "interrupted; what was committed is kept": "已中断；已写入的都保留",
    "unexpected {kind}: {why} (-v tells more)": "意外的 {kind}：{why}（-v 可知更多）",
    "argument {place:d}: {why:s}": "第 {place} 个参数：{why}",
    # Of the operating system.
    "No such file or directory": "没有这个文件或文件夹",
    "Permission denied": "没有权限",
    "Is a directory": "是文件夹",
    "Not a directory": "不是文件夹",
    "File exists": "文件已存在",
    "No space left on device": "磁盘已满",
    "Read-only file system": "文件系统只读",
    "Address already in use": "地址已被占用",
    "Cannot assign requested address": "本机没有这个地址",
    "Name or service not known": "查不到这个主机名",
    "Bad file descriptor": "文件描述符已失效",
    "Too many open files": "打开的文件过多",
    "Input/output error": "读写错误",
}
