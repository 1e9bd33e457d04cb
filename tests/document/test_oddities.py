"""What is odd about a file that could be read is told, and nothing is told about a sound one."""

from __future__ import annotations

import pytest

from skillgap.document.glyphs import Glyph, GlyphPage, Glyphs, Ink
from skillgap.document.layout import page_words, rows_in_order
from skillgap.document.model import Format, WarningCode
from skillgap.document.oddities import page_oddities
from skillgap.document.options import ReadOptions
from skillgap.document.paging import TextBuilder
from skillgap.document.pdf import PdfReader
from skillgap.document.reader import read_document
from skillgap.document.rows import rows_of
from tests.document.portable import column, pdf, text

_WORDS = "Built models of churn and wrote reports for the board of a company each month"
_PROSE = [_WORDS] * 12


def _codes(page: str) -> list[WarningCode]:
    document = PdfReader().read(pdf(page), "resume.pdf", ReadOptions())
    return [warning.code for warning in document.warnings]


def _page(words: str, ink: Ink) -> GlyphPage:
    glyphs = []
    for at, letter in enumerate(words):
        x0 = 50 + 6 * (at % 80)
        spaced = at > 0 and words[at - 1] == " "
        if letter != " ":
            glyphs.append(Glyph(letter, x0, x0 + 5, 100 + 14 * (at // 80), ink, spaced))
    return GlyphPage(1, 595, 842, Glyphs.of(glyphs))


def _oddities(page: GlyphPage) -> list[WarningCode]:
    builder = TextBuilder(100_000)
    builder.add_page(page, rows_in_order(page_words(page)))
    return [each.code for each in page_oddities([page], builder.lines, builder.text)]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(column(50, 100, _PROSE), [], id="sound"),
        pytest.param(text(50, 100, "Ann Example"), [WarningCode.FEW_LETTERS], id="few letters"),
        pytest.param(
            column(50, 100, _PROSE[:6], leading=18)
            + column(80, 105, ["Some words printed over them"] * 6, leading=18),
            [WarningCode.ODD_ORDER],
            id="lines over each other",
        ),
        pytest.param(
            column(50, 100, [line.replace(" ", "") for line in _PROSE]),
            [WarningCode.FEW_SPACES],
            id="no spaces",
        ),
        pytest.param(
            column(50, 100, ["Bcdfg hjklm npqrs tvwxz " * 3] * 6),
            [WarningCode.GARBLED_TEXT],
            id="letters that make no words",
        ),
        pytest.param(
            column(50, 100, ["(cid:12)(cid:7) and (cid:31)(cid:4) words of nobody at all"] * 8),
            [WarningCode.GARBLED_TEXT],
            id="codes instead of letters",
        ),
    ],
)
def test_what_is_odd_is_told(page: str, expected: list[WarningCode]) -> None:
    """Each oddity of a page has a warning of its own."""
    assert _codes(page) == expected


@pytest.mark.parametrize(
    ("symbols", "expected"),
    [
        pytest.param(False, [WarningCode.GARBLED_TEXT], id="a font of letters"),
        pytest.param(True, [], id="a font of icons"),
    ],
)
def test_private_letters_are_told(symbols: bool, expected: list[WarningCode]) -> None:
    """Letters that only their font understands are lost, and this is said; icons are no loss."""
    sound = _page(" ".join(_PROSE), Ink(10, 7, 2))
    private = tuple(
        glyph._replace(text="\ue012", ink=Ink(10, 7, 2, symbols=symbols))
        for glyph in list(sound.glyphs)[::5]
    )
    page = GlyphPage(1, 595, 842, Glyphs.of([*list(sound.glyphs)[:80], *private]))

    assert _oddities(page) == expected


def test_lines_across_two_columns_are_told() -> None:
    """Where rows of prose go on beside each other, somebody should look."""
    ink = Ink(10, 7, 2)
    words = ["several", "words", "of", "one", "column", "here"]
    glyphs = []
    for row in range(4):
        for start in (50, 300):
            at = float(start)
            for word in words:
                for index, letter in enumerate(word):
                    spaced = index == 0 and at > start
                    glyphs.append(Glyph(letter, at, at + 5, 100 + 12 * row, ink, spaced))
                    at += 5
                at += 3
    page = GlyphPage(1, 595, 842, Glyphs.of(glyphs))
    rows = rows_of(page_words(page))
    builder = TextBuilder(100_000)
    builder.add_page(page, rows)

    codes = [each.code for each in page_oddities([page], builder.lines, builder.text)]

    assert codes == [WarningCode.MIXED_COLUMNS]


def test_lines_in_disorder_are_told() -> None:
    """Lines that step back up all the time were not read as they stand on the page."""
    ink = Ink(10, 7, 2)
    page = _page(" ".join(_PROSE * 3), ink)
    rows = rows_of(page_words(page))
    shuffled = TextBuilder(100_000)
    shuffled.add_page(page, rows[::-1])

    codes = [each.code for each in page_oddities([page], shuffled.lines, shuffled.text)]

    assert codes == [WarningCode.ODD_ORDER]


def test_text_of_other_formats_is_looked_at_too() -> None:
    """A text file full of replacement characters is as unreadable as a PDF of them."""
    document = read_document(("Ann Example \ufffd\ufffd\ufffd " * 8).encode(), name="resume.txt")

    assert document.format is Format.TEXT
    assert [each.code for each in document.warnings] == [WarningCode.GARBLED_TEXT]
