"""Walks the blocks of a DOCX part: paragraphs, tables, text boxes, and the runs inside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from skillgap.document.docx_styles import (
    BODY_LEVEL,
    Numbering,
    ParagraphStyle,
    Styles,
    child_value,
    ground_of,
    list_place,
    look_of,
    outline_level,
)
from skillgap.document.lines import GAP, Draft, Piece, join_row
from skillgap.document.looks import UNKNOWN_GROUND, WHITE, Look, is_hex

# Wrappers whose content is printed as if they were not there. What was deleted or moved away
# (w:del, w:moveFrom) is missing from the list, and so is not printed.
_BLOCK_WRAPPERS = frozenset(
    {"w|sdt", "w|sdtContent", "w|customXml", "w|ins", "w|moveTo", "w|smartTag"}
)
_INLINE_WRAPPERS = _BLOCK_WRAPPERS | frozenset(
    {"w|hyperlink", "w|fldSimple", "w|bdo", "w|dir", "m|oMath", "m|oMathPara", "w|ruby"}
    | {"w|rubyBase", "m|f", "m|num", "m|den", "m|e", "m|sup", "m|sub", "m|sSup", "m|sSub"}
)
_CHOICE = "mc|AlternateContent"

_TEXT_BY_TAG = {
    "w|tab": GAP,
    "w|ptab": GAP,
    "w|noBreakHyphen": "-",
    "w|br": "\n",
    "w|cr": "\n",
}

# A shape of 8 cm and more may lie behind a headline or a sidebar; photos are smaller.
_BACKDROP_EMU = 2_880_000
_NO_FILL = frozenset({"f", "false", "0"})


@dataclass(slots=True)
class _Line:
    pieces: list[Piece] = field(default_factory=list)
    new_page: bool = False

    @property
    def empty(self) -> bool:
        return not any(piece.text.strip() for piece in self.pieces)


@dataclass(slots=True)
class _Paragraph:
    """What a paragraph has given so far while its runs are walked."""

    look: Look
    ground: str
    lines: list[_Line] = field(default_factory=lambda: [_Line()])
    boxes: list[tuple[Element, str]] = field(default_factory=list)
    # One for each open field: whether its result has begun. A field that is open where the
    # paragraph starts (a table of contents) is in its result.
    fields: list[bool] = field(default_factory=list)


class BodyWalker:
    """Drafts the lines of one document's parts.

    Attributes:
        note_ids: The ids of the footnotes and endnotes met so far, in order.
    """

    def __init__(
        self, *, styles: Styles, numbering: Numbering, ground: str, rendered_breaks: bool
    ) -> None:
        """Prepare for one document.

        Args:
            styles: Its styles.
            numbering: The marks of its lists.
            ground: The colour of its page.
            rendered_breaks: Whether Word noted where pages ended when it was saved; without these
                notes only breaks set by hand are known.
        """
        self._styles = styles
        self._numbering = numbering
        self._ground = ground
        self._rendered_breaks = rendered_breaks
        self._page_due = False
        self._paging = True
        self.note_ids: dict[str, list[str]] = {"footnote": [], "endnote": []}

    def blocks(self, parent: Element, ground: str | None = None) -> Iterator[Draft]:
        """Draft the lines of all blocks in a body, cell, text box or note.

        Args:
            parent: The element that holds them.
            ground: The colour behind them; the page's by default.
        """
        below = self._ground if ground is None else ground
        for block in parent:
            if block.tag == "w|p":
                yield from self._paragraph(block, below)
            elif block.tag == "w|tbl":
                yield from self._table(block, below)
            elif block.tag in _BLOCK_WRAPPERS:
                yield from self.blocks(block, below)
            elif block.tag == _CHOICE:
                yield from self.blocks(_chosen(block), below)

    def edge(self, root: Element) -> list[Draft]:
        """Draft the lines of a header, footer or note, which belong to no page of their own."""
        paging, self._paging = self._paging, False
        drafts = list(self.blocks(root))
        self._paging = paging
        return drafts

    def _table(self, table: Element, ground: str) -> Iterator[Draft]:
        properties = table.find("w|tblPr")
        by_style = self._styles.table_ground(child_value(properties, "w|tblStyle"))
        below = _first(ground_of(properties), by_style, ground)
        for row in _unwrapped(table, "w|tr"):
            paging = self._paging
            cells = []
            for cell in _unwrapped(row, "w|tc"):
                behind = _first(ground_of(cell.find("w|tcPr")), below)
                cells.append(list(self.blocks(cell, behind)))
                # Word notes a page's end in each cell that it cuts; counting one is enough.
                self._paging = False
            self._paging = paging
            yield from join_row(cells)

    def _paragraph(self, element: Element, ground: str) -> Iterator[Draft]:
        properties = element.find("w|pPr")
        style = self._styles.paragraph(child_value(properties, "w|pStyle"))
        below = _first(ground_of(properties), style.ground, ground)
        paragraph = _Paragraph(look=style.look, ground=below)
        if properties is not None and properties.find("w|pageBreakBefore") is not None:
            self._break_page(paragraph, rendered=False)
        self._inline(element, paragraph)
        yield from self._drafts(paragraph, properties, style)
        for box, behind in paragraph.boxes:
            yield from self.blocks(box, behind)
        if properties is not None and _starts_page(properties.find("w|sectPr")):
            self._page_due = self._paging and not self._rendered_breaks

    def _drafts(
        self, paragraph: _Paragraph, properties: Element | None, style: ParagraphStyle
    ) -> Iterator[Draft]:
        if len(paragraph.lines) == 1 and paragraph.lines[0].empty:
            if not paragraph.boxes:
                line = paragraph.lines[0]
                yield Draft(tuple(line.pieces), new_page=line.new_page)
            return
        level = outline_level(properties)
        heading = style.heading if level is None else level < BODY_LEVEL
        mark = None if heading else self._mark(properties, style)
        for line in paragraph.lines:
            first = mark is not None and not line.empty
            yield Draft(
                tuple(line.pieces),
                heading=heading,
                bullet=first,
                marker=mark or "" if first else "",
                new_page=line.new_page,
            )
            mark = None if first else mark

    def _mark(self, properties: Element | None, style: ParagraphStyle) -> str | None:
        list_id, level = list_place(properties)
        if list_id is None:
            list_id, level = style.list_id, style.level
        if list_id:
            return self._numbering.mark(list_id, level)
        return Numbering.BULLET if style.bulleted else None

    def _inline(self, parent: Element, paragraph: _Paragraph) -> None:
        for child in parent:
            if child.tag in {"w|r", "m|r"}:
                self._run(child, paragraph)
            elif child.tag in _INLINE_WRAPPERS:
                self._inline(child, paragraph)
            elif child.tag == _CHOICE:
                self._inline(_chosen(child), paragraph)

    def _run(self, run: Element, paragraph: _Paragraph) -> None:
        properties = run.find("w|rPr")
        by_style = self._styles.character(child_value(properties, "w|rStyle"))
        look = look_of(properties).over(by_style.over(paragraph.look))
        hidden = look.hidden(paragraph.ground)
        self._run_content(run, paragraph, Piece("", bool(look.bold), look.size_pt, hidden))

    def _run_content(self, run: Element, paragraph: _Paragraph, empty: Piece) -> None:
        for child in run:
            if child.tag == "w|fldChar":
                _step_field(paragraph.fields, child.get("w|fldCharType"))
            elif child.tag == _CHOICE:
                self._run_content(_chosen(child), paragraph, empty)
            elif child.tag == "w|lastRenderedPageBreak":
                self._break_page(paragraph, rendered=True)
            elif child.tag in {"w|drawing", "w|pict", "w|object"}:
                paragraph.boxes.extend(_text_boxes(child, paragraph.ground))
            elif child.tag in {"w|footnoteReference", "w|endnoteReference"}:
                kind = child.tag.removeprefix("w|").removesuffix("Reference")
                self.note_ids[kind].append(child.get("w|id", ""))
            elif all(paragraph.fields):
                self._text(child, paragraph, empty)

    def _text(self, element: Element, paragraph: _Paragraph, empty: Piece) -> None:
        if element.tag in {"w|t", "m|t"}:
            # A line break or a tab in the XML itself is a space to Word.
            text = " ".join((element.text or "").splitlines()).replace("\t", " ")
        elif element.tag == "w|sym":
            text = _symbol(element.get("w|char", ""))
        else:
            text = _TEXT_BY_TAG.get(element.tag, "")
        if text == "\n":
            paragraph.lines.append(_Line(new_page=self._take_page()))
            if element.get("w|type") == "page":
                self._break_page(paragraph, rendered=False)
        elif text:
            line = paragraph.lines[-1]
            line.new_page = line.new_page or (line.empty and self._take_page())
            line.pieces.append(Piece(text, empty.bold, empty.size_pt, empty.hidden))

    def _break_page(self, paragraph: _Paragraph, *, rendered: bool) -> None:
        """Start a page with the line at hand if it is still empty, else with the next one."""
        if not self._paging or rendered != self._rendered_breaks:
            return
        line = paragraph.lines[-1]
        line.new_page = line.new_page or line.empty
        self._page_due = self._page_due or not line.empty

    def _take_page(self) -> bool:
        due = self._page_due and self._paging
        self._page_due = self._page_due and not due
        return due


def has_backdrop(root: Element) -> bool:
    """Tell whether a large filled shape or picture may lie behind the text of a part."""
    for anchor in root.iter("wp|anchor"):
        extent = anchor.find("wp|extent")
        size = () if extent is None else (extent.get("cx", "0"), extent.get("cy", "0"))
        large = any(side.isdecimal() and int(side) >= _BACKDROP_EMU for side in size)
        if large and any(map(_paints, anchor.iter())):
            return True
    return any(_vml_ground(element) is not None for element in root.iter())


def _paints(element: Element) -> bool:
    if element.tag in {"pic|pic", "a|gradFill", "a|pattFill", "a|blipFill"}:
        return True
    if element.tag == "a|solidFill":
        return _solid_ground(element) != WHITE
    return element.tag == "a|fillRef" and element.get("idx", "0") != "0"


def _text_boxes(element: Element, ground: str) -> Iterator[tuple[Element, str]]:
    """Give the contents of the text boxes in a drawing with the colour behind each."""
    if element.tag == "w|txbxContent":
        yield element, ground
        return
    if element.tag == _CHOICE:
        yield from _text_boxes(_chosen(element), ground)
        return
    if element.tag == "wps|wsp":
        ground = _first(_shape_ground(element), ground)
    ground = _first(_vml_ground(element), ground)
    for child in element:
        yield from _text_boxes(child, ground)


def _shape_ground(shape: Element) -> str | None:
    """Return the colour a shape is filled with, None when it is not filled."""
    properties = shape.find("wps|spPr")
    for fill in () if properties is None else properties:
        if fill.tag == "a|noFill":
            return None
        if fill.tag == "a|solidFill":
            return _solid_ground(fill)
        if fill.tag in {"a|gradFill", "a|pattFill", "a|blipFill", "a|grpFill"}:
            return UNKNOWN_GROUND
    reference = shape.find("wps|style/a|fillRef")
    filled = reference is not None and reference.get("idx", "0") != "0"
    return UNKNOWN_GROUND if filled else None


def _solid_ground(fill: Element) -> str:
    colour = fill.find("a|srgbClr")
    value = None if colour is None or len(colour) else colour.get("val")
    return value.upper() if value and is_hex(value) else UNKNOWN_GROUND


def _vml_ground(element: Element) -> str | None:
    colour = element.get("fillcolor")
    if colour is None or element.get("filled", "t") in _NO_FILL:
        return None
    return None if colour.lower() in {"white", "#ffffff", "window"} else UNKNOWN_GROUND


def _chosen(alternatives: Element) -> Element:
    """Return the one alternative that is printed: newer Word's if there is one."""
    choice = alternatives.find("mc|Choice")
    if choice is None:
        choice = alternatives.find("mc|Fallback")
    return alternatives if choice is None else choice


def _unwrapped(parent: Element, tag: str) -> Iterator[Element]:
    """Give the children with the tag, also those inside content controls and the like."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _BLOCK_WRAPPERS:
            yield from _unwrapped(child, tag)


def _step_field(fields: list[bool], step: str | None) -> None:
    if step == "begin":
        fields.append(False)
    elif fields and step == "separate":
        fields[-1] = True
    elif fields and step == "end":
        fields.pop()


def _starts_page(section: Element | None) -> bool:
    return section is not None and child_value(section, "w|type") != "continuous"


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _first(*grounds: str | None) -> str:
    """Return the first ground that is known to be there; the last one always is."""
    return next(ground for ground in grounds if ground is not None)
