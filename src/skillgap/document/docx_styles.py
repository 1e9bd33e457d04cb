"""What a DOCX says about looks: styles, direct formatting, colours, and the marks of lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import ClassVar
from xml.etree.ElementTree import Element

from skillgap.document.looks import UNKNOWN_GROUND, WHITE, Look, is_hex

BODY_LEVEL = 9
"""The outline level of ordinary text; headings have 0 to 8."""

_HALF_POINTS = 2

_HEADING_NAME = re.compile(r"heading [1-9]$", re.IGNORECASE)
_MAX_BASED_ON = 20  # styles that are based on one another in a ring end here
_OFF = frozenset({"0", "false", "off", "none"})
_HIGHLIGHTS = {"white": WHITE, "black": "000000"}


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph's style gives to it.

    Attributes:
        look: The look of its letters.
        heading: Whether it is a heading.
        list_id: The list it belongs to, "" for none.
        level: The level in that list, from 0.
        bulleted: Whether its name says that it is an item with a bullet.
        ground: The colour behind it, None for none.
    """

    look: Look = field(default_factory=Look)
    heading: bool = False
    list_id: str = ""
    level: int = 0
    bulleted: bool = False
    ground: str | None = None


def child_value(parent: Element | None, tag: str) -> str | None:
    """Return the `w:val` of a child, None if there is no such child or it has none."""
    child = None if parent is None else parent.find(tag)
    return None if child is None else child.get("w|val")


def whole_number(text: str | None, default: int = 0) -> int:
    """Return the number written in the text, or the default: files are not always valid.

    >>> whole_number("12"), whole_number("many"), whole_number(None, 9)
    (12, 0, 9)
    """
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text) else default


def look_of(properties: Element | None) -> Look:
    """Return the look that a `w:rPr` gives."""
    if properties is None:
        return Look()
    size = whole_number(child_value(properties, "w|sz"), -1)
    highlight = _highlight(properties)
    return Look(
        bold=_switch(properties, "w|b"),
        size_pt=size / _HALF_POINTS if size >= 0 else None,
        vanish=_switch(properties, "w|vanish"),
        colour=_colour(properties),
        ground=ground_of(properties) if highlight is None else highlight,
    )


def ground_of(properties: Element | None) -> str | None:
    """Return the colour that a `w:shd` puts behind the text, None when it has none."""
    shading = None if properties is None else properties.find("w|shd")
    if shading is None:
        return None
    pattern = shading.get("w|val", "clear")
    fill = shading.get("w|fill", "auto")
    if pattern in {"clear", "nil"}:
        if is_hex(fill):
            return fill
        return UNKNOWN_GROUND if shading.get("w|themeFill") else None
    return UNKNOWN_GROUND


def _switch(properties: Element, tag: str) -> bool | None:
    element = properties.find(tag)
    return None if element is None else element.get("w|val", "1") not in _OFF


def _colour(properties: Element) -> str | None:
    # Word 2010 and later paint with w14:textFill where there is one, whatever w:color says.
    fill = properties.find("w14|textFill")
    if fill is not None:
        solid = fill.find("w14|solidFill/w14|srgbClr")
        return UNKNOWN_GROUND if solid is None else solid.get("w14|val")
    return child_value(properties, "w|color")


def _highlight(properties: Element) -> str | None:
    name = child_value(properties, "w|highlight")
    if name is None or name == "none":
        return None
    return _HIGHLIGHTS.get(name, UNKNOWN_GROUND)


class Styles:
    """The styles of a document, resolved along "based on"."""

    def __init__(self, root: Element | None) -> None:
        self._styles_by_id: dict[str, Element] = {}
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._looks: dict[str, Look] = {}
        self._table_grounds: dict[str, str | None] = {}
        self._default_paragraph = ""
        self.base = Look()
        if root is not None:
            self.base = look_of(root.find("w|docDefaults/w|rPrDefault/w|rPr"))
            for style in root.iterfind("w|style"):
                self._add(style)

    def _add(self, style: Element) -> None:
        style_id = style.get("w|styleId", "")
        self._styles_by_id.setdefault(style_id, style)
        default = style.get("w|default", "0") not in _OFF
        if default and style.get("w|type") == "paragraph":
            self._default_paragraph = style_id

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """Return what the style gives to a paragraph; the default style's for None."""
        key = self._default_paragraph if style_id is None else style_id
        if key not in self._paragraphs:
            self._paragraphs[key] = self._resolve(key)
        return self._paragraphs[key]

    def character(self, style_id: str | None) -> Look:
        """Return the look that a character style gives."""
        if style_id is None:
            return Look()
        if style_id not in self._looks:
            look = Look()
            for style in self._chain(style_id):
                look = look.over(look_of(style.find("w|rPr")))
            self._looks[style_id] = look
        return self._looks[style_id]

    def table_ground(self, style_id: str | None) -> str | None:
        """Return what lies behind the cells: unknown if the style colours any, None if none.

        Which cells a style colours (first row, every second column) depends on switches in the
        table; that it may colour them is enough to know.
        """
        key = style_id or ""
        if key not in self._table_grounds:
            elements = (element for style in self._chain(key) for element in style.iter())
            coloured = any(ground_of(element) not in (None, WHITE) for element in elements)
            self._table_grounds[key] = UNKNOWN_GROUND if coloured else None
        return self._table_grounds[key]

    def _chain(self, style_id: str) -> list[Element]:
        """Return the style and those it is based on, the nearest first."""
        chain: list[Element] = []
        while (style := self._styles_by_id.get(style_id)) is not None:
            chain.append(style)
            if len(chain) == _MAX_BASED_ON:
                break
            style_id = child_value(style, "w|basedOn") or ""
        return chain

    def _resolve(self, style_id: str) -> ParagraphStyle:
        resolved = ParagraphStyle(look=self.base)
        for style in reversed(self._chain(style_id)):
            name = child_value(style, "w|name") or ""
            properties = style.find("w|pPr")
            level = outline_level(properties)
            list_id, list_level = list_place(properties)
            resolved = ParagraphStyle(
                look=look_of(style.find("w|rPr")).over(resolved.look),
                heading=resolved.heading if level is None else level < BODY_LEVEL,
                list_id=resolved.list_id if list_id is None else list_id,
                level=resolved.level if list_id is None else list_level,
                bulleted=resolved.bulleted or name.lower().startswith("list bullet"),
                ground=resolved.ground if (own := ground_of(properties)) is None else own,
            )
            if _HEADING_NAME.match(name):
                resolved = replace(resolved, heading=True)
        return resolved


def outline_level(properties: Element | None) -> int | None:
    """Return the outline level of a `w:pPr` from 0 (9 is ordinary text), None for none."""
    value = child_value(properties, "w|outlineLvl")
    return None if value is None else whole_number(value, BODY_LEVEL)


def list_place(properties: Element | None) -> tuple[str | None, int]:
    """Return the list that a `w:pPr` puts its paragraph in, and the level there.

    The list is None where nothing is said and "" where the paragraph is taken out of a list.
    """
    place = None if properties is None else properties.find("w|numPr")
    if place is None:
        return None, 0
    list_id = child_value(place, "w|numId")
    level = whole_number(child_value(place, "w|ilvl"))
    return "" if list_id == "0" else list_id, level


@dataclass(frozen=True, slots=True)
class _Level:
    bullet: bool = True
    marked: bool = True
    start: int = 1


class Numbering:
    """The marks of list items; it counts, so it is asked once for each item in order."""

    BULLET: ClassVar[str] = "•"

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract_by_list: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}  # by list, then by level
        if root is None:
            return
        for abstract in root.iterfind("w|abstractNum"):
            for level in abstract.iterfind("w|lvl"):
                key = (abstract.get("w|abstractNumId", ""), whole_number(level.get("w|ilvl")))
                self._levels[key] = _level(level)
        for number in root.iterfind("w|num"):
            abstract_id = child_value(number, "w|abstractNumId") or ""
            self._abstract_by_list[number.get("w|numId", "")] = abstract_id

    def mark(self, list_id: str, level: int) -> str | None:
        """Return what stands before the next item, None for a paragraph that continues one."""
        abstract = self._abstract_by_list.get(list_id, list_id)
        found = self._levels.get((abstract, level), _Level())
        if not found.marked:
            return None
        if found.bullet:
            return self.BULLET
        counts = self._counts.setdefault(abstract, {})
        count = counts.get(level, found.start - 1) + 1
        # Deeper levels start anew.
        self._counts[abstract] = {key: counts[key] for key in counts if key < level}
        self._counts[abstract][level] = count
        return f"{count}."


def _level(element: Element) -> _Level:
    kind = child_value(element, "w|numFmt") or "bullet"
    text = child_value(element, "w|lvlText")
    return _Level(
        bullet=kind == "bullet",
        marked=kind != "none" and (text is None or bool(text.strip())),
        start=whole_number(child_value(element, "w|start"), 1),
    )
