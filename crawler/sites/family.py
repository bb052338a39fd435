"""A family of sites that share a CMS: where its pages have title, date and body."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """A content management system as its public pages show it. Selectors in order of trust."""

    name: str
    page: re.Pattern[str]  # matches within the path of a letter's URL
    bodies: tuple[str, ...]  # CSS of the element that holds the body and nothing else
    titles: tuple[str, ...]  # CSS of the visible title
    dates: tuple[str, ...]  # CSS of an element whose text holds the page's date
    titled: bool = True  # the <title> element names the page, not its channel
