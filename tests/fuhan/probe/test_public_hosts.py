import json
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict

import pytest

from crawler.job import Politeness
from fuhan.probe.public_hosts import REFUSED, is_public, is_refused
from fuhan.source_desk import hosts_of
from tests.review.browser import Canary


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.3.4", "192.168.1.1",  # noqa: S104
        "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::",
        "::ffff:127.0.0.1", "fe80::1%eth0", "fd00::1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_addresses_that_only_this_machine_reaches_are_refused(address: str) -> None:
    assert not is_public(address)
    assert is_refused(address, known=())


@pytest.mark.parametrize("address", ["1.2.4.8", "240e:1:2::3"])
def test_public_addresses_are_asked(address: str) -> None:
    assert is_public(address)
    assert not is_refused(address, known=())


def test_a_host_of_the_configuration_is_asked_wherever_it_is() -> None:
    known = hosts_of(["http://127.0.0.1:9/list/", "https://Gov.example/"])
    assert known == ["127.0.0.1", "gov.example"]
    assert not is_refused("127.0.0.1", known)
    assert is_refused("127.0.0.2", known)


@pytest.mark.parametrize(
    ("host", "why"),
    [
        pytest.param("127.0.0.1", REFUSED, id="an address"),
        pytest.param("localhost", REFUSED, id="a name, by what it is looked up as"),
        pytest.param("nowhere.invalid", "host not found", id="a name that nobody has"),
    ],
)
def test_a_probe_connects_to_no_address_that_is_not_public(host: str, why: str) -> None:
    canary = Canary()
    url = canary.url.replace("127.0.0.1", host)
    order = {"url": url, "politeness": asdict(Politeness(delay=0, retries=0)), "known": []}
    done = subprocess.Popen(
        [sys.executable, "-m", "fuhan.probe_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with done, closing(canary):
        assert done.stdin
        assert done.stdout
        done.stdin.write(json.dumps(order) + "\n")
        done.stdin.flush()
        said = json.loads(done.stdout.read())
    assert (said["probe"]["entry"], canary.reached) == (None, 0)
    assert why in json.dumps(said)
