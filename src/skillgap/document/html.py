"""Reads HTML: the text a browser would show without its style sheets, in the order of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import ClassVar

from skillgap.document import sniff
from skillgap.document.deadline import Deadline
from skillgap.document.encoding import decode_text
from skillgap.document.lines import Draft, Piece, compose, join_row
from skillgap.document.looks import UNKNOWN_GROUND, WHITE, Look
from skillgap.document.model import Document, DocumentWarning, Format, WarningCode
from skillgap.document.options import Limits, ReadOptions
from skillgap.document.plain import encoding_warnings
from skillgap.errors import LimitExceededError

_UNSHOWN = frozenset(
    {"script", "style", "head", "template", "noscript", "iframe", "object", "svg", "canvas"}
    | {"audio", "video", "select", "datalist", "textarea"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"}
    | {"track", "wbr"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"}
    | {"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "html"}
    | {"legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table"}
    | {"tbody", "tfoot", "thead", "tr", "ul", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong", "th"}) | _HEADINGS
_LISTS = frozenset({"ul", "ol", "menu"})
_CELLS = frozenset({"td", "th"})

# Elements whose end tag may be left out: the start of one of these ends the one that is open, as
# long as none of the elements in the second set stands between.
_ENDED_BY = {
    "li": (frozenset({"li"}), _LISTS | _CELLS),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
    "td": (_CELLS, frozenset({"table"})),
    "th": (_CELLS, frozenset({"table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "tbody": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    "body": (frozenset({"head"}), frozenset[str]()),
}
_ENDS_PARAGRAPH = _BLOCKS - {"tr", "td", "th", "tbody", "thead", "tfoot", "html", "body"}

_SPACES = re.compile(r"[ \t\r\n\f]+")
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_LENGTH = re.compile(r"([\d.]+)\s*(px|pt|em|rem|%)?")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})")
_PX_IN_PT = 0.75
_COLOURS = {"white": WHITE, "black": "000000", "transparent": ""}

# Pictures inside the file: megabytes without a word.
_DATA_ADDRESS = re.compile(r"data:[\w/+.;=-]{1,100},[A-Za-z0-9+/=%\s]{100,}")
# Markup without its pictures has up to 5 characters for each one of text. HTMLParser takes time
# that grows with the square of markup that never ends, so there is a bound to it.
_MARKUP_PER_CHARACTER = 8
_CHUNK = 262_144
# A tag or a comment is shorter; one without end costs HTMLParser memory and time for nothing.
_LONGEST_TAG = 2 * _CHUNK


class HtmlReader:
    """Reads HTML and XHTML, whole pages and pieces."""

    format: ClassVar[Format] = Format.HTML

    def can_read(self, data: bytes, name: str) -> bool:
        """Tell whether the bytes are HTML."""
        return sniff.is_html(data, name)

    def read(self, data: bytes, source: str, options: ReadOptions) -> Document:
        """Read the file.

        Raises:
            LimitExceededError: It nests too deep or takes too long.
        """
        decoded = decode_text(data, declared=_declared_encoding(data))
        markup = _DATA_ADDRESS.sub("", decoded.text)
        longest = options.limits.max_characters * _MARKUP_PER_CHARACTER
        cut = DocumentWarning(WarningCode.PAGES_CUT, f"only the first {longest:,} signs are read")
        return compose(
            draft_html(markup[:longest], source, options.limits),
            data=data,
            source=source,
            format=self.format,
            engine="html.parser",
            max_characters=options.limits.max_characters,
            warnings=(*encoding_warnings(decoded), *([cut] if len(markup) > longest else [])),
        )


def draft_html(text: str, source: str, limits: Limits) -> Iterator[Draft]:
    """Draft the lines of an HTML text as it is parsed.

    Raises:
        LimitExceededError: It nests too deep or takes too long.
    """
    drafter = _Drafter(source, limits)
    for start in range(0, len(text), _CHUNK):
        drafter.feed(text[start : start + _CHUNK])
        yield from drafter.take()
        drafter.check_pending()
    drafter.close()
    yield from drafter.take()


@dataclass(slots=True)
class _Open:
    """An element that is open, and what holds inside it."""

    tag: str
    look: Look
    heading: bool = False
    shown: bool = True
    preformatted: bool = False
    items: int = 0  # list items so far


@dataclass(slots=True)
class _Row:
    cells: list[list[Draft]] = field(default_factory=list)


class _Drafter(HTMLParser):
    def __init__(self, source: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self._source = source
        self._limits = limits
        self._deadline = Deadline(source, limits.max_seconds)
        self._stack = [_Open("", Look())]
        self._pieces: list[Piece] = []
        self._marker: str | None = None  # of the list item whose first line is still to come
        self._out: list[Draft] = []
        self._rows: list[_Row] = []
        self._styled = False  # whether a style sheet may colour what lies behind the text

    def take(self) -> list[Draft]:
        """Return the lines that are whole and forget them."""
        taken, self._out = self._out, []
        return taken

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - as in the class above
        """Pass over "<![...", as browsers do: as a comment, whatever stands in it."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:  # how html.parser says that it does not know the section
            return self.parse_bogus_comment(i)

    def close(self) -> None:
        """End the text: what is still open is closed."""
        super().close()
        while len(self._stack) > 1:
            self._pop()
        self._end_line()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._deadline.check()
        if tag == "link" or tag == "style":
            self._styled = True
        if tag == "br":
            self._end_line(wanted=True)
        elif tag == "hr":
            self._end_line()
            self._emit(Draft())
        elif tag not in _VOID:
            self._close_implied(tag)
            self._push(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        self._deadline.check()
        fence = frozenset({"table"}) if tag in _CELLS | {"tr"} else frozenset[str]()
        self._close(frozenset({tag}), fence)

    def handle_data(self, data: str) -> None:
        self._deadline.check()
        top = self._stack[-1]
        if not top.shown:
            return
        hidden = top.look.hidden(UNKNOWN_GROUND if self._styled else WHITE)
        if not top.preformatted:
            self._pieces.append(Piece(_SPACES.sub(" ", data), bool(top.look.bold), hidden=hidden))
            return
        for number, line in enumerate(data.splitlines() or [""]):
            if number:
                self._end_line(wanted=True)
            self._pieces.append(Piece(line, bool(top.look.bold), hidden=hidden))
        if data.endswith("\n"):
            self._end_line(wanted=True)

    def check_pending(self) -> None:
        """Give up on a tag or a comment that never ends; a script may be as long as it is.

        Raises:
            LimitExceededError: It is longer than a tag may be.
        """
        if len(self.rawdata) > _LONGEST_TAG and self.cdata_elem is None:
            raise LimitExceededError(
                self._source,
                f"a tag or a comment in it is longer than {_LONGEST_TAG:,} signs",
                "Save it as PDF or DOCX and try again",
            )

    def _push(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._stack) > self._limits.max_depth:
            raise LimitExceededError(
                self._source,
                f"its elements nest deeper than {self._limits.max_depth} levels",
                "Save it as PDF or DOCX and try again",
            )
        below = self._stack[-1]
        if tag in _BLOCKS:
            self._end_line()
        if tag == "tr":
            self._rows.append(_Row())
        elif tag in _CELLS and self._rows:
            self._rows[-1].cells.append([])
        elif tag == "li":
            below.items += 1
            self._marker = f"{below.items}." if below.tag == "ol" else "•"
        self._stack.append(
            _Open(
                tag,
                _look(tag, attributes).over(below.look),
                heading=below.heading or tag in _HEADINGS,
                shown=below.shown and tag not in _UNSHOWN,
                preformatted=below.preformatted or tag == "pre",
            )
        )

    def _close_implied(self, tag: str) -> None:
        if tag in _ENDS_PARAGRAPH:
            self._close(frozenset({"p"}), _ENDS_PARAGRAPH | _CELLS)
        if tag in _ENDED_BY:
            self._close(*_ENDED_BY[tag])

    def _close(self, tags: frozenset[str], fence: frozenset[str]) -> None:
        """Close the nearest open element of the tags, unless one of the fence is nearer."""
        for index in range(len(self._stack) - 1, 0, -1):
            tag = self._stack[index].tag
            if tag in tags:
                while len(self._stack) > index:
                    self._pop()
                return
            if tag in fence:
                return

    def _pop(self) -> None:
        top = self._stack[-1]
        if top.tag in _BLOCKS:
            self._end_line()
        self._stack.pop()
        if top.tag == "li":
            self._marker = None
        elif top.tag == "tr" and self._rows:
            for draft in join_row(self._rows.pop().cells):
                self._emit(draft)

    def _end_line(self, *, wanted: bool = False) -> None:
        """Close the line at hand; an empty one counts only when a line break asks for it."""
        pieces, self._pieces = self._pieces, []
        empty = not any(piece.text.strip() for piece in pieces)
        if empty and not wanted:
            return
        marker = None if empty else self._marker
        self._emit(
            Draft(
                tuple(pieces) if not empty else (),
                heading=self._stack[-1].heading,
                bullet=marker is not None,
                marker=marker or "",
            )
        )
        if not empty:
            self._marker = None

    def _emit(self, draft: Draft) -> None:
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1].append(draft)
        else:
            self._out.append(draft)


def _declared_encoding(data: bytes) -> str | None:
    found = re.search(
        rb"""<(?:meta|\?xml)[^>]{0,200}(?:charset|encoding)=["']?([\w-]+)""", data[:4096]
    )
    return found[1].decode("ascii") if found else None


def _look(tag: str, attributes: dict[str, str]) -> Look:
    style = {
        name.lower(): value.strip().lower()
        for name, value in _DECLARATION.findall(attributes.get("style", ""))
    }
    ground = style.get("background-color", style.get("background", attributes.get("bgcolor")))
    return Look(
        bold=True if tag in _BOLD else _weight(style.get("font-weight")),
        size_pt=_size(style.get("font-size")),
        vanish=True if "hidden" in attributes or _vanishes(style) else None,
        colour=_colour(style.get("color", attributes.get("color"))),
        ground=None if ground is None or ground == "transparent" else _colour(ground),
    )


def _vanishes(style: dict[str, str]) -> bool:
    return (
        style.get("display", "").startswith("none")
        or style.get("visibility", "").startswith(("hidden", "collapse"))
        or re.fullmatch(r"0?\.?0+%?", style.get("opacity", "1")) is not None
    )


def _weight(weight: str | None) -> bool | None:
    if weight is None:
        return None
    bold_from = 600
    return weight.startswith("bold") or (weight.isdecimal() and int(weight) >= bold_from)


def _size(size: str | None) -> float | None:
    """Return a size in points if it is given in points or pixels; zero is zero in any unit."""
    found = _LENGTH.match(size or "")
    if not found or not re.fullmatch(r"\d*\.?\d+|\d+\.", found[1]):
        return None
    number = float(found[1])
    if found[2] in {"pt", "px"}:
        return number * (_PX_IN_PT if found[2] == "px" else 1)
    return 0.0 if number == 0 else None


def _colour(colour: str | None) -> str | None:
    if colour is None:
        return None
    colour = colour.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{6}", colour):
        return colour[1:]
    if re.fullmatch(r"#[0-9a-f]{3}", colour):
        return "".join(digit * 2 for digit in colour[1:])
    rgb = _RGB.match(colour)
    if rgb:
        return "".join(f"{min(int(channel), 255):02x}" for channel in rgb.groups())
    return _COLOURS.get(colour, UNKNOWN_GROUND)
