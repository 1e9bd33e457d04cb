"""Plain text: encodings, headings by rules, gaps and pages."""

from __future__ import annotations

import pytest

from skillgap.document.model import Document, WarningCode
from skillgap.document.options import ReadOptions
from skillgap.document.plain import PlainReader

NAIVE = "naïve café résumé – “ok”"


def read(data: bytes | str) -> Document:
    raw = data.encode() if isinstance(data, str) else data
    return PlainReader().read(raw, "x", ReadOptions())


@pytest.mark.parametrize(
    ("data", "guessed"),
    [
        pytest.param(NAIVE.encode(), False, id="UTF-8"),
        pytest.param(NAIVE.encode("utf-8-sig"), False, id="UTF-8 with mark"),
        pytest.param(NAIVE.encode("utf-16"), False, id="UTF-16 with mark"),
        pytest.param(NAIVE.encode("utf-16-be"), True, id="UTF-16 without mark"),
        pytest.param(NAIVE.encode("utf-32"), False, id="UTF-32 with mark"),
        pytest.param(NAIVE.encode("cp1252"), True, id="Windows-1252"),
    ],
)
def test_encodings(data: bytes, guessed: bool) -> None:
    """Any of the usual encodings is read; a guess is a warning."""
    document = read(data)

    assert document.text == NAIVE
    assert [warning.code for warning in document.warnings] == [WarningCode.ODD_ENCODING] * guessed


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_line_breaks(end: str) -> None:
    """Each kind of line break ends a line."""
    assert read(f"Ann{end}Example{end}{end}Work").text == "Ann\nExample\n\nWork"


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        pytest.param("SKILLS\n------\nSQL", ["SKILLS"], id="underlined"),
        pytest.param("======\nSKILLS\n======\nSQL", ["SKILLS"], id="between rules"),
        pytest.param("last of a text\nSQL\n------\n", [], id="a rule under a text"),
        pytest.param("a" * 41 + "\n------", [], id="too long"),
        pytest.param("SKILLS\n\nSQL", [], id="no rule"),
    ],
)
def test_underlined_headings(text: str, headings: list[str]) -> None:
    """A short line that a rule underlines is a heading; the rule itself is no text."""
    document = read(text)

    found = [document.text[slice(*line.span)] for line in document.lines if line.heading]
    assert found == headings
    assert "--" not in document.text


def test_gaps() -> None:
    """Tabs and three spaces part a line; the space behind a bullet does not."""
    document = read("Analyst, Acme\t\t2019\n-    Built  models   fast")

    assert document.text == "Analyst, Acme  2019\n- Built models  fast"
    assert [len(line.segments) for line in document.lines] == [2, 2]
    assert [line.bullet for line in document.lines] == [False, True]


def test_form_feed_starts_a_page() -> None:
    """A form feed starts a page with the line it stands before."""
    document = read("one\n\x0ctwo\nthree")

    assert document.text == "one\ntwo\nthree"
    assert [line.page for line in document.lines] == [1, 2, 2]
