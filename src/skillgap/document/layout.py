"""Glyphs of a page to words, and words to rows in the order a person would read them."""

from __future__ import annotations

from collections.abc import Iterable

from skillgap.document.columns import headings_apart, in_reading_order
from skillgap.document.glyphs import Glyph, GlyphPage
from skillgap.document.rows import Row, overlapping, rows_as_written, rows_of
from skillgap.document.words import PageWord, words_of


def page_words(page: GlyphPage) -> list[PageWord]:
    """Return the words of a page, those of the most frequent direction first."""
    if len({glyph.ink.angle for glyph in page.glyphs}) == 1:
        return words_of(page.glyphs)
    by_angle: dict[float, list[Glyph]] = {}
    for glyph in page.glyphs:
        by_angle.setdefault(glyph.ink.angle, []).append(glyph)
    groups = sorted(by_angle.items(), key=lambda item: (-len(item[1]), item[0]))
    return [word for _, glyphs in groups for word in words_of(glyphs)]


def rows_in_order(words: Iterable[PageWord]) -> list[Row]:
    """Return the rows that the words of a page form, in reading order.

    Text of different directions is laid out apart, in the order in which it is given: turned
    labels and watermarks stand after the text.
    """
    by_angle: dict[float, list[PageWord]] = {}
    for word in words:
        by_angle.setdefault(word.ink.angle, []).append(word)
    return [row for group in by_angle.values() for row in _ordered(group)]


def _ordered(words: list[PageWord]) -> list[Row]:
    rows = rows_of(words)
    if overlapping(rows):
        return headings_apart(rows_as_written(words))
    return in_reading_order(rows)
