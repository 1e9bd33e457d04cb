"""What the head of an RTF file declares: code page, fonts, colours and heading styles."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from skillgap.document.looks import UNKNOWN_GROUND, WHITE

_CODECS_BY_CHARSET = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_SYMBOL_CHARSET = 2
_SYMBOL = "symbol"  # stands for a codec: the letters of symbol fonts
_SYMBOL_BASE = 0xF000  # where Word puts them in Unicode
_DEFAULT_CODEC = "cp1252"
_DEFAULT_ONLY = frozenset({0, 1})  # charsets that say nothing beyond the file's code page

# The tables stand at the start of a file; no table is longer than this many characters.
_LONGEST_TABLE = 200_000
_FONT = re.compile(r"\\f(\d{1,5})(?!\d)[^;{}]{0,200}?\\fcharset(\d{1,3})")
_STYLE = re.compile(r"\{\\s(\d{1,5})(?!\d)([^;]{0,1000});")
_HEADING = re.compile(r"\\outlinelevel[0-8](?!\d)|\bheading [1-9]$", re.IGNORECASE)
_CHANNEL = re.compile(r"\\(red|green|blue)(\d{1,3})")
# Shapes, pages with a colour and shaded cells: any of them may lie behind white letters.
_BACKDROP = re.compile(r"\\(?:shpinst|do|background|clcbpat|clshdng|trcbpat)(?![a-z])")


@dataclass(frozen=True, slots=True)
class Head:
    """What the rest of the file refers to by number.

    Attributes:
        codec: The encoding of text in no particular font.
        codecs_by_font: The encoding of text in each font.
        colours: The colours by number as six hexadecimal digits; the automatic one is missing.
        headings: The numbers of the paragraph styles that are headings.
        ground: The colour of the page; unknown where something may lie behind the text.
    """

    codec: str
    codecs_by_font: Mapping[int, str]
    colours: Mapping[int, str]
    headings: frozenset[int]
    ground: str


def read_head(text: str) -> Head:
    """Read the tables of a file that was decoded as Latin-1."""
    codec = _code_page(text[:_LONGEST_TABLE])
    return Head(
        codec=codec,
        codecs_by_font=_fonts(_table(text, "fonttbl"), codec),
        colours=_colours(_table(text, "colortbl").partition("}")[0]),
        headings=frozenset(
            int(number)
            for number, style in _STYLE.findall(_table(text, "stylesheet"))
            if _HEADING.search(style)
        ),
        ground=UNKNOWN_GROUND if _BACKDROP.search(text) else WHITE,
    )


def decode(data: bytes, codec: str) -> str:
    """Decode the bytes of a run; what means nothing in its encoding is replaced."""
    if codec == _SYMBOL:
        return "".join(chr(_SYMBOL_BASE + byte) if byte > ord(" ") else " " for byte in data)
    return data.decode(codec, errors="replace")


def _table(text: str, name: str) -> str:
    start = text.find(f"\\{name}")
    return text[start : start + _LONGEST_TABLE] if start >= 0 else ""


def _code_page(text: str) -> str:
    found = re.search(r"\\ansicpg(\d{1,5})", text)
    if found:
        try:
            return codecs.lookup(f"cp{found[1]}").name
        except LookupError:
            return _DEFAULT_CODEC
    if re.search(r"\\mac(?![a-z])", text):
        return "mac_roman"
    return _DEFAULT_CODEC


def _fonts(table: str, codec: str) -> dict[int, str]:
    found = {}
    for font, charset in _FONT.findall(table):
        number = int(charset)
        if number == _SYMBOL_CHARSET:
            found[int(font)] = _SYMBOL
        elif number not in _DEFAULT_ONLY:
            found[int(font)] = _CODECS_BY_CHARSET.get(number, codec)
    return found


def _colours(table: str) -> dict[int, str]:
    found = {}
    for number, entry in enumerate(table.split(";")[:-1]):
        channels = {name: min(int(value), 255) for name, value in _CHANNEL.findall(entry)}
        if channels:
            parts = (channels.get(name, 0) for name in ("red", "green", "blue"))
            found[number] = "".join(f"{part:02X}" for part in parts)
    return found
