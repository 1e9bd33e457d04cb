"""RTF: the words of its control language, one by one."""

from __future__ import annotations

import pytest

from skillgap.document.model import Document
from skillgap.document.options import Limits, ReadOptions
from skillgap.document.rtf import RtfReader
from skillgap.errors import LimitExceededError

FONTS = rb"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset2 Symbol;}{\f2\fcharset204 Times;}}"
COLOURS = rb"{\colortbl;\red255\green255\blue255;\red0\green0\blue128;}"
STYLES = rb"{\stylesheet{\s0 Normal;}{\s1\sb240 heading 1;}{\s2\outlinelevel1 Kop 2;}}"


def read(body: bytes, limits: Limits | None = None) -> Document:
    data = rb"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + COLOURS + STYLES + body + b"}"
    return RtfReader().read(data, "x", ReadOptions(limits=limits or Limits()))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(rb"Ann\par Example\line Leeds", "Ann\nExample\nLeeds", id="lines"),
        pytest.param(b"Ann\\\nExample", "Ann\nExample", id="a backslash before a line break"),
        pytest.param(b"An\r\nn", "Ann", id="line breaks in the file are nothing"),
        pytest.param(rb"R\'e9sum\'e9 \f2\'c4\'e0", "Résumé Да", id="code pages of fonts"),
        pytest.param(rb"R\u233?sum\u233\'e9", "Résumé", id="unicode with stand-ins"),
        pytest.param(rb"\uc0 a\u8211-b\uc2\u8211ab c", "a–-b– c", id="number of stand-ins"),
        pytest.param(rb"\u-10179?\u-8704?", "😀", id="two halves"),
        pytest.param(rb"a\u8211\{b", "a–b", id="an escaped stand-in"),
        pytest.param(rb"\{C\}\~\\ e\_mail so\-ft", "{C} \\ e-mail soft", id="symbols"),
        pytest.param(rb"A\emdash B \ldblquote q\rdblquote", "A—B “q”", id="named characters"),
        pytest.param(rb"{\*\generator X}{\info{\title T}}{\pict 00ff}a", "a", id="unprinted"),
        pytest.param(rb"{\pict\bin5 }}}}}}a", "a", id="raw bytes"),
        pytest.param(rb"{\field{\*\fldinst HYPERLINK}{\fldrslt site}}", "site", id="fields"),
        pytest.param(rb"a{\deleted b}c", "ac", id="deleted"),
        pytest.param(rb"{\header Ann\par}{\footer end\par}body", "Ann\nbody\nend", id="edges"),
        pytest.param(rb"one{\footnote note}\par two", "one\ntwo\nnote", id="notes"),
        pytest.param(rb"\trowd\intbl a\cell b\cell\row\pard c", "a  b\nc", id="rows"),
        pytest.param(rb"\intbl 1\cell a\par b\cell\row\pard", "1\na\nb", id="columns"),
        pytest.param(rb"a{{{b", "ab", id="groups left open"),
        pytest.param(
            rb"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt box\par}}{\shprslt box}}body",
            "box\nbody",
            id="text boxes once",
        ),
    ],
)
def test_text(body: bytes, expected: str) -> None:
    """The text is what Word prints."""
    assert read(body).text == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(rb"{\listtext\f1\'b7\tab}\pard\ls1 Built\par", "• Built", id="symbol font"),
        pytest.param(rb"\pard{\pntext\'95\tab}Built\par", "• Built", id="old lists"),
        pytest.param(rb"{\listtext 2.\tab}\ls1 Built\par", "2. Built", id="numbers"),
        pytest.param(rb"{\listtext\f1 o\tab}\ls1 Built\par", "• Built", id="letter bullet"),
        pytest.param(rb"\pard\ls1 Built\par", "• Built", id="no text for the bullet"),
    ],
)
def test_items(body: bytes, expected: str) -> None:
    """Items of lists carry their bullet or number."""
    document = read(body)

    assert document.text == expected
    assert document.lines[0].bullet


def test_headings_and_looks() -> None:
    """Heading styles are known by name or level, letters by weight and size."""
    document = read(rb"\pard\s1 Work\par\pard\s2 Jobs\par\pard\s0\b\fs20 Ann\b0  x\par\plain y")

    assert [(line.heading, line.bold, line.size_pt) for line in document.lines] == [
        (True, False, 12),
        (True, False, 12),
        (False, True, 10),
        (False, False, 12),
    ]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(rb"{\v spam}", "vanish", id="marked hidden"),
        pytest.param(rb"{\fs2 spam}", "tiny", id="one point"),
        pytest.param(rb"{\cf1 spam}", "colour", id="white"),
        pytest.param(rb"{\cf2\highlight2 spam}", "colour", id="navy on navy"),
    ],
)
def test_hidden(body: bytes, kind: str) -> None:
    """What nobody sees is kept apart with its reason."""
    document = read(b"Ann" + body)

    assert document.text == "Ann"
    assert [(hidden.text, hidden.kind) for hidden in document.hidden] == [("spam", kind)]


@pytest.mark.parametrize("body", [rb"\cf1\highlight2 Ann", rb"\trowd\clcbpat2\cf1 Ann\cell\row"])
def test_white_on_colour_is_seen(body: bytes) -> None:
    """White letters on a colour are seen."""
    assert read(body).text == "Ann"


def test_pages() -> None:
    """A page break starts a page."""
    assert [line.page for line in read(rb"a\par\page b\par c").lines] == [1, 2, 2]


def test_limits() -> None:
    """Groups that nest too deep are refused, and so is a file that takes too long."""
    with pytest.raises(LimitExceededError, match="deeper"):
        read(b"{" * 300)
    with pytest.raises(LimitExceededError, match="longer"):
        read(b"Ann", Limits(max_seconds=0))
