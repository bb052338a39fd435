"""A person has a directory watched on a page of the running service, pauses it and crawls it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from replica.compose import compose
from replica.faults import stall
from replica.server import Replica
from tests.fuhan.test_service import base, seen, serving, until
from tests.python_server.command import forked_fuhan

Fuhan = Callable[..., Any]  # the command line, as a shell would call it
CONFIG = """\
review: {port: 0, people: {Lin: peony}}
crawl: {delay: 0, retries: 0}
sources:
  - {name: city, agency: 某市, kind: proposal, listing: "http://127.0.0.1:9/"}
"""


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow none."""


class Person:
    """Somebody who has a token, before the page of sources."""

    def __init__(self, address: str) -> None:
        self._address = f"{address}/sources"
        self._opener = build_opener(_Stay)

    def page(self) -> str:
        return self._ask(None)[1]

    def send(self, **fields: str) -> int:
        """Send a form of the page, and return the status of the answer."""
        found = re.search(r'name="form" value="([^"]+)"', self.page())
        assert found
        return self._ask({"form": found[1], **fields})[0]

    def row(self, name: str) -> str | None:
        """Return the words of a source's row; None where there is none."""
        found = re.search(rf'<tr id="source-{name}">(.*?)</tr>', self.page(), re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else None

    def _ask(self, form: dict[str, str] | None) -> tuple[int, str]:
        headers = {"Authorization": "Bearer peony", "Accept-Language": "en"}
        body = urlencode(form).encode() if form else None
        try:
            asked = Request(self._address, body, headers)  # noqa: S310 - our own loopback
            with self._opener.open(asked, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()


def test_a_directory_is_watched_paused_and_kept_when_the_file_changes(
    fuhan: Fuhan, folder: Path
) -> None:
    (folder / "config.yaml").write_text(CONFIG, "utf-8")
    with Replica(compose(letters=6, suggestions=2)) as replica, serving(folder, *forked_fuhan()):
        person = Person(base(folder))
        url = replica.listing("proposal")
        assert person.send(act="probe", url=url) == 303
        assert until(lambda: "can be watched" in person.page())
        assert person.send(act="add", url=url, name="new", agency="某委", kind="proposal") == 303
        assert person.row("new")
        assert seen(folder, "new is watched\n")
        assert seen(folder, "crawl of new: complete")
        assert person.send(act="crawl", source="new") == 303
        assert seen(folder, "crawl of new: complete", times=2)
        assert person.send(act="pause", source="new") == 303
        assert "paused by Lin" in (person.row("new") or "")
        (folder / "config.yaml").write_text(CONFIG.replace("city", "town"), "utf-8")
        assert seen(folder, "the configuration was read again")
        assert until(lambda: person.row("town") is not None)
        assert "paused by Lin" in (person.row("new") or "")
        assert person.send(act="crawl", source="new") == 409
        fuhan("sources", "resume", "new")  # from another process: taken up all the same
        assert seen(folder, "new is watched\n", times=2)
        assert until(lambda: "Pause" in (person.row("new") or ""))


def test_a_probe_ends_with_the_service(folder: Path) -> None:
    (folder / "config.yaml").write_text(CONFIG, "utf-8")
    replica = Replica(compose(letters=6, suggestions=2))
    replica.faults.add("tagk_53512/$", stall())
    with replica as served, serving(folder, *forked_fuhan()) as service:
        person = Person(base(folder))
        assert person.send(act="probe", url="http://192.168.0.1/") == 303
        assert until(lambda: "not of the public network" in person.page())
        assert person.send(act="probe", url=served.listing("proposal")) == 303
        assert "Being checked" in person.page()
        service.terminate()
        assert service.wait(120) == 0
    assert seen(folder, " INFO ended")
