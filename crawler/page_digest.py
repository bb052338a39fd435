"""Whether a page is the one that was read the last time: then it says what it said, unread."""

import hashlib
import json
from functools import cache
from importlib.metadata import version

from crawler.http.snapshot import Snapshot
from crawler.page.reader import PageReader
from letters.addresses import KnownAddress
from letters.letter import Letter


def page_digest(
    address: KnownAddress,
    snapshot: Snapshot,
    reader: PageReader,
    letter: Letter,
    *,
    is_listed: bool,
) -> str | None:
    """Return the sha256 over all on which the reading of a page depends, and over what was read.

    Where it is the same, the page is not read again: another release, parser or setting of the
    site makes another digest. None where a page does not say it all by itself: its letter goes
    on elsewhere, or has files.
    """
    if snapshot.further or letter.attachments:
        return None
    values = (
        *(_release(), reader.label, reader.kind.value, is_listed),
        *(address.url, address.listed_title),
        *(snapshot.status, snapshot.url, snapshot.final_url, snapshot.content_type),
        *(hashlib.sha256(snapshot.body).hexdigest(), letter.digest()),
    )
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


@cache
def _release() -> str:
    return version("fuhan")
