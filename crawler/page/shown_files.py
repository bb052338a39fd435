"""Files that a body shows in place of words: embedded documents and scans."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborNode

from letters.text import squashed

SMALLEST = 100  # pixels; what is narrower or lower is no scan of a letter

FILE_KINDS = r"pdf|docx?|xlsx?|pptx?|wps|et|zip|rar|7z|ofd|txt|csv"
# The name of a document's file at the end of a path, or of a value in a query.
DOCUMENT = re.compile(rf"\.(?:{FILE_KINDS})(?:[?#&;]|$)", re.IGNORECASE)
_FRAMES = "embed[src], object[data], iframe[src], frame[src], object param[value]"
_PARAMETERS = {"src", "movie", "filename", "file", "url"}  # of an object
_VIEWED = {"file", "fileurl", "url", "src", "path", "filepath", "pdf", "pdfurl"}  # of a viewer
_SCRIPTED = re.compile(r"""["']([^"'\s<>]+\.(?:pdf|ofd)(?:\?[^"'\s<>]*)?)["']""", re.IGNORECASE)
_GIVEN = "input[value], [data-pdf], [data-url], [data-file], [data-href], [data-path], [data-src]"
_SHOWABLE = re.compile(r"\.(?:pdf|ofd)(?:[?#]|$)", re.IGNORECASE)
_DECORATION = re.compile(
    r"icon|\bico\b|qr_?code|qrcode|\bqr|ewm|erweima|二维码|logo|share|btn|button|arrow|blank|spacer|"
    r"pixel|loading|weixin|wechat|weibo|print|close|banner|filetype",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*(\d+)(?:\.\d+)?px", re.IGNORECASE)
_LATE = ("data-original", "data-src", "data-lazy-src", "_src", "src")


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file that a page shows in place of words."""

    href: str  # as the page has it
    name: str = ""


def embedded_in(body: LexborNode) -> Iterator[ShownFile]:
    """Yield the files that are embedded in `body`, in frames, objects and viewers."""
    yield from (shown for _, shown in frames_in(body))


def frames_in(body: LexborNode) -> Iterator[tuple[LexborNode, ShownFile]]:
    """Yield the elements in `body` that embed a file, each with its file."""
    for node in body.css(_FRAMES):
        attributes = {name: value or "" for name, value in node.attributes.items()}
        if node.tag == "param" and attributes.get("name", "").lower() not in _PARAMETERS:
            continue
        href = attributes.get("src") or attributes.get("data") or attributes.get("value") or ""
        if (viewed := _viewed(href)) or attributes.get("type") == "application/pdf":
            yield node, ShownFile(viewed or href, attributes.get("title", ""))


def pictures_in(body: LexborNode) -> Iterator[ShownFile]:
    """Yield the pictures in `body` that may be a letter; without any, what scripts may show."""
    scans = [shown for _, shown in scans_in(body)]
    yield from scans or _scripted_in(body)


def _scripted_in(body: LexborNode) -> Iterator[ShownFile]:
    """Yield the files that scripts in `body` name, or are given, to show them."""
    for script in body.css("script"):
        for path in _SCRIPTED.finditer(script.text() or ""):
            yield ShownFile(path[1])
    for node in body.css(_GIVEN):
        for value in node.attributes.values():
            if value and _SHOWABLE.search(value):
                yield ShownFile(value)


def scans_in(body: LexborNode) -> Iterator[tuple[LexborNode, ShownFile]]:
    """Yield the pictures in `body` but for icons, codes and lines, each with its file."""
    for node in body.css("img"):
        attributes = {name: value or "" for name, value in node.attributes.items()}
        href = next((attributes[name] for name in _LATE if attributes.get(name)), "")
        if href and not href.startswith("data:") and not _is_decoration(node, attributes, href):
            yield node, ShownFile(href, attributes.get("title") or attributes.get("alt") or "")


def _viewed(href: str) -> str | None:
    """Return the file to which a frame leads, itself or by a viewer's query; None if neither."""
    path, _, query = href.partition("#")[0].partition("?")
    for name, value in parse_qsl(query):
        if name.lower() in _VIEWED and (DOCUMENT.search(value) or "?" in value):
            return value if value.startswith(("/", "http")) else urljoin(path, value)
    return href.partition("#")[0] if DOCUMENT.search(unquote(urlsplit(href).path)) else None


def _is_decoration(node: LexborNode, attributes: dict[str, str], href: str) -> bool:
    sizes = [
        attributes.get("width", ""),
        attributes.get("height", ""),
        *_SIZE.findall(attributes.get("style", "")),
    ]
    if any(
        each.removesuffix("px").isdecimal() and int(each.removesuffix("px")) < SMALLEST
        for each in sizes
    ):
        return True
    around = (node.parent.attributes.get("class") or "") if node.parent else ""
    name = href.partition("?")[0].rpartition("/")[2]
    words = (name, attributes.get("class", ""), attributes.get("alt", ""), around)
    return (
        any(map(_DECORATION.search, words)) or "filetypeimages" in href.lower() or _is_icon(node)
    )


def _is_icon(node: LexborNode) -> bool:
    """Return whether a picture is in one line with the words of a link."""
    line = node.parent
    if line is None:
        return False
    links = [*line.css("a[href]"), *([line] if line.tag == "a" else [])]
    return any(squashed(each.text()) for each in links)
