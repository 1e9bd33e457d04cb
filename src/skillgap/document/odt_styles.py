"""What an ODT says about looks: its styles, common and automatic, and the marks of its lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from skillgap.document.looks import UNKNOWN_GROUND, Look

_MAX_PARENTS = 20  # styles that are each other's parents end here
_BOLD_FROM = 600
_POINTS_BY_UNIT = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "px": 0.75}
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(pt|in|cm|mm|pc|px|%)$")


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a style gives to its paragraphs.

    Attributes:
        look: The look of the letters.
        ground: The colour behind them, None for none.
        heading: Whether they are headings.
        new_page: Whether each starts a page.
    """

    look: Look
    ground: str | None = None
    heading: bool = False
    new_page: bool = False


class Styles:
    """The styles that the text of one part may refer to."""

    def __init__(self, *roots: Element | None) -> None:
        """Collect the styles.

        Args:
            *roots: Elements that hold styles (`office|styles`, `office|automatic-styles`); the
                later ones win.
        """
        self._styles: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, Element] = {}
        self._list_levels: dict[tuple[str, str], Element] = {}
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._texts: dict[str, Look] = {}
        for root in roots:
            for style in () if root is None else root:
                family = style.get("style|family", "")
                name = style.get("style|name", "")
                if style.tag == "style|style":
                    self._styles[family, name] = style
                elif style.tag == "style|default-style":
                    self._defaults[family] = style
                elif style.tag == "text|list-style":
                    levels = {(name, level.get("text|level", "")): level for level in style}
                    self._list_levels.update(levels)

    def paragraph(self, name: str) -> ParagraphStyle:
        """Return what the style gives to its paragraphs."""
        if name not in self._paragraphs:
            found = ParagraphStyle(_with(Look(), self._defaults.get("paragraph")))
            for style in self._chain("paragraph", name):
                properties = style.find("style|paragraph-properties")
                level = style.get("style|default-outline-level")
                breaks = _attribute(properties, "fo|break-before")
                ground = colour_of(_attribute(properties, "fo|background-color"))
                found = ParagraphStyle(
                    look=_with(found.look, style),
                    ground=found.ground if ground is None else ground,
                    heading=found.heading if level is None else level != "",
                    new_page=found.new_page if breaks is None else breaks == "page",
                )
            self._paragraphs[name] = found
        return self._paragraphs[name]

    def text(self, name: str) -> Look:
        """Return the look that a style gives to a stretch of text."""
        if name not in self._texts:
            look = Look()
            for style in self._chain("text", name):
                look = _with(look, style)
            self._texts[name] = look
        return self._texts[name]

    def ground(self, family: str, name: str) -> str | None:
        """Return the colour that a style puts behind a cell, table or frame, None for none."""
        found = None
        for style in self._chain(family, name):
            for properties in style:
                own = colour_of(properties.get("fo|background-color"))
                fill = properties.get("draw|fill")
                if fill not in (None, "none"):
                    solid = fill == "solid"
                    own = colour_of(properties.get("draw|fill-color")) if solid else UNKNOWN_GROUND
                found = found if own is None else own
        return found

    def mark(self, list_name: str, level: int, count: int) -> str:
        """Return what stands before an item, "" for nothing.

        Args:
            list_name: The style of the list.
            level: How deep the list is nested, from 1.
            count: Which item it is, from 1.
        """
        definition = self._list_levels.get((list_name, str(level)))
        if definition is not None and definition.tag == "text|list-level-style-number":
            return f"{count}." if definition.get("style|num-format") else ""
        return "•"

    def _chain(self, family: str, name: str) -> list[Element]:
        """Return the style and its parents, the farthest first."""
        chain: list[Element] = []
        while (style := self._styles.get((family, name))) is not None:
            chain.append(style)
            if len(chain) == _MAX_PARENTS:
                break
            name = style.get("style|parent-style-name", "")
        return chain[::-1]


def colour_of(colour: str | None) -> str | None:
    """Return the six digits of a colour, None for none or a transparent one."""
    if colour is None or colour == "transparent":
        return None
    return colour.removeprefix("#") if colour.startswith("#") else UNKNOWN_GROUND


def length_pt(length: str | None) -> float | None:
    """Return a length in points, None if it is not one.

    >>> length_pt("2in"), length_pt("80%")
    (144.0, None)
    """
    found = _LENGTH.match(length or "")
    if not found or found[2] == "%":
        return None
    return float(found[1]) * _POINTS_BY_UNIT[found[2]]


def _with(look: Look, style: Element | None) -> Look:
    """Return the look with what the style changes about it."""
    properties = None if style is None else style.find("style|text-properties")
    if properties is None:
        return look
    weight = properties.get("fo|font-weight")
    display = properties.get("text|display")
    automatic = properties.get("style|use-window-font-color") == "true"
    changed = Look(
        bold=None if weight is None else _is_bold(weight),
        size_pt=_size(properties.get("fo|font-size"), look.size_pt),
        vanish=None if display is None else display == "none",
        colour=colour_of(properties.get("fo|color")),
        ground=colour_of(properties.get("fo|background-color")),
    ).over(look)
    return replace(changed, colour=None) if automatic else changed


def _is_bold(weight: str) -> bool:
    return weight == "bold" or (weight.isdecimal() and int(weight) >= _BOLD_FROM)


def _size(size: str | None, below: float | None) -> float | None:
    found = _LENGTH.match(size or "")
    if found and found[2] == "%" and below is not None:
        return round(below * float(found[1]) / 100, 1)
    return length_pt(size)


def _attribute(element: Element | None, name: str) -> str | None:
    return None if element is None else element.get(name)
