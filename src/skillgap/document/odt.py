"""Reads ODT from its XML: headers, the body with its tables and frames, footnotes, footers.

Deleted text and comments are no part of the page; text marked hidden, too small to see or in the
colour of its ground is kept apart as `hidden`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from xml.etree.ElementTree import Element

from skillgap.document import sniff
from skillgap.document.lines import Draft, compose
from skillgap.document.looks import UNKNOWN_GROUND, WHITE
from skillgap.document.model import Document, Format
from skillgap.document.odt_body import BodyWalker, has_backdrop
from skillgap.document.odt_styles import Styles
from skillgap.document.options import ReadOptions
from skillgap.document.package import Package
from skillgap.errors import EncryptedDocumentError, ScannedDocumentError

_EDGES = {
    "header": ("style|header-first", "style|header", "style|header-left"),
    "footer": ("style|footer-first", "style|footer", "style|footer-left"),
}


class OdtReader:
    """Reads ODT and OTT, as LibreOffice, Word and Google Docs write them."""

    format: ClassVar[Format] = Format.ODT

    def can_read(self, data: bytes, name: str) -> bool:
        """Tell whether the bytes are an ODT, whole or damaged."""
        return sniff.is_odt(data, name)

    def read(self, data: bytes, source: str, options: ReadOptions) -> Document:
        """Read the file.

        Raises:
            UnreadableDocumentError: The file is damaged.
            EncryptedDocumentError: It needs a password.
            LimitExceededError: It unpacks to too much or nests too deep.
            ScannedDocumentError: It holds pictures and no text.
        """
        package = Package(data, source, options.limits)
        _refuse_encrypted(package, source)
        document = compose(
            _drafts(package),
            data=data,
            source=source,
            format=self.format,
            engine="odt",
            max_characters=options.limits.max_characters,
            metadata=_metadata(package),
        )
        pictures = any(name.startswith("Pictures/") for name in package.names)
        if not document.text and not document.hidden and pictures:
            raise ScannedDocumentError(
                source,
                "it holds pictures and no text",
                "Give the original file, or run text recognition (OCR) and save a PDF with text",
            )
        return document


def _drafts(package: Package) -> Iterator[Draft]:
    content = package.xml("content.xml")
    body = None if content is None else content.find("office|body/office|text")
    if content is None or body is None:
        raise package.damaged("no text in the package")
    page = package.xml("styles.xml")
    common = None if page is None else page.find("office|styles")
    edge_styles = None if page is None else page.find("office|automatic-styles")
    backdrop = has_backdrop(body) or (page is not None and has_backdrop(page))
    ground = UNKNOWN_GROUND if backdrop else WHITE
    edges = BodyWalker(Styles(common, edge_styles), ground=ground, soft_breaks=True)
    walker = BodyWalker(
        Styles(common, content.find("office|automatic-styles")),
        ground=ground,
        soft_breaks=next(body.iter("text|soft-page-break"), None) is not None,
    )
    yield from _edge(edges, page, "header")
    yield from walker.drafts(body)
    for note in walker.notes:
        yield from walker.drafts(note)
    yield from _edge(edges, page, "footer")


def _edge(walker: BodyWalker, page: Element | None, kind: str) -> Iterator[Draft]:
    """Draft the headers or footers of all kinds of pages, those with the same text once."""
    seen = set()
    for master in () if page is None else page.iter("style|master-page"):
        for tag in _EDGES[kind]:
            edge = master.find(tag)
            if edge is None or edge.get("style|display") == "false":
                continue
            drafts = list(walker.drafts(edge))
            text = tuple(draft.text for draft in drafts)
            if text not in seen:
                seen.add(text)
                yield from drafts


def _refuse_encrypted(package: Package, source: str) -> None:
    # Not parsed: old programs leave its namespace to a DTD, which is not fetched.
    if b":encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise EncryptedDocumentError(source, "it needs a password", "Save it without the password")


def _metadata(package: Package) -> dict[str, str]:
    root = package.xml("meta.xml")
    if root is None:
        return {}
    path = "office|meta/dc|"
    found = {name: root.findtext(f"{path}{name}", "").strip() for name in ("title", "creator")}
    return {name: value for name, value in found.items() if value}
