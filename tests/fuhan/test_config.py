from datetime import timedelta
from pathlib import Path

import pytest

from fuhan.config import find_config, load_config
from fuhan.errors import ConfigError, Exit
from fuhan.jobs import crawl_job

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


def test_only_what_a_source_needs_is_required(file: Path) -> None:
    file.write_text(SOURCE, "utf-8")
    config = load_config(file, {})
    (source,) = config.sources
    assert config.database == f"sqlite:///{file.parent}/data/fuhan.db"
    assert config.timezone == "Asia/Shanghai"
    assert (config.mass, config.confirm, config.notify, config.queue) == (0.5, 2, (), None)
    assert (config.review.host, config.review.port, config.review.token) == (
        "127.0.0.1",
        8321,
        None,
    )
    assert config.crawl.max_page == 8 * 1024 * 1024
    assert (source.site, source.revisits, source.sweep.every) == ("auto", 200, timedelta(days=7))
    assert (source.schedule.every, source.schedule.jitter) == (
        timedelta(hours=6),
        timedelta(minutes=10),
    )


@pytest.mark.parametrize(
    ("schedule", "jitter"),
    [
        pytest.param("{every: 5s}", 0, id="every without jitter has none"),
        pytest.param('{cron: "23 */6 * * *"}', 0, id="cron without jitter has none"),
        pytest.param("{every: 6h, jitter: 10m}", 600, id="jitter as written"),
    ],
)
def test_a_schedule_has_the_jitter_it_says(file: Path, schedule: str, jitter: int) -> None:
    file.write_text(f"{SOURCE}    schedule: {schedule}\n", "utf-8")
    assert load_config(file, {}).sources[0].schedule.jitter == timedelta(seconds=jitter)


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
            SOURCE + "confirm: true\n",
            "config.yaml:6: confirm: expected a whole number, found true",
            id="wrong type: a flag for a number",
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
            "config.yaml:6: sources[0].schedule.cron: expected 0 to 59",
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
            SOURCE.replace("proposal", "motion"),
            "config.yaml:4: sources[0].kind: expected 'proposal' or 'suggestion', found 'motion'",
            id="unknown kind",
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
    assert said in mistake(file, text)


def test_the_first_of_several_mistakes_is_told_with_their_number(file: Path) -> None:
    told = mistake(file, "mass: no\n" + SOURCE.replace("city", "CITY"))
    assert told.startswith("config.yaml:1: mass: expected a number, found false (and 1 more)")


def test_a_file_that_is_not_there_is_named_with_the_ways_to_give_one(file: Path) -> None:
    with pytest.raises(ConfigError, match=r"config.yaml: no such file \(give --config"):
        load_config(file, {})


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="can't be read"):
        load_config(tmp_path, {})


def test_a_file_in_another_encoding_is_refused(file: Path) -> None:
    file.write_bytes("agency: 重庆市发展和改革委员会".encode("gb18030"))
    with pytest.raises(ConfigError, match="expected UTF-8"):
        load_config(file, {})


def test_variables_override_keys(file: Path) -> None:
    file.write_text(SOURCE + "review: {port: 1}\n", "utf-8")
    variables = {
        "FUHAN_DATABASE": "postgresql+psycopg://me@host/fuhan",
        "FUHAN_REVIEW__PORT": "8000",
        "FUHAN_REVIEW__TOKEN": "12345",
        "FUHAN_CRAWL__DELAY": "30",
        "FUHAN_CRAWL__MAX_PAGE": "1MiB",
        "FUHAN_CRAWL__OBEY_ROBOTS": "false",
        "FUHAN_CONFIG": "elsewhere",
        "PATH": "/bin",
    }
    config = load_config(file, variables)
    assert config.database == "postgresql+psycopg://me@host/fuhan"
    assert (config.review.port, config.review.token) == (8000, "12345")
    assert config.crawl.delay == timedelta(seconds=30)
    assert (config.crawl.max_page, config.crawl.obey_robots) == (2**20, False)


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


def test_the_file_is_the_one_given_then_the_variable_then_the_working_folder() -> None:
    variables = {"FUHAN_CONFIG": "/etc/fuhan.yaml"}
    assert find_config(Path("my.yaml"), variables) == Path("my.yaml")
    assert find_config(None, variables) == Path("/etc/fuhan.yaml")
    assert find_config(None, {}) == Path("config.yaml")


@pytest.mark.parametrize(
    ("review", "refused"),
    [
        pytest.param("{host: 0.0.0.0}", True, id="open to all without token"),
        pytest.param("{host: 0.0.0.0, token: secret}", False, id="open to all with token"),
        pytest.param("{host: localhost}", False, id="loopback by name"),
        pytest.param('{host: "::1"}', False, id="loopback of IPv6"),
        pytest.param("{host: example.org}", True, id="a name without token"),
    ],
)
def test_serving_to_others_needs_a_token(file: Path, review: str, *, refused: bool) -> None:
    file.write_text(f"{SOURCE}review: {review}\n", "utf-8")
    load_config(file, {})  # what does not serve does not mind
    if refused:
        with pytest.raises(ConfigError, match=r"config.yaml:6: review.host: expected a loopback"):
            load_config(file, {}, serving=True)
    else:
        load_config(file, {}, serving=True)


def test_an_absolute_path_of_the_database_stays(file: Path) -> None:
    file.write_text(SOURCE + "database: sqlite:////var/fuhan.db\n", "utf-8")
    assert load_config(file, {}).database == "sqlite:////var/fuhan.db"


def test_manners_of_a_source_go_before_those_of_all(file: Path) -> None:
    file.write_text(SOURCE + "    delay: 5s\ncrawl: {delay: 2s, retries: 1}\n", "utf-8")
    config = load_config(file, {})
    job = crawl_job(config, config.sources[0])
    assert (job.source.manners.delay, job.source.manners.retries) == (5.0, 1)
    assert (job.database, job.mass, job.confirm) == (config.database, 0.5, 2)


def test_the_configuration_that_ships_watches_both_channels() -> None:
    config = load_config(Path(__file__).parents[2] / "config.yaml", {}, serving=True)
    assert [source.kind for source in config.sources] == ["proposal", "suggestion"]
    assert all("//fzggw.cq.gov.cn/" in source.listing for source in config.sources)
