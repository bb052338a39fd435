"""A probe says of a page that lists no letters that it does not, even where its pages can be read."""

import asyncio
from datetime import UTC, datetime

import pytest

from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from fuhan.probe.listing_probe import Probe, probe_listing
from fuhan.probe.report import lines
from replica.directories.composed_site import ComposedSite
from replica.directories.table import DIRECTORIES
from replica.scripted_lists import LISTS
from tests.fuhan.probe.composed_pages import DIRECTORY, HOME, Web
from tests.fuhan.probe.test_listing_pages import ScriptedWeb

TEXT = (
    "<p>会议强调，要抓好重点工作的落实，压实责任，按时完成全年目标任务，并及时向社会公开进展。</p>"
    * 4
)
NEWS = {f"{HOME}zw/202406/t20240601_10{n}.html": f"全市召开第{n}次专题会议" for n in range(10, 16)}
TITLED = "<meta name='ArticleTitle' content='{0}'><h1>{0}</h1><div class='TRS_Editor'>{1}</div>"


class Site(Web):
    """A web without robots.txt."""

    async def robots(self, _: str) -> str:
        return "there is no robots.txt: all is allowed"


def probed(page: str, **others: str) -> Probe:
    pages = {url: TITLED.format(title, TEXT) for url, title in NEWS.items()}
    site = Site({f"{HOME}zw/": page} | pages | others)
    return asyncio.run(probe_listing(site, f"{HOME}zw/", lambda _: None))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        pytest.param(
            "<ul>" + "".join(f"<li><a href='{u}'>{t}</a></li>" for u, t in NEWS.items()) + "</ul>",
            "it is no directory of letters: it lists such as 全市召开第10次专题会议",
            id="news",
        ),
        pytest.param(
            TITLED.format("某局关于第0107号提案的复函", TEXT),
            "it is the page of one document, no directory: 某局关于第0107号提案的复函",
            id="a letter",
        ),
    ],
)
def test_a_page_that_lists_no_letters_can_t_be_watched(page: str, reason: str) -> None:
    probe = probed(page)
    assert not probe.is_watchable
    assert next(lines(probe)) == f"{HOME}zw/ can't be watched: {reason}"


def test_a_directory_is_no_such_page() -> None:
    assert probed(DIRECTORY).lists_letters


class ScriptedProbe(ScriptedWeb):
    """A site whose lists are filled by interfaces."""

    async def robots(self, _: str) -> str:
        return "robots.txt allows it"

    async def fetch(self, url: str) -> Snapshot:
        return await self.ask(InterfaceRequest("GET", url))


def test_size_and_pager_of_a_list_are_those_of_its_interface() -> None:
    web = ScriptedProbe()
    url = HOME.rstrip("/") + LISTS["jpaas"].listing
    probe = asyncio.run(probe_listing(web, url, lambda _: None))  # type: ignore[arg-type]
    said = {line[:14].strip(): line[14:] for line in lines(probe)}
    total = probe.directory.walked.total_rows
    assert said["size"] == f"{total} letters, as the interface says"
    assert said["pager"].startswith("of the interface, of which 2 answers were read; it ")
    assert said["in the way"] == "nothing"


class ComposedProbe:
    """A composed site, asked in this process."""

    def __init__(self, name: str) -> None:
        self.site = ComposedSite(DIRECTORIES[name])

    async def robots(self, _: str) -> str:
        return "robots.txt allows it"

    async def ask(self, request: InterfaceRequest) -> Snapshot:
        path = f"/{request.url.removeprefix(HOME)}"
        answer = self.site.answer(request.method, path, request.body)
        kind = {"content-type": answer.content_type}
        return Snapshot(
            request.url, request.url, answer.status, kind, answer.body, datetime.now(UTC)
        )

    async def fetch(self, url: str) -> Snapshot:
        return await self.ask(InterfaceRequest("GET", url))


POSTED = f"a form; page 2 is asked for by POST {HOME}zwgk/tagk/"


@pytest.mark.parametrize(
    ("name", "pager", "in_the_way"),
    [
        ("form", f"{POSTED} with pageNo=2, which was read", "nothing"),
        (
            "grid-view",
            f"{POSTED} with __EVENTTARGET=GridView1, __EVENTARGUMENT=Page$2, which was read",
            "nothing",
        ),
        ("form-next", f"{POSTED}, which was read", "nothing"),
        (
            "form-broken",
            f"{POSTED} with pageNo=2",
            "page 2, which a form asks for: HTTP 500",
        ),
        (
            "form-captcha",
            "none that leads on",
            "its pager is a script: 2 gotoPage(2); 1 pages were read",
        ),
    ],
)
def test_a_pager_that_posts_a_form_is_said_to_with_what_it_posts(
    name: str, pager: str, in_the_way: str
) -> None:
    listing = f"{HOME}zwgk/tagk/"
    probe = asyncio.run(
        probe_listing(ComposedProbe(name), listing, lambda _: None)  # type: ignore[arg-type]
    )
    said = {line[:14].strip(): line[14:] for line in lines(probe)}
    assert (said["pager"], said["in the way"]) == (pager, in_the_way)
    assert len(probe.directory.served) == (1 if name == "form-captcha" else 2)
