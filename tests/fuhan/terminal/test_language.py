"""In which language a command speaks, and what it never translates."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from fuhan.terminal.language import choose_language, in_english, language, said, term

Fuhan = Callable[..., Any]  # the command line, as a shell would call it


@pytest.mark.parametrize(
    ("arguments", "variables", "expected"),
    [
        pytest.param([], {}, "en", id="nothing said"),
        pytest.param([], {"LANG": "zh_CN.UTF-8"}, "zh", id="LANG"),
        pytest.param([], {"LANG": "zh"}, "zh", id="LANG without a country"),
        pytest.param([], {"LANG": "C.UTF-8"}, "en", id="C"),
        pytest.param([], {"LANG": "POSIX"}, "en", id="POSIX"),
        pytest.param([], {"LANG": "de_DE.UTF-8"}, "en", id="a language that it has not"),
        pytest.param([], {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en", id="LC_ALL before LANG"),
        pytest.param(
            [], {"LC_MESSAGES": "zh_CN", "LANG": "en_US"}, "zh", id="LC_MESSAGES before LANG"
        ),
        pytest.param([], {"LC_ALL": "", "LANG": "zh_CN"}, "zh", id="an empty variable is not set"),
        pytest.param(["--lang", "zh", "letters"], {"LC_ALL": "C"}, "zh", id="--lang before all"),
        pytest.param(["letters", "--lang=en"], {"LANG": "zh_CN"}, "en", id="after the command"),
        pytest.param(["letters", "--lang"], {"LANG": "zh_CN"}, "zh", id="--lang without a value"),
        pytest.param(["--lang", "fr"], {"LANG": "zh_CN"}, "zh", id="one that --lang has not"),
    ],
)
def test_a_command_speaks_as_asked_else_as_the_locale(
    arguments: list[str], variables: dict[str, str], expected: str
) -> None:
    choose_language(arguments, variables)
    assert language() == expected
    choose_language([], {})


def test_what_is_written_for_programs_is_english() -> None:
    choose_language(["--lang", "zh"], {})
    with in_english():
        assert said("complete") == "complete"
    assert (said("complete"), said("  complete\n"), term("kind", "edited")) == (
        "完整",
        "  完整\n",
        "修改",
    )
    choose_language([], {})
    assert term("kind", "edited") == "edited"


def test_a_mistake_in_what_is_for_programs_is_said_in_the_language_of_the_command() -> None:
    choose_language(["--lang", "zh"], {})
    with pytest.raises(ValueError, match="broken"), in_english():
        raise ValueError("broken")
    assert language() == "zh"
    choose_language([], {})


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("form", ["jsonl", "csv"])
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(words.split(), id=words)
        for words in (
            *("letters", "changes", "crawls", "history city/0501"),
            *("status", "coverage"),
        )
    ],
)
def test_rows_for_programs_are_the_same_in_both_languages(
    fuhan: Fuhan, words: list[str], form: str
) -> None:
    english, chinese = (
        fuhan(*words, "--format", form, "--lang", name).out for name in ("en", "zh")
    )
    when_due = re.compile(r"T[\d:.]+")  # of a source that was never crawled: now
    assert when_due.sub("", chinese) == when_due.sub("", english) != ""


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("letters --format table", "编号", id="heads of a table"),
        pytest.param("changes --format table", "修改", id="values of a table"),
        pytest.param("history city/0501 --format table", "查看", id="events"),
        pytest.param("show city/0501", "案号", id="fields"),
        pytest.param("diff city/0501", "第 1 版 → 第 2 版", id="versions"),
        pytest.param("verify", "网页快照 1：账本中没有", id="an audit"),
        pytest.param("check", "配置：2 个来源", id="a check"),
        pytest.param("reindex", "可检索 2 件复函", id="a count"),
        pytest.param("status --format table", "上次完整抓取", id="a status"),
    ],
)
def test_results_for_people_are_in_chinese(fuhan: Fuhan, words: str, expected: str) -> None:
    assert expected in fuhan(*words.split(), "--lang", "zh").out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("letters --foo", "没有选项：--foo", id="an option"),
        pytest.param("lettres", "没有命令 'lettres'。", id="a command"),
        pytest.param("crawl --limit 0", "'--limit' 的值不对：应不小于 1", id="a number too small"),
        pytest.param("crawl --limit x", "'--limit' 的值不对：应为整数", id="no number"),
        pytest.param("changes --kind x", "'--kind' 的值不对：'x' 不在", id="no choice"),
        pytest.param("show", "缺少参数 'LETTER'。", id="an argument that is missing"),
        pytest.param("letters a", "多出参数（a）", id="one too many"),
        pytest.param(
            "letters --config none.yaml", "none.yaml: 没有这个文件（请给出", id="no configuration"
        ),
        pytest.param("changes --since soon", "应为 ISO 时间、日期", id="no time"),
        pytest.param("show 99", "没有编号为 '99' 的复函", id="no letter"),
        pytest.param("crawl nowhere", "没有来源 'nowhere'；现有：city, town", id="no source"),
        pytest.param("--lang zh-TW", "'zh-TW' 不在 'zh', 'en' 之列", id="no language"),
    ],
)
def test_mistakes_are_told_in_chinese(fuhan: Fuhan, words: str, expected: str) -> None:
    language_of = () if "--lang" in words else ("--lang", "zh")
    told = fuhan(*language_of, *words.split())
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert told.err.startswith(f"fuhan: {expected}") or expected in told.err


def test_a_mistake_of_a_configuration_is_told_in_chinese(fuhan: Fuhan, folder: Any) -> None:
    with (folder / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("mass: 2\ncrwl: 1\ncrawl: {delay: soon}\n")
    assert fuhan("letters", "--lang", "zh").err.splitlines() == [
        "fuhan: config.yaml:10: mass: 应不大于 1.0，实为 2",
        "fuhan: config.yaml:11: crwl: 没有这个键；是不是 crawl？",
        "fuhan: config.yaml:12: crawl.delay: 应为时长，如 30s、10m、6h 或 2d，实为 'soon'",
    ]


def test_a_crawl_is_told_in_chinese_and_its_json_in_english(fuhan: Fuhan) -> None:
    told = fuhan("crawl", "city", "--lang", "zh")
    assert told.out == "city: 失败：未能判定 1\n"
    assert "连接被拒" in told.err
    crawl = json.loads(fuhan("crawl", "city", "--json", "--lang", "zh").out)
    assert "connection refused" in crawl["errors"][0]["reason"]


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("history 1", "修改，实质：正文 718.4 → 918.4", id="a change of a letter"),
        pytest.param("history 1", "页面在，内容可读，查看 2 次", id="a visit"),
        pytest.param("sources", "提案", id="the kind of a source"),
    ],
)
def test_tables_have_chinese_words_and_marks(fuhan: Fuhan, words: str, expected: str) -> None:
    told = fuhan(*words.split(), "--format", "table", "--lang", "zh")
    assert told.code == 0
    assert expected in told.out


@pytest.mark.usefixtures("held")
def test_a_visit_is_called_one(fuhan: Fuhan) -> None:
    assert "visit" in fuhan("history", "1", "--format", "table").out
    assert "look" not in fuhan("history", "1", "--format", "table").out
