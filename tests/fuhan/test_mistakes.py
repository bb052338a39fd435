from pathlib import Path

import pytest

from fuhan.config import load_config
from fuhan.errors import ConfigError, Exit

SOURCE = """\
sources:
  - name: city
    agency: 某市发展和改革委员会
    kind: proposal
    listing: http://127.0.0.1/list/
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.yaml"


def mistake(file: Path, text: str, **variables: str) -> str:
    """Return the one line that the configuration `text` is refused with, without the folder."""
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as refused:
        load_config(file, variables)
    assert refused.value.code is Exit.USAGE
    line = str(refused.value)
    assert "\n" not in line
    return line.replace(f"{file.parent}/", "")


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
            SOURCE + "    site: nosuch\n",
            "one of auto, trs, jcms, ucap, found 'nosuch'",
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
            SOURCE + "notify:\n  - url: mailto://me\n",
            "config.yaml:6: notify: expected [], as this version sends no notifications yet",
            id="notifications, which are not there yet",
        ),
        pytest.param(
            SOURCE + "queue: postgresql://host/fuhan\n",
            "config.yaml:6: queue: expected null, as this version runs no queue yet",
            id="a queue, which is not there yet",
        ),
        pytest.param(
            SOURCE + "mass: 0.5\nmass: 0.6\n",
            "config.yaml:7: expected each key once, found 'mass' again",
            id="a key written twice",
        ),
        pytest.param("sources: [", "config.yaml:1: expected YAML", id="YAML syntax error"),
        pytest.param("a: &a [*a]", "expected YAML that is not nested", id="YAML without end"),
        pytest.param("a: !!python/name:x y", "config.yaml:1: ", id="YAML with foreign objects"),
        pytest.param("a: \x07", "config.yaml: ", id="YAML with control characters"),
    ],
)
def test_a_mistake_is_told_by_file_line_key_and_what_was_expected(
    file: Path, text: str, said: str
) -> None:
    told = mistake(file, text)
    assert said in told
    assert "geheim" not in told


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


def test_the_first_of_several_mistakes_is_told_with_their_number(file: Path) -> None:
    told = mistake(file, "mass: no\n" + SOURCE.replace("city", "CITY"))
    assert told.startswith("config.yaml:1: mass: expected a number, found false (and 1 more)")


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
    ],
)
def test_a_mistake_in_a_variable_names_the_variable(
    file: Path, variable: str, value: str, said: str
) -> None:
    assert mistake(file, SOURCE, **{variable: value}).startswith(said)
