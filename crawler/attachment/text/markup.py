"""Parses XML out of a package: no entity is resolved, nothing is fetched."""

import zipfile
import zlib

from lxml import etree

from crawler.attachment.text.limits import UnreadableFileError


def parse_member(package: zipfile.ZipFile, name: str) -> etree._Element:
    """Return the root of a member; raise UnreadableFileError where it is no plain XML."""
    try:
        content = package.read(name)
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, EOFError) as error:
        raise UnreadableFileError(f"its {name} is broken: {error}") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(f"its {name} is broken: {error.msg}") from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFileError(f"its {name} declares entities")  # as no maker of documents does
    return root
