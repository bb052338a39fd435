"""Request a time stamp over the ledger's heads. The only module that knows rfc3161-client."""

from collections.abc import Mapping
from pathlib import Path

from rfc3161_client import HashAlgorithm, TimestampRequestBuilder


def write_request(file: Path, heads: Mapping[str, str]) -> Path:
    """Write a request for a time stamp (RFC 3161) to `file` and return the file of the heads.

    The heads, a line each, stand beside it: they are what the authority stamps, by their
    sha256, and what its reply must be checked against. Raises OSError.
    """
    lines = "".join(f"{source} {head}\n" for source, head in sorted(heads.items())).encode()
    heads_file = file.with_suffix(".txt")
    request = (
        TimestampRequestBuilder()
        .data(lines)
        .hash_algorithm(HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    heads_file.write_bytes(lines)
    file.write_bytes(request.as_bytes())
    return heads_file
