"""Phrases of a change's evidence as a bundle, and of citations."""

from typing import Final

_README = (
    """\
复函变更凭据

{sentence}
复函：《{title}》
网址：{url}
变更编号：{id}（来源 {source}）

一、包内文件

  before/  改动之前，after/  改动之后。其中：
    page.html.txt     网站当时发来的网页，一字节不改（后续各页为 page-2 等）
    page.json         何时请求（asked_at）、何时收到（fetched_at）、网址、状态码、响应头
    files/            改动所涉的附件，原样
    directory.json    该日目录所列的全部条目（仅限移出目录）
  change.json         这次变更：时间范围、逐处改动
  versions.jsonl      从网页读出的复函文本，每版一行
  ledger.jsonl        台账：封存上述内容的记录，逐条相扣
  check_letter.py     核对程序，只需 Python 3，不需联网，也不需 fuhan
  SHA256SUMS          以上各文件的 SHA-256

  被撤下的复函，after/ 里是网站称该页已不在时的答复。

二、怎样核对

  1. 解压，在该文件夹打开命令行，运行：

       python3 check_letter.py

     每行以 ok 开头即相符，末行为 all digests agree。任何文件改动一字节，
     便以 BAD 报出文件名，随即停止。
  2. 不用 Python 也可核对字节：sha256sum -c SHA256SUMS（macOS：shasum -a 256 -c SHA256SUMS）。
  3. 台账末条的哈希若曾公布，或由时间戳机构签过，一并给出：

       python3 check_letter.py 该哈希

三、能证明什么

  网页、响应头、附件、文本和变更都与台账所封一致，此后未被改动；
  变更发生在 after 与 before 两个时刻之间（change.json 的 window，协调世界时 UTC）。
  台账何时写成，须由他人佐证：公布过的哈希或时间戳。

四、请注意

  网页以 .txt 存放。改成 .html 用浏览器打开，它会运行脚本，并从今天的网站取样式和图片，
  所见未必是当日所见。要看，请在 fuhan 里打开该版的“原样网页”。
  ledger.jsonl 含该来源其后的记录，其中可有审阅者的姓名和批注。转交他人前请知悉；
  哈希值已公布的，可用 evidence.zip?head=哈希值 取到该条为止的凭据，不含其后的批注。
""",
    """\
Evidence of a change to a reply letter

{sentence}
Letter: 《{title}》
Address: {url}
Change {id}, source {source}

1. What is in here

  before/  before the change, after/  after it. In each:
    page.html.txt     the page as served, byte for byte (its further pages: page-2, …)
    page.json         asked for when (asked_at), answered when (fetched_at), address,
                      status, headers
    files/            the attachments that the change is of, as served
    directory.json    all rows that the directory listed (of a delisted letter only)
  change.json         the change: when it happened, each edit
  versions.jsonl      the text that was read from the pages, one version a line
  ledger.jsonl        the ledger: what seals all this, each entry chained to the one before
  check_letter.py     checks all this; needs Python 3 alone, no network, no fuhan
  SHA256SUMS          the SHA-256 of each of these files

  Of a withdrawn letter, after/ holds the answer by which the site said that it is gone.

2. How to check it

  1. Unpack it, open a terminal in that folder, and run:

       python3 check_letter.py

     Each line that begins with ok agrees; the last one says: all digests agree.
     Where a single byte of a file was changed, it says BAD with the file's name,
     and stops.
  2. The bytes can be checked without Python, too: sha256sum -c SHA256SUMS
     (macOS: shasum -a 256 -c SHA256SUMS).
  3. Where a hash of the ledger was published, or stamped by an authority, give it:

       python3 check_letter.py HASH

3. What it proves

  Pages, headers, attachments, texts and the change are as the ledger sealed them:
  nobody changed them since. The change happened between the moments after and
  before (window in change.json, in UTC). When the ledger was written, others must
  certify: by a hash that was published, or by a time stamp.

4. Please note

  Pages are stored as .txt. Renamed to .html and opened in a browser, they would run
  scripts and fetch styles and pictures from today's site: what you see may not be
  what was to be seen then. Open "page as served" in fuhan instead.
  ledger.jsonl holds later entries of its source; names and notes of reviewers may
  be among them. Where a hash was published, evidence.zip?head=HASH ends with its
  entry, without what was noted later.
""",
)

EVIDENCE: Final[dict[str, tuple[str, str]]] = {
    "bundle.readme": _README,
    "bundle.link": ("下载凭据（ZIP）", "Download the evidence (ZIP)"),
    "bundle.note": (
        "前后网页、响应头、台账与核对程序，不装 fuhan 也能核对",
        "pages before and after, headers, ledger and a script: checked without fuhan",
    ),
    "cite.title": ("引用", "Cite"),
    "cite.zh": ("中文引注", "Citation in Chinese"),
    "cite.en": ("英文引注", "Citation in English"),
    "cite.comma": ("，", ", "),
    "cite.semicolon": ("；", "; "),
    "cite.published": ("{day} 公开", "published {day}"),
    "cite.of_version": (
        "{names}。fuhan 存档第 {number} 版，抓取于 {at}（{zone}），文本 SHA-256：{digest}。",
        "{names}. Version {number} at fuhan, fetched {at} ({zone}), SHA-256 of its text {digest}.",
    ),
    "cite.of_change": (
        "{names}。{sentence}fuhan 存档{digests}。",
        "{names}. {sentence} Archived by fuhan: {digests}.",
    ),
    "cite.digest": (
        "第 {number} 版，文本 SHA-256：{digest}",
        "version {number}, SHA-256 of its text {digest}",
    ),
}
