"""Reads DOCX from its XML: all that Word would print, in the order a person would read it.

Headers come first, then the body with its tables and text boxes, footnotes, and footers last,
each once. Deleted text, comments and the instructions of fields are no part of the page; text
marked hidden, too small to see or in the colour of its ground is kept apart as `hidden`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import ClassVar, NamedTuple
from xml.etree.ElementTree import Element

from skillgap.document import sniff
from skillgap.document.docx_body import BodyWalker, has_backdrop
from skillgap.document.docx_styles import Numbering, Styles
from skillgap.document.lines import Draft, compose
from skillgap.document.looks import UNKNOWN_GROUND, WHITE
from skillgap.document.model import Document, Format
from skillgap.document.options import ReadOptions
from skillgap.document.package import Package
from skillgap.errors import ScannedDocumentError, UnreadableDocumentError

_MAIN_PART = "word/document.xml"
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".emf", ".wmf", ".bmp")
_PROPERTIES = "docProps/core.xml"


class _Relation(NamedTuple):
    kind: str  # the last word of its type: header, footer, styles
    target: str  # the name of the member it points to


class DocxReader:
    """Reads DOCX, DOCM and DOTX, strict and transitional."""

    format: ClassVar[Format] = Format.DOCX

    def can_read(self, data: bytes, name: str) -> bool:
        """Tell whether the bytes are a DOCX, whole or damaged."""
        return sniff.is_docx(data, name)

    def read(self, data: bytes, source: str, options: ReadOptions) -> Document:
        """Read the file.

        Raises:
            UnreadableDocumentError: The file is damaged.
            EncryptedDocumentError: Its members are encrypted.
            LimitExceededError: It unpacks to too much or nests too deep.
            ScannedDocumentError: It holds pictures and no text.
        """
        package = Package(data, source, options.limits)
        document = compose(
            _Docx(package, source).drafts(),
            data=data,
            source=source,
            format=self.format,
            engine="docx",
            max_characters=options.limits.max_characters,
            metadata=_metadata(package),
        )
        if not document.text and not document.hidden and _has_pictures(package):
            raise ScannedDocumentError(
                source,
                "it holds pictures and no text",
                "Give the original file, or run text recognition (OCR) and save a PDF with text",
            )
        return document


class _Docx:
    """The parts of one file and how they follow each other."""

    def __init__(self, package: Package, source: str) -> None:
        self._package = package
        self._main = _main_part(package)
        root = package.xml(self._main)
        body = None if root is None else root.find("w|body")
        if root is None or body is None:
            raise UnreadableDocumentError(
                source,
                "the file is damaged (no document in the package)",
                "Open it in a word processor and save it again",
            )
        self._root = root
        self._body = body
        self._relations_by_id = _relations(package, self._main)

    def drafts(self) -> Iterator[Draft]:
        """Draft the lines of all that is printed."""
        headers = list(self._edges("header"))
        footers = list(self._edges("footer"))
        walker = BodyWalker(
            styles=Styles(self._part("styles")),
            numbering=Numbering(self._part("numbering")),
            ground=self._page_ground(headers),
            rendered_breaks=next(self._body.iter("w|lastRenderedPageBreak"), None) is not None,
        )
        yield from _unlike(walker.edge(header) for header in headers)
        yield from walker.blocks(self._body)
        yield from self._notes(walker)
        yield from _unlike(walker.edge(footer) for footer in footers)

    def _part(self, kind: str) -> Element | None:
        """Return the root of the first part of a kind (`styles`), None if there is none."""
        for relation in self._relations_by_id.values():
            if relation.kind == kind:
                return self._package.xml(relation.target)
        return None

    def _page_ground(self, headers: list[Element]) -> str:
        """Return the colour of the page; unknown where a picture or shape may lie behind text."""
        background = self._root.find("w|background")
        if background is not None or has_backdrop(self._root) or any(map(has_backdrop, headers)):
            return UNKNOWN_GROUND
        return WHITE

    def _edges(self, kind: str) -> Iterator[Element]:
        """Give the headers or footers that are printed, each once, in the order of sections."""
        settings = self._part("settings")
        even = settings is not None and settings.find("w|evenAndOddHeaders") is not None
        seen = set()
        for section in self._root.iter("w|sectPr"):
            references = section.findall(f"w|{kind}Reference")
            # The first page's own is printed first, the others follow it.
            references.sort(key=lambda item: item.get("w|type") != "first")
            for reference in references:
                role = reference.get("w|type", "default")
                relation = self._relations_by_id.get(reference.get("r|id", ""))
                shown = (role != "first" or section.find("w|titlePg") is not None) and (
                    role != "even" or even
                )
                if relation is None or relation.target in seen or not shown:
                    continue
                seen.add(relation.target)
                root = self._package.xml(relation.target)
                if root is not None:
                    yield root

    def _notes(self, walker: BodyWalker) -> Iterator[Draft]:
        """Draft the footnotes and endnotes that the body refers to, in its order."""
        for kind in ("footnote", "endnote"):
            wanted = walker.note_ids[kind]
            root = self._part(f"{kind}s") if wanted else None
            if root is None:
                continue
            notes_by_id = {note.get("w|id"): note for note in root.iterfind(f"w|{kind}")}
            for note_id in wanted:
                if note_id in notes_by_id:
                    yield from walker.edge(notes_by_id[note_id])


def _main_part(package: Package) -> str:
    for relation in _relations(package, "").values():
        if relation.kind == "officeDocument":
            return relation.target
    return _MAIN_PART


def _relations(package: Package, part: str) -> dict[str, _Relation]:
    """Return a part's relations by id (the package's for ""), those to the outside left out."""
    folder, name = posixpath.split(part)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for item in () if root is None else root.iterfind("rel|Relationship"):
        if item.get("TargetMode") == "External":
            continue
        # A target is relative to the part's folder, or absolute within the package.
        target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", "")))
        kind = item.get("Type", "").rpartition("/")[2]
        found[item.get("Id", "")] = _Relation(kind, target.lstrip("/"))
    return found


def _unlike(stories: Iterator[list[Draft]]) -> Iterator[Draft]:
    """Give the lines of the stories, those with the same text once."""
    seen = set()
    for story in stories:
        text = tuple(draft.text for draft in story)
        if text not in seen:
            seen.add(text)
            yield from story


def _has_pictures(package: Package) -> bool:
    return any(name.lower().endswith(_PICTURES) for name in package.names)


def _metadata(package: Package) -> dict[str, str]:
    root = package.xml(_PROPERTIES)
    if root is None:
        return {}
    found = {name: root.findtext(f"dc|{name}", "").strip() for name in ("title", "creator")}
    return {name: value for name, value in found.items() if value}
