from datetime import timedelta
from pathlib import Path

import pytest

from crawler.job import CrawlJob
from fuhan.config.load import find_config, load_config
from fuhan.crawl_jobs import crawl_job
from fuhan.errors import ConfigError
from letters.change import Significance
from tests.fuhan.conftest import SOURCE


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
    assert (config.new_letters, config.review.base) == ("minor", "/")
    assert config.crawl.max_page == 8 * 1024 * 1024
    assert config.crawl.max_file == 64 * 1024 * 1024
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
        "FUHAN_REVIEW__BASE": "/fuhan",
        "FUHAN_CRAWL__DELAY": "30",
        "FUHAN_CRAWL__MAX_PAGE": "1MiB",
        "FUHAN_CRAWL__OBEY_ROBOTS": "false",
        "FUHAN_CONFIG": "elsewhere",
        "PATH": "/bin",
    }
    config = load_config(file, variables)
    assert config.database == "postgresql+psycopg://me@host/fuhan"
    assert (config.review.port, config.review.token) == (8000, "12345")
    assert config.review.base == "/fuhan"
    assert config.crawl.delay == timedelta(seconds=30)
    assert (config.crawl.max_page, config.crawl.obey_robots) == (2**20, False)


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
        pytest.param("{host: 0.0.0.0, people: {李雷: a}}", False, id="open to all with people"),
        pytest.param("{trusted_header: X-User}", False, id="loopback with a proxy's header"),
        pytest.param(
            "{host: 0.0.0.0, token: secret, trusted_header: X-User}",
            True,
            id="open to all who could send the header",
        ),
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


@pytest.mark.parametrize(
    "origin",
    ["https://example.org", "http://localhost:3000", "https://xn--fiqs8s.cn", "http://[::1]:8080"],
)
def test_an_origin_is_one_that_browsers_send(file: Path, origin: str) -> None:
    file.write_text(f'{SOURCE}review: {{cors: ["{origin}"]}}\n', "utf-8")
    assert load_config(file, {}).review.cors == (origin,)


@pytest.mark.parametrize(
    "origin",
    [
        pytest.param("*", id="any"),
        pytest.param("null", id="that of a sandboxed page"),
        pytest.param("example.org", id="no scheme"),
        pytest.param("https://example.org/", id="a path"),
        pytest.param("https://Example.org", id="upper case"),
        pytest.param("https://中国.cn", id="not as it is sent"),
        pytest.param("https://example.org:443", id="the port of its scheme"),
        pytest.param("https://user@example.org", id="a user"),
        pytest.param("ftp://example.org", id="another scheme"),
        pytest.param("https://example.org\\n", id="a line's end"),
        pytest.param("", id="nothing"),
    ],
)
def test_an_origin_that_no_browser_sends_is_refused(file: Path, origin: str) -> None:
    file.write_text(f'{SOURCE}review: {{cors: ["{origin}"]}}\n', "utf-8")
    with pytest.raises(ConfigError, match=r"review\.cors.*expected an origin such as"):
        load_config(file, {})


def test_each_person_has_a_token(file: Path) -> None:
    file.write_text(SOURCE + "review: {people: {李雷: peony, Han: lotus 8}}\n", "utf-8")
    assert load_config(file, {}).review.people == {"李雷": "peony", "Han": "lotus 8"}
    variables = {"FUHAN_REVIEW__PEOPLE": "{Han: other}", "FUHAN_REVIEW__TRUSTED_HEADER": "X-User"}
    review = load_config(file, variables).review
    assert (review.people, review.trusted_header) == ({"Han": "other"}, "X-User")


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        pytest.param("people: [a]", "review.people: expected a section", id="a list"),
        pytest.param('people: {" ": geheim}', "expected a name", id="a blank name"),
        pytest.param('people: {Han: ""}', "review.people.Han: expected a token", id="no token"),
        pytest.param("people: {Han: 4711}", "expected a token that is a text", id="a number"),
        pytest.param("people: {Han: geheim, Li: geheim}", "review.people.Li: expected a token of its own", id="one token for two"),
        pytest.param("trusted_header: Cookie", "expected the name of a header", id="a header that is read already"),
        pytest.param('trusted_header: "X User"', "expected the name of a header", id="no header"),
    ],
)  # fmt: skip
def test_mistakes_about_people_name_no_token(file: Path, review: str, expected: str) -> None:
    file.write_text(f"{SOURCE}review: {{{review}}}\n", "utf-8")
    with pytest.raises(ConfigError) as error:
        load_config(file, {})
    (mistake,) = error.value.mistakes
    assert expected in mistake
    assert not {"geheim", "4711"} & {*mistake.replace("'", " ").split()}


def test_an_absolute_path_of_the_database_stays(file: Path) -> None:
    file.write_text(SOURCE + "database: sqlite:////var/fuhan.db\n", "utf-8")
    assert load_config(file, {}).database == "sqlite:////var/fuhan.db"


def test_manners_of_a_source_go_before_those_of_all(file: Path) -> None:
    more = "    delay: 5s\nnew_letters: substantive\ncrawl: {delay: 2s, retries: 1}\n"
    file.write_text(SOURCE + more, "utf-8")
    config = load_config(file, {})
    job = crawl_job(config, config.sources[0])
    assert CrawlJob.from_line(job.to_line()) == job
    assert job.new_letters is Significance.SUBSTANTIVE
    assert (job.source.politeness.delay, job.source.politeness.retries) == (5.0, 1)
    assert (job.database, job.mass, job.confirm) == (config.database, 0.5, 2)


def test_each_source_may_be_asked_in_its_own_way(file: Path) -> None:
    own = '    headers: {X-Key: "a: b"}\n    proxy: socks5h://me:geheim@h\n    tls: legacy\n'
    general = "crawl: {headers: {X-All: x}, proxy: h:3128, ca: city.pem}\n"
    file.write_text(SOURCE + own + general, "utf-8")
    config = load_config(file, {})
    politeness = crawl_job(config, config.sources[0]).source.politeness
    assert politeness.headers == {"X-Key": "a: b"}
    assert (politeness.proxy, politeness.tls) == ("socks5://me:geheim@h:1080", "legacy")
    assert politeness.ca == str(
        file.parent / "city.pem"
    )  # read by who fetches, and by nobody else
    assert config.crawl.proxy == "http://h:3128"


def test_nothing_is_added_where_nothing_is_said(file: Path) -> None:
    file.write_text(SOURCE, "utf-8")
    crawl = load_config(file, {}).crawl
    assert (crawl.headers, crawl.proxy, crawl.ca, crawl.tls) == ({}, None, None, "modern")


def test_a_source_may_go_back_to_the_proxy_of_the_environment(file: Path) -> None:
    file.write_text(SOURCE + "    proxy: null\ncrawl: {proxy: h:3128}\n", "utf-8")
    config = load_config(file, {"ALL_PROXY": "socks5://h"}, fetching=True)
    assert crawl_job(config, config.sources[0]).source.politeness.proxy is None
    with pytest.raises(ConfigError, match=r"^ALL_PROXY: expected http://"):
        load_config(file, {"ALL_PROXY": "socks4://h"}, fetching=True)


def test_headers_and_proxies_may_stand_in_variables(file: Path) -> None:
    file.write_text(SOURCE, "utf-8")
    variables = {"FUHAN_CRAWL__HEADERS": "{X-Key: a}", "FUHAN_CRAWL__PROXY": "http://h"}
    crawl = load_config(file, variables).crawl
    assert (crawl.headers, crawl.proxy) == ({"X-Key": "a"}, "http://h:80")


NO_PEM = [
    pytest.param(None, id="a file that is not there"),
    pytest.param(b"", id="an empty file"),
    pytest.param(b"-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----", id="half of it"),
    pytest.param(bytes(range(256)), id="bytes of another kind"),
]


@pytest.mark.parametrize("content", NO_PEM)
@pytest.mark.parametrize("name", ["city.pem", "sub/city.pem"])
def test_certificates_that_cannot_be_read_are_refused_to_who_fetches(
    file: Path, content: bytes | None, name: str
) -> None:
    (file.parent / "sub").mkdir()
    if content is not None:
        (file.parent / name).write_bytes(content)
    file.write_text(f"{SOURCE}    ca: {name}\n", "utf-8")
    load_config(file, {})
    for who in ({"fetching": True}, {"serving": True}):
        with pytest.raises(ConfigError, match=r"yaml:6: sources\[0\].ca: expected a file of cert"):
            load_config(file, {}, **who)


def test_the_configuration_that_ships_watches_both_channels() -> None:
    config = load_config(Path(__file__).parents[3] / "config.yaml", {}, serving=True)
    assert [source.kind for source in config.sources] == ["proposal", "suggestion"]
    assert all("//fzggw.cq.gov.cn/" in source.listing for source in config.sources)


def test_a_source_may_be_written_on_top_of_another(file: Path) -> None:
    merged = "  - {<<: *city, name: town, obey_robots: no, schedule: {<<: *often, jitter: 1m}}\n"
    anchored = SOURCE.replace("- name", "- &city\n    name") + "    schedule: &often {every: 1h}\n"
    file.write_text(anchored + merged, "utf-8")
    city, town = load_config(file, {}).sources
    assert (city.name, town.name, town.agency) == ("city", "town", city.agency)
    assert (city.obey_robots, town.obey_robots) == (True, False)
    assert (town.schedule.every, town.schedule.jitter) == (
        timedelta(hours=1),
        timedelta(minutes=1),
    )
    file.write_text(anchored.replace("1h", "1:00") + merged, "utf-8")
    with pytest.raises(ConfigError) as refused:
        load_config(file, {})
    assert [line.split(": ")[:2] for line in refused.value.mistakes] == [
        [f"{file}:7", f"sources[{place}].schedule.every"] for place in (0, 1)
    ]
