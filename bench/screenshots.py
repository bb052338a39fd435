"""Takes the pictures of pages in docs/pictures, in a real browser: python -m bench.screenshots [FOLDER].

Archive, letters and clock are composed (bench/pictured_archive.py): on one machine the pictures are the
same each time, and no real page is on any of them.
"""

import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Self
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page

from bench.pictured_archive import AGENCY, FIRST, LISTING, NOW, SOURCE, make_archive
from letters.change import Category, ChangeKind
from letters.review import ReviewState
from review.app import create_app
from review.report import build
from review.settings import ReviewSettings, WatchedSource
from review.site.write_site import SiteOptions, write_site
from storage import queries
from storage.database.archive import Archive
from storage.queries import ChangeFilter
from tests.review.browser import chromium, serving
from tests.review.conftest import ServiceBeside

FOLDER: Final = Path(__file__).parents[1] / "docs" / "pictures"
ZONE: Final = ZoneInfo("Asia/Shanghai")
PEOPLE: Final = {"李雷": "of a loopback that ends with the pictures"}
_COLOURS = 48  # of a picture: pages have few
_PRINTED = 1.2  # pixels for each point of a printed page


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what it is of, and how it is looked at."""

    name: str  # of its file, without -zh or -en
    path: str  # of the page, with {change}, {letter} …; or of a file: report, site
    width: int = 1280
    height: int = 800
    scheme: Any = "light"
    is_printed: bool = False
    languages: tuple[str, ...] = ("zh",)

    @property
    def is_phone(self) -> bool:
        """Whether it is of a phone."""
        return self.width < 500


_BOTH = ("zh", "en")
_PHONE: Final[dict[str, Any]] = {"width": 390, "height": 844}
SHOTS: Final = (
    Shot("home", "/", languages=_BOTH),
    Shot("review", "/review?at={change}", languages=_BOTH),
    Shot("change", "/changes/{change}", height=1000, languages=_BOTH),
    Shot("changes", "/changes"),
    Shot("letters", "/letters?search=确保"),
    Shot("letter", "/letters/{letter}", height=1100),
    Shot("diff", "/letters/{letter}/diff/1..2?view=sides"),
    Shot("crawls", "/crawls?source={source}", height=1000),
    Shot("not-understood", "/changes?kind=eaten", height=560, languages=("en",)),
    Shot("sign-in", "/login", height=460),
    Shot("report", "report", height=1100, languages=_BOTH),
    Shot("site", "site", languages=_BOTH),
    Shot("home-phone", "/", **_PHONE),
    Shot("review-phone", "/review?at={change}", **_PHONE, languages=_BOTH),
    Shot("change-phone", "/changes/{change}", **_PHONE),
    Shot("letters-phone", "/letters", **_PHONE),
    Shot("review-dark", "/review?at={change}", scheme="dark"),
    Shot("crawls-dark", "/crawls?source={source}", height=1000, scheme="dark"),
    Shot("change-print", "/changes/{withdrawn}", is_printed=True),
    Shot("report-print", "report", is_printed=True),
)


class _Clock(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(NOW.timestamp(), tz)


@contextmanager
def _standing_clock() -> Iterator[None]:
    """Let it be NOW for all pages."""
    modules = [module for name, module in sys.modules.items() if name.startswith("review.")]
    with ExitStack() as stack:
        for module in modules:
            if vars(module).get("datetime") is datetime:
                stack.enter_context(patch.object(module, "datetime", _Clock))
        yield


def main(folder: Path) -> None:
    """Take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as work, closing(make_archive(Path(work))) as archive:
        source = WatchedSource(SOURCE, AGENCY, "proposal", LISTING)
        settings = ReviewSettings(people=PEOPLE, sources=(source,), timezone=ZONE)
        service = ServiceBeside(runs={SOURCE: NOW + timedelta(hours=3)})
        with (
            _standing_clock(),
            serving(create_app(archive, settings, service)) as base,
            chromium() as browser,
        ):
            addresses = _addresses(archive, Path(work), base)
            for shot in SHOTS:
                for language in shot.languages:
                    picture = _take(browser, shot, language, addresses(shot.path, language))
                    _write(folder / f"{shot.name}-{language}.png", picture)


def _addresses(archive: Archive, work: Path, base: str) -> Any:
    """Return what gives the address of a page in a language."""
    write_site(archive, work / "site", SiteOptions(ReviewState.ACCEPTED, ZONE))
    values = {"source": SOURCE, **_ids(archive)}

    def address(path: str, language: str) -> str:
        if path == "report":
            return _report(archive, work, language).as_uri()
        if path == "site":
            at = work / "site" / ("en" if language == "en" else "") / "index.html"
            return at.as_uri()
        asked = path.format(**values)
        return f"{base}{asked}{'&' if '?' in asked else '?'}lang={language}"

    return address


def _ids(archive: Archive) -> dict[str, int]:
    """Return which change and letters the pictures are of: a promise that was weakened, and one gone."""
    with archive.reading() as connection:
        changes = list(queries.changes(connection, ChangeFilter(baseline=False)))
    weakened = next(
        each
        for each in changes
        if any(edit.category is Category.COMMITMENT for edit in each.edits)
    )
    gone = next(each for each in changes if each.kind is ChangeKind.WITHDRAWN)
    return {"change": weakened.id, "letter": weakened.letter.id, "withdrawn": gone.id}


def _report(archive: Archive, work: Path, language: Any) -> Path:
    file = work / f"report-{language}.html"
    options: Any = {"since": FIRST, "until": None, "format": "html", "now": NOW, "timezone": ZONE}
    file.write_text(build(archive, **options, language=language), "utf-8")
    return file


def _take(browser: Browser, shot: Shot, language: str, address: str) -> Image.Image:
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=2 if shot.is_phone else 1,
        is_mobile=shot.is_phone,
        color_scheme=shot.scheme,
        locale="zh-CN" if language == "zh" else "en-GB",
        reduced_motion="reduce",
    )
    if shot.path != "/login":
        token = PEOPLE["李雷"]
        context.set_extra_http_headers({"Authorization": f"Bearer {token}"})
    page = context.new_page()
    page.goto(address.replace("/login?", "/changes?"))
    page.evaluate(_LOAD_PICTURES)
    picture = _printed(page) if shot.is_printed else Image.open(io.BytesIO(page.screenshot()))
    context.close()
    return picture


_LOAD_PICTURES = """async () => {
    for (const each of document.images) each.loading = "eager";
    await Promise.all([...document.images].map(each => each.decode()));
    await document.fonts.ready;
}"""


def _printed(page: Page) -> Image.Image:
    """Return the first page as it is printed on A4."""
    with closing(pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))) as pdf:
        picture: Image.Image = pdf[0].render(scale=_PRINTED).to_pil()
        return picture


def _write(file: Path, picture: Image.Image) -> None:
    quantised = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    quantised.save(file, optimize=True)
    sys.stderr.write(f"{file.name} {file.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
