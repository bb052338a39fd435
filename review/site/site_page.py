"""One page of a site: where it is, and how it links to others by relative addresses."""

from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from review.languages import Language
from review.rendering import render
from review.translator import Translator

# Under which folder each language's pages are.
FOLDERS: Final[dict[Language, str]] = {"zh": "", "en": "en/"}


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page is: the same path below the folder of each language."""

    language: Language
    path: str  # with /, as changes/12.html

    @property
    def file(self) -> str:
        """The path below the folder of the site."""
        return f"{FOLDERS[self.language]}{self.path}"

    @property
    def home(self) -> str:
        """The relative address of the folder of its language: "" or ../ once or more."""
        return "../" * self.path.count("/")

    @property
    def root(self) -> str:
        """The relative address of the folder of the site."""
        return "../" * self.file.count("/")

    @property
    def in_other_language(self) -> str:
        """The relative address of the same page in the other language."""
        other: Language = "en" if self.language == "zh" else "zh"
        return f"{self.root}{FOLDERS[other]}{self.path}"


def render_page(template: str, place: PagePlace, zone: ZoneInfo, **values: Any) -> str:
    """Return a template of `review/templates/site`, filled in."""
    translator = Translator(place.language, zone)
    return render(f"site/{template}", place=place, translator=translator, **values)
