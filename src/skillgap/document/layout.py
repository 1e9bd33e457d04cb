"""Glyphs of a page to words, and words to rows in the order a person would read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from skillgap.document.blocks import HEADING_RATIO
from skillgap.document.columns import headings_apart, in_reading_order
from skillgap.document.glyphs import GlyphPage
from skillgap.document.rows import Row, Segment, is_bullet, overlapping, rows_as_written, rows_of
from skillgap.document.words import PageWord, words_of


def page_words(page: GlyphPage) -> list[PageWord]:
    """Return the words of a page, those of the most frequent direction first."""
    glyphs = page.glyphs
    angles = glyphs.of_inks(ink.angle for ink in glyphs.inks)
    directions, counts = np.unique(angles, return_counts=True)
    if len(directions) <= 1:
        return words_of(glyphs)
    ordered = sorted(zip(counts.tolist(), directions.tolist(), strict=True), key=_most_frequent)
    return [
        word
        for _, angle in ordered
        for word in words_of(glyphs.taken(np.flatnonzero(angles == angle)))
    ]


def _most_frequent(group: tuple[int, float]) -> tuple[int, float]:
    count, angle = group
    return -count, angle


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
    return _without_ornaments(in_reading_order(rows))


def _without_ornaments(rows: list[Row]) -> list[Row]:
    """Take the sign off a heading that starts with one, as items do.

    A heading is larger than most text, and what follows it is not; items follow each other.
    """
    marked = [is_bullet(row.segments[0].words[0].text) and len(row.text) > 1 for row in rows]
    if not any(marked):
        return rows
    letters: Counter[float] = Counter()
    for row in rows:
        letters[row.size] += len(row.text)
    least = HEADING_RATIO * letters.most_common(1)[0][0]
    return [
        _unmarked(row) if is_marked and row.size >= least and behind < least else row
        for row, is_marked, behind in zip(
            rows, marked, [*(row.size for row in rows[1:]), 0.0], strict=True
        )
    ]


def _unmarked(row: Row) -> Row:
    first, *others = row.segments
    if len(first.words) > 1:
        return Row.of((Segment.of(first.words[1:]), *others))
    return Row.of(others) if others else row
