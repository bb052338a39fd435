"""The ledger's heads are stamped by a real authority: openssl's, made for the test."""

import shutil
import subprocess
from pathlib import Path

import pytest

from fuhan.timestamp import write_request

HEADS = {"suggestions": "b" * 64, "proposals": "a" * 64}
CONFIG = """
[tsa]
default_tsa = here
[here]
serial = ./serial
signer_cert = ./tsa.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
"""


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not there to stamp anything")
    (tmp_path / "tsa.cnf").write_text(CONFIG)
    (tmp_path / "serial").write_text("01")
    subject = ["-subj", "/CN=A clock", "-keyout", "tsa.key", "-out", "tsa.pem", "-nodes"]
    usage = ["-addext", "extendedKeyUsage=critical,timeStamping"]
    openssl(tmp_path, "req", "-x509", "-newkey", "rsa:2048", *subject, *usage)
    return tmp_path


def openssl(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["openssl", *words], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout + done.stderr


def test_a_request_is_stamped_and_the_stamp_holds_for_the_heads(authority: Path) -> None:
    beside = write_request(authority / "heads.tsq", HEADS)
    assert beside.read_text() == f"proposals {'a' * 64}\nsuggestions {'b' * 64}\n"
    reply = ["-queryfile", "heads.tsq", "-out", "heads.tsr", "-config", "tsa.cnf"]
    openssl(authority, "ts", "-reply", *reply)
    check = ["-in", "heads.tsr", "-CAfile", "tsa.pem"]
    told = openssl(authority, "ts", "-verify", "-data", beside.name, *check)
    assert "Verification: OK" in told
    beside.write_text(beside.read_text().replace("a", "c", 1))
    with pytest.raises(subprocess.CalledProcessError):
        openssl(authority, "ts", "-verify", "-data", beside.name, *check)
