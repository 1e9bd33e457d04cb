"""Walks the blocks of an ODT part: paragraphs, lists, tables, frames, and the text inside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from skillgap.document.lines import GAP, Draft, Piece, join_row
from skillgap.document.looks import Look
from skillgap.document.odt_styles import Styles, length_pt

# Blocks whose content stands for itself.
_WRAPPERS = frozenset(
    {"text|section", "text|index-body", "text|table-of-content", "text|index-title", "draw|g"}
    | {"text|numbered-paragraph", "table|table-header-rows", "table|table-rows"}
    | {"table|table-row-group", "draw|frame", "draw|a"}
)
_PARAGRAPHS = frozenset({"text|p", "text|h"})
_SHAPES = frozenset(
    {"draw|custom-shape", "draw|rect", "draw|ellipse", "draw|polygon", "draw|path", "draw|circle"}
)
_BOXES = _SHAPES | {"draw|text-box"}
_DRAWN = _BOXES | {"draw|frame", "draw|g", "draw|a"}
_UNPRINTED = frozenset(
    {"office|annotation", "office|annotation-end", "text|tracked-changes", "text|ruby-text"}
    | {"text|script", "text|variable-decls", "text|sequence-decls", "office|forms"}
)
_ROWS = frozenset({"table|table-row"})
_ROW_WRAPPERS = frozenset({"table|table-header-rows", "table|table-rows", "table|table-row-group"})

_SPACES = re.compile(r"[ \t\r\n]+")
_GAP_SPACES = 2  # <text:s/> comes behind one plain space: three in all are a gap
_BACKDROP_PT = 227  # 8 cm: a shape as large may lie behind a headline or a sidebar


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands: what lies behind it, whether it is hidden, in which list."""

    ground: str
    vanish: bool = False
    list_name: str = ""
    level: int = 0


@dataclass(slots=True)
class _Paragraph:
    """What a paragraph has given so far."""

    place: _Place
    lines: list[list[Piece]] = field(default_factory=lambda: [[]])
    pages: set[int] = field(default_factory=set)  # the lines that start a page
    boxes: list[Element] = field(default_factory=list)


class BodyWalker:
    """Drafts the lines of one part.

    Attributes:
        notes: The bodies of the footnotes met so far.
    """

    def __init__(self, styles: Styles, *, ground: str, soft_breaks: bool) -> None:
        """Prepare for one part.

        Args:
            styles: The styles that it refers to.
            ground: The colour of its page.
            soft_breaks: Whether it notes where pages ended when it was saved; without these notes
                only breaks set by hand are known.
        """
        self._styles = styles
        self._ground = ground
        self._soft_breaks = soft_breaks
        self._page_due = False
        self._paging = True
        self.notes: list[Element] = []

    def drafts(self, parent: Element) -> Iterator[Draft]:
        """Draft the lines of all blocks in an element."""
        return self._blocks(parent, _Place(self._ground))

    def _blocks(self, blocks: Iterable[Element], place: _Place) -> Iterator[Draft]:
        for block in blocks:
            if block.tag in _PARAGRAPHS:
                yield from self._paragraph(block, place, mark=None)
            elif block.tag == "text|list":
                yield from self._list(block, place)
            elif block.tag == "table|table":
                yield from self._table(block, place)
            elif block.tag == "text|soft-page-break":
                self._page_due = self._paging
            elif block.tag in _BOXES:
                yield from self._box(block, place)
            elif block.tag in _WRAPPERS:
                yield from self._wrapped(block, place)

    def _wrapped(self, block: Element, place: _Place) -> Iterator[Draft]:
        hidden = block.get("text|display") == "none"
        ground = self._styles.ground("graphic", block.get("draw|style-name", ""))
        yield from self._blocks(block, _inside(place, ground, hidden=hidden))

    def _box(self, box: Element, place: _Place) -> Iterator[Draft]:
        ground = self._styles.ground("graphic", box.get("draw|style-name", ""))
        yield from self._blocks(box, _inside(place, ground))

    def _list(self, element: Element, place: _Place) -> Iterator[Draft]:
        name = element.get("text|style-name") or place.list_name
        inner = replace(place, list_name=name, level=place.level + 1)
        count = 0
        for item in element:
            mark = None
            if item.tag == "text|list-item":
                count += 1
                mark = self._styles.mark(name, inner.level, count)
            for block in item:
                if block.tag in _PARAGRAPHS:
                    yield from self._paragraph(block, inner, mark=mark)
                    mark = None
                else:
                    yield from self._blocks([block], inner)

    def _table(self, table: Element, place: _Place) -> Iterator[Draft]:
        ground = self._styles.ground("table", table.get("table|style-name", ""))
        below = _inside(place, ground)
        for row in _rows(table):
            behind = self._styles.ground("table-row", row.get("table|style-name", ""))
            inner = _inside(below, behind)
            paging = self._paging
            cells = []
            for cell in row.iterfind("table|table-cell"):
                cells.append(list(self._cell(cell, inner)))
                # A page's end is noted in each cell that it cuts; counting one is enough.
                self._paging = False
            self._paging = paging
            yield from join_row(cells)

    def _cell(self, cell: Element, place: _Place) -> Iterator[Draft]:
        ground = self._styles.ground("table-cell", cell.get("table|style-name", ""))
        return self._blocks(cell, _inside(place, ground))

    def _paragraph(self, element: Element, place: _Place, *, mark: str | None) -> Iterator[Draft]:
        style = self._styles.paragraph(element.get("text|style-name", ""))
        if style.new_page and not self._soft_breaks:
            self._page_due = self._paging
        paragraph = _Paragraph(_inside(place, style.ground))
        self._inline(element, style.look, paragraph)
        heading = element.tag == "text|h" or style.heading
        mark = None if heading else mark
        for number, pieces in enumerate(paragraph.lines):
            empty = not _begun(pieces)
            if empty and len(paragraph.lines) == 1 and paragraph.boxes:
                break  # a paragraph that only anchors frames
            first = mark is not None and not empty
            yield Draft(
                tuple(pieces),
                heading=heading,
                bullet=first,
                marker=mark or "" if first else "",
                new_page=number in paragraph.pages,
            )
            mark = None if first else mark
        for box in paragraph.boxes:
            yield from self._blocks([box], place)

    def _inline(self, element: Element, look: Look, paragraph: _Paragraph) -> None:
        self._write(element.text, look, paragraph)
        for child in element:
            if child.tag in _DRAWN:
                paragraph.boxes.append(child)
            elif child.tag == "text|note":
                self.notes.extend(child.iterfind("text|note-body"))
            elif child.tag == "text|line-break":
                paragraph.lines.append([])
            elif child.tag == "text|soft-page-break":
                self._page_due = self._paging
            elif child.tag in {"text|s", "text|tab"}:
                wide = child.tag == "text|tab" or _count(child) >= _GAP_SPACES
                self._write(GAP if wide else " ", look, paragraph)
            elif child.tag not in _UNPRINTED:
                self._inline(child, self._look(child).over(look), paragraph)
            self._write(child.tail, look, paragraph)

    def _look(self, element: Element) -> Look:
        look = self._styles.text(element.get("text|style-name", ""))
        hidden = element.get("text|is-hidden") == "true"
        return replace(look, vanish=True) if hidden else look

    def _write(self, text: str | None, look: Look, paragraph: _Paragraph) -> None:
        if not text:
            return
        # A line that has begun stays on its page; the break counts from the next one.
        if self._page_due and text.strip() and not _begun(paragraph.lines[-1]):
            self._page_due = False
            paragraph.pages.add(len(paragraph.lines) - 1)
        place = paragraph.place
        shown = text if text == GAP else _SPACES.sub(" ", text)
        hidden = "vanish" if place.vanish else look.hidden(place.ground)
        paragraph.lines[-1].append(Piece(shown, bool(look.bold), look.size_pt, hidden))


def has_backdrop(root: Element) -> bool:
    """Tell whether a large shape or picture may lie behind the text of a part."""
    for element in root.iter():
        if element.tag in _SHAPES or (
            element.tag == "draw|frame" and element.find("draw|image") is not None
        ):
            sides = (length_pt(element.get(f"svg|{side}")) for side in ("width", "height"))
            if any(side is None or side >= _BACKDROP_PT for side in sides):
                return True
    return False


def _inside(place: _Place, ground: str | None, *, hidden: bool = False) -> _Place:
    """Return the place of what stands inside: its own ground if it has one."""
    if ground is None and not hidden:
        return place
    return replace(
        place,
        ground=place.ground if ground is None else ground,
        vanish=place.vanish or hidden,
    )


def _begun(pieces: Iterable[Piece]) -> bool:
    return any(piece.text.strip() for piece in pieces)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag in _ROWS:
            yield child
        elif child.tag in _ROW_WRAPPERS:
            yield from _rows(child)


def _count(element: Element) -> int:
    count = element.get("text|c", "1")
    return int(count) if re.fullmatch(r"[0-9]{1,6}", count) else 1
