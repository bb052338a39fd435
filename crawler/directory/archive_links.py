"""Links to lists of older letters, beside a directory's rows: 往年提案, 2019年以前."""

import re
from collections.abc import Container

from selectolax.lexbor import LexborHTMLParser

from crawler.directory.link_targets import is_document_url, target_of
from crawler.directory.pager_links import page_key
from letters.text import squashed
from letters.urls import is_same_site, url_key

_ARCHIVE = re.compile(
    r"[\[［(（【]?(?:往[年届期]|历[年届史]|以往|过往|既往|归档|存档|更早|(?:19|20)\d\d年?度?(?:及|[之以])*前"
    r"|(?:19|20)\d\d年?[-–—~至到](?:19|20)\d\d年?)"
    r"(?:的|人大|政协|代表|委员|建议|提案|议案|答复|回复|复函|办理|公开|情况|结果|信息|列表|栏目|归档|存档|数据|[和与及、])*"
    r"[>»›…\]］)）】]*"
)
_LONGEST = 24  # code points of a link's words
_MOST = 6  # such lists of one directory


def archive_links(tree: LexborHTMLParser, base: str, letters: Container[str]) -> tuple[str, ...]:
    """Return the URLs of a page's lists of older letters; `letters` are the keys of its rows."""
    urls: dict[str, None] = {}
    for anchor in tree.css("a[href]"):
        words = squashed(anchor.text())
        if len(words) > _LONGEST or not _ARCHIVE.fullmatch(words):
            continue
        url = target_of(anchor, base)
        if url is None or url_key(url) in letters or page_key(url) == page_key(base):
            continue
        if is_same_site(url, base) and not is_document_url(url):
            urls[url] = None
    return tuple(urls)[:_MOST]
