"""Every page in a real browser, whichever there are: for who can't see it, on a phone, enlarged."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from letters.review import Decision, ReviewState
from review.app import all_routes, create_app
from review.languages import LANGUAGES
from review.report import build
from review.settings import ReviewSettings
from review.site.write_site import SiteOptions, write_site
from storage import queries
from storage.database.archive import Archive, open_archive
from storage.facts.reviews import add_review
from storage.queries import ChangeFilter
from tests.archive_copy import archive_url, copy_archive, new_archive
from tests.review.browser import chromium, needs_chromium, serving
from tests.review.conftest import SOURCE, ZONE, ServiceBeside
from tests.review.desk_beside import PROBED, DeskBeside

pytestmark = [needs_chromium, pytest.mark.sqlite("a browser is shown the same pages")]
PEOPLE = {"李雷": "peony"}
EMPTY = "/empty"  # under which an archive is served in which nothing is recorded
# What the routes with parameters are tried with; {change} and {letter} are some of the archive.
FILLED = {
    "/changes": ["/changes?limit=8", "/changes?text=无此词句", "/changes?limit=3&kind=edited&since=7d&category=figure"],
    "/changes/{id:int}": ["/changes/{change}", "/changes/{withdrawn}", "/changes/{change}?view=sides"],
    "/alarms": ["/alarms?state=standing"],
    "/crawls": ["/crawls?source=demo"],
    "/letters": ["/letters?limit=5&search=确保"],
    "/letters/{id:int}": ["/letters/{letter}"],
    "/letters/{id:int}/diff": [],  # it leads on to the next one
    "/letters/{id:int}/diff/{a}..{b}": [
        "/letters/{letter}/diff/1..2", "/letters/{letter}/diff/1..2?view=sides",
    ],
    "/letters/{id:int}/versions/{number}": ["/letters/{letter}/versions/1"],
    "/letters/{id:int}/versions/{number}/served": ["/letters/{letter}/versions/1/served"],
    "/letters/{id:int}/versions/{number}/page": [],  # a stranger's page
    "/review": ["/review?limit=5&kind=edited", "/review?tag=none"],
}  # fmt: skip
FILES = {"/changes/{id:int}/evidence.zip", "/letters/{id:int}/files/{sha256}"}
OF_PROGRAMS = ("/api/", "/pictures/", "/feed", "/metrics", "/healthz", "/static")
REFUSED = ["/changes/999999", "/letters/1/versions/99", "/nowhere", "/changes?kind=eaten", "/changes?since=x"]  # fmt: skip
STARTED = [
    "/",
    "/changes",
    "/letters",
    "/crawls",
    "/alarms",
    "/review",
    "/sources",
]  # of an archive that is empty


DESKTOP, PHONE = 1280, 390


@pytest.fixture(scope="module", name="chromium")
def start_chromium(two_nights: Path) -> Iterator[Browser]:
    assert two_nights.is_dir()  # made before: no crawl can be run beside a loop of Playwright's
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def decided(two_nights: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Return an archive in which some changes were decided on."""
    file = tmp_path_factory.mktemp("looked") / "fuhan.db"
    copy_archive(two_nights / "fuhan.db", file)
    with closing(open_archive(archive_url(file), create=False)) as archive:
        for each, state in zip(news(archive), ReviewState, strict=False):
            with archive.writing() as connection:
                decision = Decision(state, "问过经办人", ("住建",))
                add_review(connection, each.id, decision, "李雷", datetime.now(UTC))
        yield archive


def news(archive: Archive) -> list[Any]:
    with archive.reading() as connection:
        return list(queries.changes(connection, ChangeFilter(baseline=False)))


def settings(base: str = "/") -> ReviewSettings:
    return ReviewSettings(base=base, people=PEOPLE, sources=(SOURCE,), timezone=ZONE)


@pytest.fixture(scope="module")
def served(decided: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with closing(new_archive(tmp_path_factory.mktemp("empty") / "fuhan.db")) as nothing:
        full, empty = (
            create_app(archive, settings(base), ServiceBeside("占用"), DeskBeside(PROBED))
            for archive, base in ((decided, "/"), (nothing, EMPTY))
        )

        async def either(scope: Scope, receive: Receive, send: Send) -> None:
            app = empty if scope["path"].startswith(f"{EMPTY}/") else full
            await app(scope, receive, send)

        with serving(either) as base:
            yield base


def page_routes(archive: Archive) -> list[str]:
    """Return the paths of all pages, with their parameters."""
    routes = all_routes(archive, settings(), ServiceBeside())
    paths = [
        each.path for each in routes if isinstance(each, Route) and "GET" in (each.methods or ())
    ]
    return [path for path in paths if not path.startswith(OF_PROGRAMS) and path not in FILES]


@pytest.fixture(scope="module")
def paths(decided: Archive) -> list[str]:
    """Return a path of each page that there is, however it came there."""
    changes = news(decided)
    edited = next(each for each in changes if each.kind == "edited" and each.to_version == 2)
    withdrawn = next(each for each in changes if each.kind == "withdrawn")
    values = {"change": edited.id, "withdrawn": withdrawn.id, "letter": edited.letter.id}
    shown = [
        path.format(**values) for each in page_routes(decided) for path in FILLED.get(each, [each])
    ]
    assert {"/", *FILLED} <= set(page_routes(decided))
    assert not [path for path in shown if "{" in path], (
        "say in FILLED what a new page is tried with"
    )
    return [*shown, *REFUSED, *(f"{EMPTY}{path}" for path in STARTED)]


@pytest.fixture(scope="module")
def files(decided: Archive, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the addresses of pages that are files, by language: reports, and the public site."""
    folder = tmp_path_factory.mktemp("files")
    write_site(decided, folder / "site", SiteOptions(ReviewState.OPEN, ZONE))
    change = next((folder / "site" / "changes").glob("*.html")).name
    addresses: dict[str, list[str]] = {}
    for language in LANGUAGES:
        report = folder / f"{language}.html"
        values: dict[str, Any] = {"since": None, "until": None, "format": "html"}
        report.write_text(
            build(decided, **values, language=language, timezone=ZONE, now=datetime.now(UTC)),
            "utf-8",
        )
        site = folder / "site" / ("en" if language == "en" else "")
        pages = ["index.html", "search.html", f"changes/{change}", "sources/demo.html"]
        addresses[language] = [
            each.as_uri() for each in (report, *(site / page for page in pages))
        ]
    return addresses


@pytest.mark.parametrize(
    ("language", "width", "width_in_the_dark"), [("zh", DESKTOP, PHONE), ("en", PHONE, DESKTOP)]
)
def test_axe_finds_nothing_serious_and_no_page_scrolls_sideways(
    served: str,
    decided: Archive,
    paths: list[str],
    files: dict[str, list[str]],
    chromium: Browser,
    language: str,
    width: int,
    width_in_the_dark: int,
) -> None:
    """Both languages and both widths, in the light and in the dark: each with each of the others."""
    addresses = [f"{served}{path}{'&' if '?' in path else '?'}lang={language}" for path in paths]
    context = chromium.new_context(extra_http_headers={"Authorization": "Bearer peony"})
    page, found = context.new_page(), {}

    def look_at(name: str) -> None:
        show(page, width, "light")
        found[name] = serious(page)
        show(page, width_in_the_dark, "dark")
        found[name] += [*serious(page, ["color-contrast", "scrollable-region-focusable"])]
        found[name] += too_wide(page)

    for address in [*addresses, *files[language]]:
        page.goto(address)
        look_at(address)
    meet_a_decision_of_somebody_else(page, f"{served}/review?lang={language}", decided)
    look_at("decided meanwhile")
    context.set_extra_http_headers({})  # nobody is known: each page asks for a token
    page.goto(f"{served}/changes?lang={language}")
    look_at("sign in")
    page.fill("input[name=token]", "wrong")
    page.click("main button")
    page.wait_for_selector("[role=alert]")
    look_at("wrong token")
    context.close()
    assert {name: each for name, each in found.items() if each} == {}


def meet_a_decision_of_somebody_else(page: Page, address: str, archive: Archive) -> None:
    """Decide on a change on which somebody else decided since the page was opened."""
    page.goto(address)
    shown = page.locator("#decision [name=change]").input_value()
    with archive.writing() as connection:
        other = Decision(ReviewState.FLAGGED, "先问一下")
        add_review(connection, int(shown.partition(":")[0]), other, "Han", datetime.now(UTC))
    page.click(".bar .accepted")
    page.wait_for_selector("main .conflict")


def show(page: Page, width: int, scheme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)


def serious(page: Page, rules: list[str] | None = None) -> list[Any]:
    """Return what axe calls serious or worse, each with some of the places."""
    options = {"iframes": False, "resultTypes": ["violations"]}
    violations = Axe().run(page, options=options | ({"runOnly": rules} if rules else {}))
    return [
        (each["id"], [node["html"][:160] for node in each["nodes"]][:3])
        for each in violations.response["violations"]
        if each["impact"] in {"serious", "critical"}
    ]


def too_wide(page: Page) -> list[str]:
    """Return at which widths the page scrolls sideways: a phone, a small one, half a desktop.

    That half is what a page has that is enlarged to 200 %.
    """
    wide = []
    for width in (PHONE, 320, DESKTOP // 2):
        page.set_viewport_size({"width": width, "height": 844})
        if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
            wide.append(f"{needed} pixels at {width}")
    return wide
