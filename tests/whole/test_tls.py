"""Certificates are verified, whatever is believed beside the system's and however old the TLS."""

from pathlib import Path

import pytest

from tests.whole.certificates import Authority, aged, authority, can_be_aged, without_certificate
from tests.whole.network import fetched, listening, over_tls, says
from tests.whole.sites import crawl, job, reasons, serve


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("authority"))


def test_a_site_of_an_authority_of_its_own_is_read_where_that_is_believed(
    tmp_path: Path, own: Authority
) -> None:
    with serve(tls=own.issue("site")) as site:
        refused = crawl(job(tmp_path, site.listing))
        assert refused["outcome"] == "failed"
        (reason,) = reasons(refused)
        assert "its certificate is of an authority that is not believed" in reason
        assert site.log == []
        believed = crawl(job(tmp_path, site.listing, ca=own.ca))
    assert (believed["outcome"], believed["fetched"]) == ("complete", 2)


def test_the_systems_certificates_are_believed_too(own: Authority, tmp_path: Path) -> None:
    other = authority(tmp_path, "other")
    with (
        serve(tls=own.issue("a")) as first,
        serve(tls=other.issue("b")) as second,
    ):
        urls = {"system": first.listing, "given": second.listing}
        system = {"SSL_CERT_FILE": own.ca}  # stands for the machine's own
        assert fetched(urls, system, ca=other.ca) == {"system": 200, "given": 200}


@pytest.mark.parametrize("tls", ["modern", "legacy"])
def test_neither_way_of_tls_takes_a_certificate_of_another_host(own: Authority, tls: str) -> None:
    cases = {
        "another name": own.issue("other", ["www.example"]),
        "no name": own.issue("localhost", []),
        "another address": own.issue("address", ["127.0.0.2"]),
        "expired": own.issue("expired", valid=(-9, -1)),
        "itself": own.issue("self", itself=True),
    }
    for name, context in cases.items():
        with listening(over_tls(context, says(b"HTTP/1.1 200 OK\r\n\r\n"))) as port:
            urls = {"name": f"https://localhost:{port}/", "address": f"https://127.0.0.1:{port}/"}
            for reason in fetched(urls, ca=own.ca, tls=tls).values():
                assert str(reason).startswith("its certificate "), (name, reason)


@pytest.mark.skipif(not can_be_aged(), reason="the OpenSSL of this machine serves no old TLS")
def test_old_tls_is_spoken_where_it_is_asked_for(tmp_path: Path, own: Authority) -> None:
    with serve(tls=aged(own.issue("old"))) as site:
        refused = crawl(job(tmp_path, site.listing, ca=own.ca))
        assert refused["outcome"] == "failed"
        assert "too old a TLS (tls: legacy allows what is older)" in reasons(refused)[0]
        assert site.log == []
        taken = crawl(job(tmp_path, site.listing, ca=own.ca, tls="legacy"))
        assert (taken["outcome"], taken["fetched"]) == ("complete", 2)
        unproved = crawl(job(tmp_path, site.listing, tls="legacy"))
        assert "its certificate is of an authority" in reasons(unproved)[0]


def test_a_modern_site_is_read_by_legacy_too(own: Authority) -> None:
    with serve(tls=own.issue("modern")) as site:
        assert fetched({"page": site.listing}, ca=own.ca, tls="legacy") == {"page": 200}


def test_nobody_unproved_is_believed_for_offering_a_cipher_without_a_certificate() -> None:
    with listening(over_tls(without_certificate(), says(b"HTTP/1.1 200 OK\r\n\r\n"))) as port:
        reason = fetched({"page": f"https://localhost:{port}/"}, tls="legacy")["page"]
    assert reason == "no TLS in common"
