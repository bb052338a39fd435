"""Whatever a person reads is in the catalogue, in Chinese and in English, and in no mixture."""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from fuhan.cli import run
from fuhan.config.sections import Config, ScheduleSection, SourceSection
from fuhan.lazy_command import SUMMARIES
from fuhan.terminal.language import choose_language
from review.phrases import PHRASES
from review.refusals import refusal_line
from review.sentences.chinese import chinese
from review.sentences.tables import SENTENCES
from review.terms import TERMS

ROOT = Path(__file__).parents[1]
ROOMS = ("fuhan", "scheduler", "crawler", "storage", "letters", "review")
# What is for programs, and what is the catalogue itself.
NOT_SAID = (
    "storage/migrations",
    "storage/schema",  # comments of tables, SQL
    "storage/database/failpoint.py",  # of tests
    "review/phrases",
    "review/sentences",
    "review/terms.py",
    "review/openapi",  # read by programs, and by those who write them
    "review/metrics.py",  # explained to Prometheus
    "letters/fields.py",  # has both languages itself
)
LOGS = {"debug", "info", "warning", "error", "exception", "getLogger"}  # logs are English
NO_WORDS = {"text", "re.compile", "Path"}  # SQL, patterns, paths
# Sentences that nobody reads, by what they are.
NEVER_READ = {
    "fuhan was changed on disk": "logged",
    "watching \0": "logged, and reported to systemd",
    "by a script that draws the pager": "names a kind of form within the code",
    "max redirections reached": "Scrapy's own words, which are looked for",
    "tag:yaml.org,2002:": "of the standard",
    "red strike": "a style",
    "Value error, ": "pydantic's own words, which are looked for",
    "yyyy-mm-dd hh:mm:ss": "a format of Excel's",
    "listed fetched unchanged published edited withdrawn delisted restored relocated": "keys",
    "host \0": "names a lock",
    "process \0 on \0": "stands in place of a process's number",
    "the session is gone": "another takes its place",
    "alert channel": "names a thread",
    "999999 more changes are not listed here: see": "measured",
    "folded \0 to \0": "names a row",
    "alarm \0 \0": "names a row",
    "degraded: \0 (\0) since \0": "read by probes",
    "Beijing time": "has its Chinese beside it",
    "fuhan \0": "names a lock, or a version",
}
# Headers, types of content, selectors, patterns of pages of others, SQL.
CODE = re.compile(
    r"text/|application/|private, |urn:|\S+-src |[A-Z]{3,},? |Accept-|.*sans-serif|Proxy-|Wayback"
    r"|(?:\.?[a-z0-9-]+, )+\.?[a-z0-9-]+$|sandbox;|\0; script-src|head title$"
    r"|Host: |(?:getMessage|fjdzapp/|gkmlpt:|jpage:|nextgroup:|build/|page-store:)"  # signs of a site's interface
)
PROSE = re.compile(
    r"(?=.*[A-Za-z]{2,}[ ,:;]+(?:\0|[A-Za-z']{2,}))[A-Za-z0-9\0 ,.;:'()\-/…→`=?!&$@<>%\n]+",
    re.DOTALL,
)
LATIN = re.compile(r"[A-Za-z][A-Za-z]+")
HAN = re.compile(r"[一-龥]")
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")
# Names, which are the same in every language.
_NAMES = """
    fuhan URL PostgreSQL SQLite YAML JSON CSV Parquet XLSX WARC HTTP TLS SHA sha UTF
    ASCII API PEM XML RFC ISO Excel Chromium JavaScript Procrastinate OpenSSL robots txt
    Atom ZIP NUL Lines SIGTERM SIGHUP gzip Markdown macOS Asia Shanghai Apprise Forwarded User
    KiB MiB
"""
NAMES = set(_NAMES.split())
# What is typed, in a command, a configuration or a request.
_TYPED = """
    https http socks postgresql psycopg sqlite mailto user password host name url pip install
    extra browser parquet warc html md json jsonl open zh en legacy tls full normal synchronous
    cron true false null site pg postgres dump ul resources search part limit after before id offset
    cursor rel next state change review at
"""
TYPED = {
    *SUMMARIES,
    *Config.model_fields,
    *(name for each in (SourceSection, ScheduleSection) for name in each.model_fields),
    *_TYPED.split(),
}


def strings(node: ast.AST) -> Iterator[str]:
    """Yield the strings of code, each value in them a NUL; without docstrings and logs."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.Call) and is_not_said(child.func):
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        elif isinstance(child, ast.JoinedStr):
            yield joined(child)
            for each in child.values:
                if isinstance(each, ast.FormattedValue):
                    yield from strings(each)
        else:
            yield from strings(child)


def joined(node: ast.JoinedStr) -> str:
    return "".join(
        str(each.value) if isinstance(each, ast.Constant) else "\0" for each in node.values
    )


def is_not_said(function: ast.expr) -> bool:
    is_log = isinstance(function, ast.Attribute) and function.attr in LOGS
    return is_log or ast.unparse(function) in NO_WORDS


def plain(template: str) -> str:
    """Return a template with a NUL for each field."""
    return "".join(
        literal + ("\0" if name is not None else "")
        for literal, name, _, _ in Formatter().parse(template)
    )


KNOWN = [plain(each) for each in SENTENCES]


def is_known(sentence: str) -> bool:
    """Return whether the words of a sentence, or of a part of one, are those of an entry."""
    words = " ".join(sentence.split()).strip(" ;:,()")
    if words.removeprefix("Example: ").startswith("fuhan "):
        return True  # a command to type
    parts = re.sub(r"--[a-z]+|, found ", "\0", words).split("\0")
    pieces = [piece for each in parts if (piece := each.strip(" ;:,()"))]
    form = re.compile(".*".join(map(re.escape, pieces)), re.DOTALL)
    forms = {words, words.rstrip("\0"), words.strip(" ;:,()\0")}
    shown = (chinese(each.replace("\0", value)) for each in forms for value in ("7", "ab"))
    is_whole = any(each and not ENGLISH.search(each) for each in shown)
    return is_whole or any(form.search(each) for each in KNOWN)


def modules() -> list[Path]:
    found = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    return [path for path in found if not str(path.relative_to(ROOT)).startswith(NOT_SAID)]


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_of_the_code_is_in_the_catalogue(room: str) -> None:
    unknown = [
        f"{path.relative_to(ROOT)}: {part!r}"
        for path in modules()
        if path.is_relative_to(ROOT / room)
        for string in strings(ast.parse(path.read_text("utf-8")))
        if PROSE.fullmatch(string) and not CODE.match(string) and string not in NEVER_READ
        for part in string.split("\n\n")
        if not is_known(part)
    ]
    assert unknown == []


def test_the_test_sees_a_sentence_that_nobody_translated() -> None:
    code = 'def refuse(name):\n    raise ValueError(f"nobody has heard of {name} yet")'
    assert [each for each in strings(ast.parse(code)) if not is_known(each)] == [
        "nobody has heard of \0 yet"
    ]


@pytest.fixture
def _english_again() -> Iterator[None]:
    yield
    choose_language([], {})


@pytest.mark.usefixtures("_english_again")
@pytest.mark.parametrize("command", ["", *SUMMARIES])
def test_help_in_chinese_has_no_english_sentence(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*filter(None, [command]), "--lang", "zh", "--help"]) == 0
    shown = capsys.readouterr().out
    assert HAN.search(shown)
    without = re.sub(
        r"示例：.*|(?m:^用法[^\n]*$)|'[^']*'|`[^`]*`|sources:|site: browser"
        r"|--[a-z]+ FILE|source, [a-z,\s]+ text",  # what is typed
        "",
        shown,
        flags=re.DOTALL,
    )
    english = re.findall(r"(?:\b[A-Za-z]{2,}\b[ ,.]+){2,}\b[a-z]{2,}\b", without)
    assert [each for each in english if not each.startswith("fuhan ")] == []


@pytest.mark.parametrize("command", ["", *SUMMARIES])
def test_help_in_english_has_no_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*filter(None, [command]), "--lang", "en", "--help"]) == 0
    assert not HAN.search(capsys.readouterr().out.replace("成渝", ""))


def catalogue() -> Iterator[Any]:
    """Yield each pair of the catalogue: Chinese, English."""
    for key, (zh, en) in {**PHRASES, **TERMS}.items():
        yield pytest.param(zh, en, id=key)
    for en, zh in SENTENCES.items():
        yield pytest.param(zh, en, id=en[:60])


def test_english_holds_no_chinese_and_chinese_no_english() -> None:
    mixed = []
    for each in catalogue():
        zh, en = map(plain, map(str, each.values))
        words = set(
            LATIN.findall(re.sub(r"`[^`]*`|--?[a-z-]+|[\w.]+\.[a-z_]+|\b[A-Z_]{2,}\b", "", zh))
        )
        unknown = sorted(words - NAMES - TYPED)
        if HAN.search(en) or (unknown and each.id != "bundle.readme"):  # which has a script's use
            mixed.append((each.id, unknown or en))
    assert mixed == []


def test_both_languages_of_an_entry_have_the_same_fields() -> None:
    def fields(template: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(template) if name}

    assert [en for en, zh in SENTENCES.items() if fields(en) != fields(zh)] == []
    differ = [key for key, (zh, en) in PHRASES.items() if fields(zh) != fields(en)]
    assert differ == []


# Names of classes in macros, of a policy, of keys on a keyboard.
OF_TEMPLATES = {"row", "level", "field", "script", "src", "self", "Esc"}


def test_templates_hold_no_words_of_their_own() -> None:
    found = {}
    for path in sorted((ROOT / "review" / "templates").rglob("*.html")):
        text = re.sub(
            r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", path.read_text("utf-8"), flags=re.DOTALL
        )
        text = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>|&\w+;", "", text, flags=re.DOTALL)
        if words := set(LATIN.findall(text)) - NAMES - OF_TEMPLATES | set(HAN.findall(text)):
            found[path.name] = words
    assert found == {}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("complete", "完整", id="a word"),
        pytest.param(
            "city: complete: 2 listed, 1 edited", "city: 完整：目录列出 2，修改 1", id="counts"
        ),
        pytest.param(
            "config.yaml:3: crawl.delay: expected text, found 5",
            "config.yaml:3: crawl.delay: 应为文本，实为 5",
            id="a mistake of the configuration",
        ),
        pytest.param(
            "its pager counts: <a x; y>; 2 pages were read",
            "翻页计数：<a x; y>；读了 2 页",
            id="a sign quoted as the site has it",
        ),
        pytest.param(
            "no TLS in common (tls: legacy allows what is older)",
            "没有共同支持的 TLS（tls: legacy 容许较旧的）",
            id="a remark",
        ),
        pytest.param(
            "trs, by .TRS_UEDITOR in 7 of 10; trs, by .TRS_Editor in 3 of 10",
            "trs，依据 .TRS_UEDITOR，10 个中 7 个；trs，依据 .TRS_Editor，10 个中 3 个",
            id="a list of what is known",
        ),
        pytest.param("The field phone changed", "“联系电话”有改动", id="a field by its name"),
        pytest.param(
            "A promise changed: weakened", "承诺有改动：弱化", id="a reason with its detail"
        ),
        pytest.param(
            "config.yaml:3: database: expected text, found 5",
            "config.yaml:3: database: 应为文本，实为 5",
            id="a key that is a word, too",
        ),
        pytest.param("contact: no alarm stands", "contact: 没有警报", id="a name that is a word"),
        pytest.param(
            "a.yaml:3: sources[0].kind: expected 'proposal' or 'suggestion', found 'x'",
            "a.yaml:3: sources[0].kind: 应为 'proposal' 或 'suggestion'，实为 'x'",
            id="one of two",
        ),
        pytest.param(
            "a.yaml:2: expected YAML: a value", "a.yaml:2: 应为 YAML：此处缺少值", id="no YAML"
        ),
        pytest.param(
            "a.yaml:1: sources[0].kind: missing, and required, and 2 more (fuhan check names all)",
            "a.yaml:1: sources[0].kind: 缺少，且为必填；另有 2 处（fuhan check 全部列出）",
            id="the first of several mistakes",
        ),
        pytest.param(
            "a.yaml:2: b: unknown key; expected one of c, d, and 1 more (fuhan check names all)",
            "a.yaml:2: b: 没有这个键；应为其中之一：c, d；另有 1 处（fuhan check 全部列出）",
            id="the first of several mistakes, with a list",
        ),
        pytest.param(
            "/a b/c.db: is in use: stop the service, crawls and commands that have it",
            "/a b/c.db: 正在使用：请先停止使用它的服务、抓取和命令",
            id="a file that is in use",
        ),
        pytest.param("c.db: is the archive itself", "c.db: 就是存档本身", id="the same file"),
        pytest.param(
            "number 10/10, session 8/10, feedback 2/10",
            "案号 10/10，届次 8/10，反馈意见 2/10",
            id="in how many letters each field is",
        ),
        pytest.param("database /a b: is odd", None, id="what nobody knows"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_sentence_is_said_in_chinese(sentence: str, expected: str | None) -> None:
    assert chinese(sentence) == expected


@pytest.mark.parametrize("evil", ["x: y; , (" * 200, "a: " * 600, "; found, " * 200, "{0}" * 500])
def test_no_text_is_looked_up_without_end(evil: str) -> None:
    calls: Counter[str] = Counter()
    sys.setprofile(lambda frame, event, _: calls.update([f"{event} {frame.f_code.co_name}"]))
    try:
        chinese(evil)
    finally:
        sys.setprofile(None)
    assert 0 < calls["call of"] < 1000


@pytest.mark.parametrize(
    ("query", "accepts", "expected"),
    [
        pytest.param("", None, "letter 9 is not known", id="nothing asked for"),
        pytest.param("", "en-GB,zh", "letter 9 is not known", id="English before"),
        pytest.param("", "zh-CN,en;q=0.5", "没有编号为 9 的复函", id="Chinese before"),
        pytest.param("lang=zh", "en", "没有编号为 9 的复函", id="by parameter"),
        pytest.param("lang=en", "zh", "letter 9 is not known", id="English by parameter"),
    ],
)
def test_the_api_refuses_in_the_language_that_is_asked_for(
    query: str, accepts: str | None, expected: str
) -> None:
    headers = [(b"accept-language", accepts.encode())] if accepts else []
    scope = {"type": "http", "query_string": query.encode(), "headers": headers}
    assert refusal_line(Request(scope), HTTPException(404, "letter 9 is not known")) == expected
