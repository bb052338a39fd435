"""One composed directory: of what it is made, and what a watcher must make of it."""

from dataclasses import dataclass
from enum import StrEnum

from replica.directories.form_pagers import FORM_PAGERS
from replica.directories.pagers import PAGERS, DirectoryPager
from replica.scripted_lists import LISTS

CHANNEL = "/zwgk/tagk/"


class Expected(StrEnum):
    """What a crawl of a directory must be."""

    COMPLETE = "complete"
    PARTIAL = "partial"  # with the sign of what was not read
    REFUSED = "refused"  # a probe ends with 3 and the reason


@dataclass(frozen=True, slots=True)
class ComposedDirectory:
    """A directory by the names of its parts, each a key of a table of this folder."""

    name: str
    address: str = "plain"
    pager: str = "none"
    template: str = "heading_and_box"
    layout: str = "list"
    before: tuple[str, ...] = ()  # what is on its pages above the rows
    after: tuple[str, ...] = ()
    interface: str | None = None  # a script of that system asks for the rows
    page: str | None = None  # what stands in place of a directory
    file: str | None = None  # the first two letters bring one of that kind
    charset: str = "utf-8"
    is_titled_by_subject: bool = False  # else by session and number
    letters: int = 12  # the newest of which is listed later than the others
    size: int = 5  # rows of a page
    robots: str = "User-agent: *\nAllow: /\n"
    expected: Expected = Expected.COMPLETE
    sign: str = ""  # what a crawl or probe quotes where it is not complete
    lists_all: bool = False  # though it is in part: it counts more than it has

    @property
    def listing(self) -> str:
        """Return the path of its first page, with the fragment that names the channel."""
        return LISTS[self.interface].listing if self.interface else CHANNEL

    @property
    def is_listed_whole(self) -> bool:
        """Return whether all its letters are listed, else those of its first page alone."""
        return self.lists_all or self.expected is Expected.COMPLETE

    @property
    def way_on(self) -> DirectoryPager:
        """Return its pager."""
        return (PAGERS | FORM_PAGERS)[self.pager]
