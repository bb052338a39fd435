import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from fuhan.config.load import load_config
from fuhan.config.sections import Config, Section
from fuhan.errors import ConfigError, ExitCode
from tests.fuhan.conftest import SOURCE


def mistake(file: Path, text: str, **variables: str) -> str:
    """Return the one line that the configuration `text` is refused with, without the folder."""
    (line,) = mistakes(file, text, **variables)
    return line


def mistakes(file: Path, text: str, **variables: str) -> list[str]:
    """Return the lines that the configuration `text` is refused with, without the folder."""
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as refused:
        load_config(file, variables)
    assert refused.value.code is ExitCode.USAGE
    assert not any("\n" in line for line in refused.value.mistakes)
    return [line.replace(f"{file.parent}/", "") for line in refused.value.mistakes]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "config.yaml: sources: missing, and required", id="empty file"),
        pytest.param("- a", "config.yaml:1: expected keys", id="a list at the top"),
        pytest.param(
            "sources: []", "config.yaml:1: sources: expected at least one", id="no source"
        ),
        pytest.param(
            "sources:\n  - name: a\n    agency: b\n    kind: proposal\n",
            "config.yaml:2: sources[0].listing: missing, and required",
            id="missing required key",
        ),
        pytest.param(
            SOURCE + "databse: x\n",
            "config.yaml:6: databse: unknown key; did you mean database?",
            id="unknown key, near one that is known",
        ),
        pytest.param(
            SOURCE + "crawl:\n  wait: 2s\n",
            "config.yaml:7: crawl.wait: unknown key; expected one of delay, concurrency,",
            id="unknown key, near none",
        ),
        pytest.param(
            SOURCE + "    shedule: {every: 6h}\n",
            "config.yaml:6: sources[0].shedule: unknown key; did you mean schedule?",
            id="unknown key in a source",
        ),
        pytest.param(
            SOURCE + "confirm: two\n",
            "config.yaml:6: confirm: expected a whole number, found 'two'",
            id="wrong type: text for a number",
        ),
        pytest.param(
            SOURCE + "review: 8321\n",
            "config.yaml:6: review: expected a section of keys, found 8321",
            id="wrong type: a number for a section",
        ),
        pytest.param(
            SOURCE + "    obey_robots: 1\n",
            "config.yaml:6: sources[0].obey_robots: expected true or false, found 1",
            id="wrong type: a number for a flag",
        ),
        pytest.param(
            "sources: city",
            "config.yaml:1: sources: expected a list, found 'city'",
            id="wrong type: text for a list",
        ),
        pytest.param(
            SOURCE.replace("city", "2024"),
            "config.yaml:2: sources[0].name: expected text, found 2024",
            id="wrong type: a number for text",
        ),
        pytest.param(
            SOURCE + "    schedule: {every: 6 hours}\n",
            "config.yaml:6: sources[0].schedule.every: "
            "expected a duration such as 30s, 10m, 6h or 2d, found '6 hours'",
            id="bad duration",
        ),
        pytest.param(
            SOURCE + "    schedule: {every: 0}\n",
            "config.yaml:6: sources[0].schedule.every: expected a duration above 0, found 0",
            id="interval of nothing",
        ),
        pytest.param(
            SOURCE + "crawl:\n  max_page: 8 MBytes\n",
            "config.yaml:7: crawl.max_page: expected a size such as 512KiB or 8MiB",
            id="bad size",
        ),
        pytest.param(
            SOURCE + '    schedule: {cron: "61 * * * *"}\n',
            "cron: expected 0 to 59 in ascending order where it says '61', found '61 * * * *'",
            id="bad cron",
        ),
        pytest.param(
            SOURCE + '    schedule: {every: 6h, cron: "1 * * * *"}\n',
            "config.yaml:6: sources[0].schedule: expected either every or cron, found both",
            id="both every and cron",
        ),
        pytest.param(
            SOURCE + "timezone: Asia/Chongking\n",
            "config.yaml:6: timezone: expected a time zone such as Asia/Shanghai",
            id="bad time zone",
        ),
        pytest.param(
            SOURCE + SOURCE.removeprefix("sources:\n"),
            "config.yaml:6: sources[1].name: expected a name of its own, found 'city' twice",
            id="duplicate source name",
        ),
        pytest.param(
            SOURCE.replace("city", "City_1"),
            "config.yaml:2: sources[0].name: expected a name of a-z, 0-9 and -, found 'City_1'",
            id="source name of other characters",
        ),
        pytest.param(
            SOURCE.replace("http://127.0.0.1/list/", "ftp://127.0.0.1/"),
            "config.yaml:5: sources[0].listing: expected an http or https URL",
            id="bad URL",
        ),
        pytest.param(
            SOURCE.replace("http://127.0.0.1/list/", "http://gov..example/"),
            "config.yaml:5: sources[0].listing: expected an http or https URL",
            id="URL of what can be no host",
        ),
        pytest.param(
            SOURCE.replace("http://127.0.0.1/list/", '"http://127.0.0.1/\\0"'),
            "config.yaml:5: sources[0].listing: expected an http or https URL",
            id="URL with a control character",
        ),
        pytest.param(
            SOURCE.replace("某市发展和改革委员会", '"某\\0市"'),
            "config.yaml:3: sources[0].agency: expected text without control characters",
            id="control character in a text",
        ),
        pytest.param(
            SOURCE + "    site: nosuch\n",
            "one of auto, browser, trs, jcms, ucap, jpaas, jcms-dataproxy, jcms-nextgroup, ucap-search, gkmlpt,"
            " fujian, truecms, hefei, zhangzhou, found 'nosuch'",
            id="site",
        ),
        pytest.param(
            SOURCE.replace("proposal", "motion"),
            "config.yaml:4: sources[0].kind: expected 'proposal' or 'suggestion', found 'motion'",
            id="unknown kind",
        ),
        pytest.param(
            SOURCE + "    tls: old\n",
            "config.yaml:6: sources[0].tls: expected 'modern' or 'legacy', found 'old'",
            id="TLS that is neither",
        ),
        pytest.param(
            SOURCE + "crawl:\n  headers: X-Key geheim\n",
            "config.yaml:7: crawl.headers: expected a section of headers, each a name",
            id="headers that are text",
        ),
        pytest.param(
            SOURCE + "    headers:\n      X-Key: 5\n",
            "config.yaml:7: sources[0].headers.X-Key: expected a text of printable ASCII",
            id="a header that is a number",
        ),
        pytest.param(
            SOURCE + '    headers: {X-Key: "geheim\\r\\nHost: x"}\n',
            "config.yaml:6: sources[0].headers.X-Key: expected a text of printable ASCII",
            id="a header of two lines",
        ),
        pytest.param(
            SOURCE + "    headers: {X-Key: 密}\n",
            "config.yaml:6: sources[0].headers.X-Key: expected a text of printable ASCII",
            id="a header that is no ASCII",
        ),
        pytest.param(
            SOURCE + '    headers: {"X Key": a}\n',
            "config.yaml:6: sources[0].headers.X Key: expected the name of a header",
            id="a header whose name is none",
        ),
        pytest.param(
            SOURCE + "    headers: {X-Key: a, x-key: b}\n",
            "config.yaml:6: sources[0].headers.x-key: expected each header once",
            id="a header in two spellings",
        ),
        pytest.param(
            SOURCE + "    proxy: socks4://me:geheim@h\n",
            "config.yaml:6: sources[0].proxy: expected http://, https:// or socks5:// and a host",
            id="a proxy of another kind",
        ),
        pytest.param(
            SOURCE + "    proxy: 3128\n",
            "config.yaml:6: sources[0].proxy: expected http://, https:// or socks5:// and a host",
            id="a proxy that is a number",
        ),
        pytest.param(
            SOURCE + "    ca: 5\n",
            "config.yaml:6: sources[0].ca: expected text, found 5",
            id="a file of certificates that is a number",
        ),
        pytest.param(
            SOURCE + "database: mysql://host/fuhan\n",
            "config.yaml:6: database: expected sqlite:///FILE or postgresql+psycopg://",
            id="database of another make",
        ),
        pytest.param(
            SOURCE + "mass: 1.5\n",
            "config.yaml:6: mass: expected at most 1.0, found 1.5",
            id="share above one",
        ),
        pytest.param(
            SOURCE.replace("http://", "http://user:SECRETKEY@"),
            "config.yaml:5: sources[0].listing: expected a URL without a user name in it, "
            "found 'http://***@127.0.0.1/list/'",
            id="a password in an address, which is not shown",
        ),
        pytest.param(
            SOURCE + "crawl: {proxy: [a]}\n",
            "config.yaml:6: crawl.proxy: expected http://, https:// or socks5:// and a host",
            id="a proxy that is a list",
        ),
        pytest.param(
            SOURCE + "notify:\n  - name: mail\n",
            "config.yaml:7: notify[0].url: missing, and required",
            id="an alert channel without an address",
        ),
        pytest.param(
            SOURCE + "notify:\n  - wecombot://SECRETKEY\n",
            "config.yaml:6: notify: expected a list of sections, each with a url",
            id="an alert channel that is an address alone",
        ),
        pytest.param(
            SOURCE + "notify:\n  - url: SECRETKEY\n",
            "config.yaml:7: notify[0].url: expected an Apprise URL such as "
            "mailto://user:password@example.org",
            id="an address of an alert channel that is none, which is not shown",
        ),
        pytest.param(
            SOURCE + "notify:\n  - name: wecombot://SECRETKEY\n    url: json://h\n",
            "config.yaml:7: notify[0].name: expected a name of a-z, 0-9 and -, found an address",
            id="an address in the place of a name, which is not shown",
        ),
        pytest.param(
            SOURCE + "notify:\n  - url: json://h\n    quiet: 22-7\n",
            "config.yaml:8: notify[0].quiet: expected hours such as 22:00-07:00, found '22-7'",
            id="quiet hours in another form",
        ),
        pytest.param(
            SOURCE + "notify:\n  - url: json://h\n    kinds: [edit]\n",
            "config.yaml:8: notify[0].kinds[0]: expected one of published, edited, withdrawn, "
            "delisted, restored, relocated, outage, alarm, found 'edit'",
            id="a kind of changes that there is not",
        ),
        pytest.param(
            SOURCE + "notify:\n  - url: json://h\n  - url: json://i\n",
            "config.yaml:8: notify[1].name: expected a name of its own, found 'json' twice",
            id="two alert channels of one name",
        ),
        pytest.param(
            SOURCE + "ping: hc-ping.com/SECRETKEY\n",
            "config.yaml:6: ping: expected an http or https URL, or null",
            id="a ping that is no URL, which is not shown",
        ),
        pytest.param(
            SOURCE + "ping: http://h/a SECRETKEY\n",
            "config.yaml:6: ping: expected a URL in ASCII without blanks",
            id="a ping with a blank in it",
        ),
        pytest.param(
            SOURCE + "ping: http://me:SECRETKEY@h/\n",
            "config.yaml:6: ping: expected a URL without a user name in it",
            id="a ping with a password, which would not be sent",
        ),
        pytest.param(
            SOURCE + 'notify:\n  - url: json://h\n    words: ["\\u200b"]\n',
            "config.yaml:8: notify[0].words[0]: expected text that is not empty",
            id="a word that nobody sees, which all letters have",
        ),
        pytest.param(
            SOURCE + "notify:\n  - json://SECRETKEY: here\n    url: json://h\n",
            "config.yaml:7: notify[0]: unknown key; expected one of name, url, significance",
            id="an address in the place of a key, which is not shown",
        ),
        pytest.param(
            SOURCE + "notify:\n  - SECRETKEY: here\n    url: json://h\n",
            "config.yaml:7: notify[0]: unknown key; expected one of name, url, significance",
            id="a token in the place of a key, which is not shown",
        ),
        pytest.param(
            SOURCE + "review: {SECRETKEY: token}\n",
            "config.yaml:6: review: unknown key; expected one of host, port",
            id="a token before its key, which is not shown",
        ),
        pytest.param(
            SOURCE + "review: {tokens: SECRETKEY}\n",
            "config.yaml:6: review.tokens: unknown key; did you mean token?",
            id="a key of review that is misspelt, which is shown",
        ),
        pytest.param(
            SOURCE + "review: {people: {SECRETKEY-4f9a1c: [王芳]}}\n",
            "config.yaml:6: review.people: expected a token that is a text and not empty",
            id="a token in the place of a name, which is not shown",
        ),
        pytest.param(
            SOURCE + "https://h/SECRETKEY: here\n",
            "config.yaml:6: the file: unknown key; expected one of database, timezone, sources",
            id="an address in the place of a key of the file, which is not shown",
        ),
        pytest.param(
            SOURCE + "    schedule: {every: 10m, jitter: 6h}\n",
            "config.yaml:6: sources[0].schedule.jitter: expected at most as long as every",
            id="jitter that is longer than the interval",
        ),
        pytest.param(
            SOURCE + "    schedule: {jitter: 7h}\n",
            "config.yaml:6: sources[0].schedule.jitter: expected at most as long as every",
            id="jitter that is longer than the interval that is not written",
        ),
        pytest.param(
            SOURCE + "    schedule: {every: 4000d}\n",
            "config.yaml:6: sources[0].schedule.every: "
            "expected a duration of at most ten years, found '4000d'",
            id="an interval that nobody lives to see",
        ),
        pytest.param(
            SOURCE + "queue: postgresql://host/fuhan\n",
            "config.yaml:6: queue: expected null, as workers can't reach a database in a file: "
            "set database to a PostgreSQL URL too",
            id="a queue for an archive in a file",
        ),
        pytest.param(
            SOURCE + "database: postgresql://host/fuhan\nqueue: sqlite:///queue.db\n",
            "config.yaml:7: queue: expected postgresql+psycopg://user@host/name, "
            "found 'sqlite:///queue.db'",
            id="a queue in a file",
        ),
        pytest.param(
            SOURCE + "database: postgresql://host/fuhan\nqueue: redis://:secret@host/0\n",
            "config.yaml:7: queue: expected postgresql+psycopg://user@host/name, "
            "found 'redis://:***@host/0'",
            id="a queue that is no PostgreSQL",
        ),
        pytest.param(
            SOURCE + "database: postgresql://host/fuhan\nqueue: true\n",
            "config.yaml:7: queue: expected text, found true",
            id="a queue switched on",
        ),
        pytest.param(
            SOURCE + "mass: 0.5\nmass: 0.6\n",
            "config.yaml:7: expected each key once, found 'mass' again",
            id="a key written twice",
        ),
        pytest.param(
            SOURCE + "new_letters: grave\n",
            "config.yaml:6: new_letters: expected 'substantive', 'minor' or 'cosmetic', found 'grave'",
            id="a weight that there is not",
        ),
        pytest.param(
            SOURCE + "review: {base: //evil.example}\n",
            "config.yaml:6: review.base: expected a path such as / or /fuhan, found '//evil",
            id="a path that names a host",
        ),
        pytest.param(
            SOURCE + "review: {base: fuhan}\n",
            "config.yaml:6: review.base: expected a path such as / or /fuhan, found 'fuhan'",
            id="a path without a root",
        ),
        pytest.param(
            SOURCE + "    schedule: {every: 6:00}\n",
            "config.yaml:6: sources[0].schedule.every: "
            "expected a duration such as 30s, 10m, 6h or 2d, found '6:00'",
            id="a duration as a clock has it",
        ),
        pytest.param(
            SOURCE + "review: {port: 22:00}\n",
            "config.yaml:6: review.port: expected a whole number, found '22:00'",
            id="a port as a clock has it",
        ),
        pytest.param(
            SOURCE + "crawl:\n  max_page: 1:30:00\n",
            "config.yaml:7: crawl.max_page: expected a size such as 512KiB or 8MiB, found '1:30:00'",
            id="a size as a clock has it",
        ),
        pytest.param(
            SOURCE + "confirm: 010\n",
            "config.yaml:6: confirm: expected a whole number, found '010'",
            id="a number in octal, or so it seems",
        ),
        pytest.param(
            SOURCE + "mass: 1_0.5\n",
            "config.yaml:6: mass: expected a number, found '1_0.5'",
            id="a number with underscores",
        ),
        pytest.param(
            SOURCE + "confirm: !!int 0x1F\n",
            "config.yaml:6: expected a plain value, found the tag '!!int'",
            id="a tag that makes another number of it",
        ),
        pytest.param(
            SOURCE + 'mass: "\\ud800"\n',
            "config.yaml:6: expected text, found half a character in it",
            id="half a character",
        ),
        pytest.param(
            SOURCE + "[mass]: 0.5\n",
            "config.yaml:6: expected a key, found more than a word",
            id="a list for a key",
        ),
        pytest.param("sources: [", "config.yaml:1: expected YAML", id="YAML syntax error"),
        pytest.param("a: &a [*a]", "expected YAML that is not nested", id="YAML without end"),
        pytest.param("a: !!python/name:x y", "config.yaml:1: ", id="YAML with foreign objects"),
        pytest.param("a: \x07", "config.yaml:1: ", id="YAML with control characters"),
    ],
)
def test_a_mistake_is_told_by_file_line_key_and_what_was_expected(
    file: Path, text: str, said: str
) -> None:
    told = mistake(file, text)
    assert said in told
    assert "geheim" not in told
    assert "SECRETKEY" not in told


@pytest.mark.parametrize(
    "name",
    [
        *("Host", "content-length", "Connection", "Transfer-Encoding", "TE", "Upgrade", "Expect"),
        *("Keep-Alive", "Trailer", "Proxy-Authorization", "Proxy-Connection", "Range"),
        *("If-None-Match", "if-modified-since", "If-Range"),
    ],
)
def test_a_header_that_belongs_to_the_message_or_its_way_is_refused(file: Path, name: str) -> None:
    told = mistake(file, f"{SOURCE}crawl: {{headers: {{{name}: geheim}}}}\n")
    assert f"crawl.headers.{name}: expected a header that is not fuhan's own to set" in told
    assert "geheim" not in told


def test_all_of_several_mistakes_are_told_in_the_order_of_the_file(file: Path) -> None:
    text = "mass: no\n" + SOURCE.replace("city", "CITY") + "    delay: soon\nconfirm: 0\nmas: 1\n"
    assert mistakes(file, text, FUHAN_CRAWL__DELAY="6:00") == [
        "config.yaml:1: mass: expected a number, found 'no'",
        "config.yaml:3: sources[0].name: expected a name of a-z, 0-9 and -, found 'CITY'",
        "config.yaml:7: sources[0].delay: expected a duration such as 30s, 10m, 6h or 2d, found 'soon'",
        "config.yaml:8: confirm: expected at least 1, found 0",
        "config.yaml:9: mas: unknown key; did you mean mass?",
        "FUHAN_CRAWL__DELAY: crawl.delay: expected a duration such as 30s, 10m, 6h or 2d, found '6:00'",
    ]


def test_many_mistakes_are_one_sentence_in_short() -> None:
    assert ConfigError("a: missing").in_short() == "a: missing"
    assert ConfigError("a: 1", "b: 2", "c: 3").in_short() == (
        "a: 1, and 2 more (fuhan check names all)"
    )


def test_all_variables_that_say_nothing_are_told(file: Path) -> None:
    variables = {"FUHAN_PORT": "1", "FUHAN_MASS": "!x 1", "FUHAN_REVIEW__TOKEN": "\udcff"}
    assert mistakes(file, SOURCE, **variables) == [
        "FUHAN_MASS: expected text that begins with ! in quotes, found a tag",
        "FUHAN_PORT: no key port in the configuration",
        "FUHAN_REVIEW__TOKEN: expected UTF-8",
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param(
            "wecombot://",
            "expected a URL that Apprise reads (wecombot:// needs other parts)",
            id="parts that lack",
        ),
        pytest.param(
            "nothing://SECRET",
            "expected a URL of a service that Apprise knows such as mailto:// or json://",
            id="a service that there is not",
        ),
        pytest.param(
            "wecomrobot://SECRET",
            "expected a URL of a service that Apprise knows; did you mean wecombot://?",
            id="a service that is misspelt",
        ),
        pytest.param(
            "SECRET SECRET://x",
            "expected a URL of a service that Apprise knows such as mailto:// or json://",
            id="a secret in the place of a service, which is not shown",
        ),
    ],
)
def test_an_address_that_apprise_cannot_read_is_refused_where_it_would_be_used(
    file: Path, url: str, expected: str
) -> None:
    file.write_text(f"{SOURCE}notify:\n  - url: {url}\n", "utf-8")
    load_config(file, {})
    with pytest.raises(ConfigError) as refused:
        load_config(file, {}, serving=True)
    assert str(refused.value).endswith(f"config.yaml:7: notify[0].url: {expected}")


def test_alert_channels_may_be_in_a_variable_and_its_mistakes_show_no_secret(file: Path) -> None:
    file.write_text(SOURCE, "utf-8")
    config = load_config(file, {"FUHAN_NOTIFY": "[{url: 'json://SECRET@h'}]"})
    assert config.notify[0].label == "json"
    for wrong in ("json://SECRET@h", "{url: 'json://SECRET@h'}", "[{urls: 'json://SECRET@h'}]"):
        with pytest.raises(ConfigError) as refused:
            load_config(file, {"FUHAN_NOTIFY": wrong})
        assert "SECRET" not in str(refused.value)


def test_secrets_of_alerts_are_not_in_what_a_configuration_shows_of_itself(file: Path) -> None:
    secrets = "notify:\n  - url: json://SECRET@h\nping: http://h/SECRET\n"
    file.write_text(SOURCE + secrets, "utf-8")
    assert "SECRET" not in repr(load_config(file, {}))


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        pytest.param(
            "FUHAN_REVIEW__PORT",
            "web",
            "FUHAN_REVIEW__PORT: review.port: expected a whole number, found 'web'",
            id="wrong type",
        ),
        pytest.param("FUHAN_PORT", "1", "FUHAN_PORT: no key port in", id="unknown key"),
        pytest.param("FUHAN_MASS__X", "1", "FUHAN_MASS__X: no key mass.x in", id="key in a value"),
        pytest.param("FUHAN_MASS", "[", "FUHAN_MASS: expected YAML", id="value that is not YAML"),
        pytest.param(
            "FUHAN_SOURCES",
            "[{name: a, agency: x, kind: proposal}]",
            "FUHAN_SOURCES: sources[0].listing: missing",
            id="section",
        ),
    ],
)
def test_a_mistake_in_a_variable_names_the_variable(
    file: Path, variable: str, value: str, said: str
) -> None:
    assert mistake(file, SOURCE, **{variable: value}).startswith(said)


JUNK = (
    *("null", "true", "0", "-1", "1.5", "9" * 99, "1.0e+99", "-0.0", ".inf", "[]", "[1]", "{}"),
    *('""', '"  "', "x", '"{a}"', '"{0}"', '"{"', '"%s"', '"a\\nb"', '"\\0"', "{a: 1}", "[[]]"),
    *("22:00", "2024-01-01", "0x1F", "010", "yes", '"{a} * * * *"', '"http://[x"', "ftp://h/"),
    *('"http://h:99999/"', '"sqlite:///{x}?{y}=1"', '"postgresql://{"', '"x://{a}"', '"９９"'),
)


def keys(section: type[Section], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of each key of `section`, and of the sections in it."""
    for name, told in section.model_fields.items():
        yield (*above, name)
        kinds = (told.annotation, *get_args(told.annotation))
        for inner in kinds:
            if isinstance(inner, type) and issubclass(inner, Section):
                yield from keys(inner, (*above, name))


CITY = '{name: city, agency: 某市, kind: proposal, listing: "http://127.0.0.1/list/"}'


def written(path: tuple[str, ...], value: str) -> str:
    """Return a configuration that says `value` at `path`, and nothing else that is wrong."""
    key, *rest = path
    inner = written(tuple(rest), value) if rest else value
    if key == "sources" and rest:
        return f"{{sources: [{{<<: [{inner}, {CITY}]}}]}}"
    return f"{{{key}: [{inner}]}}" if key == "notify" and rest else f"{{{key}: {inner}}}"


@pytest.mark.parametrize("serving", [False, True])
@pytest.mark.parametrize("path", list(keys(Config)), ids=".".join)
def test_whatever_stands_in_a_key_what_was_expected_is_told_in_our_words(
    file: Path, path: tuple[str, ...], *, serving: bool
) -> None:
    refused = 0
    for value in JUNK:
        file.write_text(f"<<: [{written(path, value)}, {{sources: [{CITY}]}}]\n", "utf-8")
        try:
            load_config(file, {}, serving=serving)
        except ConfigError as error:
            refused += 1
            for line in error.mistakes:
                assert re.search(
                    r": (expected|unknown key; (did you mean|expected)|missing, and) ", line
                ), line
                assert not re.search(r"[Vv]alue error|[Ii]nput should|\n", line), line
    assert refused
