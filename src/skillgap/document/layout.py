"""Glyphs of a page to its lines, in the order a person would read them."""

from __future__ import annotations

from collections.abc import Sequence

from skillgap.document.columns import headings_apart, in_reading_order
from skillgap.document.glyphs import Glyph, GlyphPage
from skillgap.document.rows import Row, overlapping, rows_as_written, rows_of
from skillgap.document.words import PageWord, words_of


def rows_in_order(page: GlyphPage) -> list[Row]:
    """Return the rows of a page in reading order.

    Text of different directions is laid out apart: the most frequent direction first, turned
    labels and watermarks after it.
    """
    by_angle: dict[int, list[Glyph]] = {}
    for glyph in page.glyphs:
        by_angle.setdefault(glyph.ink.angle, []).append(glyph)
    groups = sorted(by_angle.items(), key=lambda item: (-len(item[1]), item[0]))
    return [row for _, glyphs in groups for row in ordered_rows(words_of(glyphs))]


def ordered_rows(words: Sequence[PageWord]) -> list[Row]:
    """Return the rows of words of one direction in reading order."""
    rows = rows_of(words)
    if overlapping(rows):
        return headings_apart(rows_as_written(words))
    return in_reading_order(rows)
