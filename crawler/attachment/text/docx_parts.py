"""The parts of a DOCX that Word prints beside its text: headers, footers, notes."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from crawler.attachment.text.markup import parse_member

_FOLDER = "word/"
_RELATIONS, _SETTINGS = "word/_rels/document.xml.rels", "word/settings.xml"
_PART = re.compile(r"word/(header|footer)\d*\.xml")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_BETWEEN = {"separator", "continuationSeparator", "continuationNotice"}  # lines above the notes
_PAGE_FIELD = re.compile(r"^\s*(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES)\b", re.IGNORECASE)
_PAGE_WORDS = re.compile(
    r"[\s\d第共页总/|,，.\-—–－_·~～]*|page[\s\d]*(?:of[\s\d]*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PartsBeside:
    """The roots of the parts that are printed beside the text of a document."""

    headers: tuple[etree._Element, ...]
    footers: tuple[etree._Element, ...]
    notes: tuple[etree._Element, ...]


def beside_document(package: zipfile.ZipFile, document: etree._Element) -> PartsBeside:
    """Return what is printed beside the text of `document`, the numbers of pages left out.

    Raises UnreadableFileError where a part is broken.
    """
    names = package.namelist()
    shown = sorted(set(_shown_parts(package, document)) & set(names))
    parsed = {name: parse_member(package, name) for name in shown}
    for root in parsed.values():
        _remove_page_numbers(root)
    of_kind = {
        kind: tuple(root for name, root in parsed.items() if name.startswith(f"{_FOLDER}{kind}"))
        for kind in ("header", "footer")
    }
    notes = [parse_member(package, name) for name in _NOTES if name in names]
    for root in notes:
        _remove_separators(root)
    return PartsBeside(of_kind["header"], of_kind["footer"], tuple(notes))


def _shown_parts(package: zipfile.ZipFile, document: etree._Element) -> Iterator[str]:
    """Yield the names of the headers and footers that a section shows; of all without sections.

    One for the first page or for even pages is shown where the document says so.
    """
    references = list(document.iter("{*}headerReference", "{*}footerReference"))
    names = package.namelist()
    if not references or _RELATIONS not in names:
        yield from (name for name in names if _PART.fullmatch(name))
        return
    relations = parse_member(package, _RELATIONS)
    targets = {
        each.get("Id"): each.get("Target", "") for each in relations.iter("{*}Relationship")
    }
    settings = parse_member(package, _SETTINGS) if _SETTINGS in names else None
    for each in references:
        switches = {
            "first": _is_on(each.getparent(), "titlePg"),
            "even": _is_on(settings, "evenAndOddHeaders"),
        }
        if switches.get(_value(each, "type"), True):
            target = targets.get(_value(each, "id"), "").lstrip("/").removeprefix(_FOLDER)
            yield posixpath.normpath(_FOLDER + target)


def _is_on(element: etree._Element | None, switch: str) -> bool:
    """Return whether a settings element holds a switch that is on."""
    mark = element.find(f"{{*}}{switch}") if element is not None else None
    return mark is not None and _value(mark, "val") not in {"0", "false", "off"}


def _value(element: etree._Element, name: str) -> str:
    """Return an attribute by its local name; empty where there is none."""
    return next((value for key, value in element.items() if key.endswith(f"}}{name}")), "")


def _remove_page_numbers(root: etree._Element) -> None:
    """Remove what Word computes from each page, and a line that says nothing else."""
    for field in list(root.iter("{*}fldSimple")):
        if _PAGE_FIELD.match(_value(field, "instr")):
            _clear_texts(field)
    for paragraph in root.iter("{*}p"):
        _clear_computed(paragraph)
        texts = "".join(each.text or "" for each in paragraph.iter("{*}t"))
        if _PAGE_WORDS.fullmatch(texts):
            _clear_texts(paragraph)


def _clear_computed(paragraph: etree._Element) -> None:
    """Clear the numbers that fields show: an instruction, a separator, what was computed."""
    of_page: list[bool] = []  # whether each field that is open numbers pages
    for each in paragraph.iter("{*}fldChar", "{*}instrText", "{*}t"):
        kind = _value(each, "fldCharType")
        if kind == "begin":
            of_page.append(False)
        elif kind == "end" and of_page:
            of_page.pop()
        elif each.tag.endswith("}instrText") and of_page and _PAGE_FIELD.match(each.text or ""):
            of_page[-1] = True
        elif each.tag.endswith("}t") and any(of_page):
            each.text = ""


def _clear_texts(element: etree._Element) -> None:
    for each in element.iter("{*}t"):
        each.text = ""


def _remove_separators(root: etree._Element) -> None:
    for note in list(root):
        if _value(note, "type") in _BETWEEN:
            root.remove(note)
