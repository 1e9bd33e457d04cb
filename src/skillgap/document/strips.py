"""Lines of a picture, straightened: where their ink says that words stand, and how high.

A recogniser places a line's box loosely and its words only about. Rows, columns and headings are
told by places and sizes, so both are measured here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from skillgap.document.words import BULLETS

if TYPE_CHECKING:
    from numpy.typing import NDArray

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
"""Top left, top right, bottom right and bottom left of a line, as one reads it, in pixels."""

# Ink differs from the paper by this share of the greatest difference in the line, which must be
# one that an eye sees.
_INK_SHARE = 0.4
_LEAST_CONTRAST = 24
# A detector's box may cut letters off; so much more of its height is looked at on both sides.
_MARGIN = 0.15
# A row with ink on less than this share of a word's width is noise.
_ROW_SHARE = 0.03
# In heights of the line: how far the recogniser may be out about a word's end; the least gap
# between words; the gap between a letter and its dot.
_ASTRAY = 0.6
_LEAST_GAP = 0.08
_DOT_GAP = 0.2
# Letters are at least this high; less is a rule or a lost crop.
_LEAST_HEIGHT = 0.15
# The parts of an em that letters reach above and below the baseline, in most fonts.
_HIGH, _MIDDLE, _LOW = 0.72, 0.5, 0.21
_LOW_LETTERS = frozenset("gjpqyQ()[]{}/|,;@$")
_MIDDLE_LETTERS = frozenset("acegmnopqrsuvwxyz.,:;-–—_+~•·<>=")
# A gap this wide, in heights of the line, parts texts that may differ in size.
_WIDE_GAP = 0.8


class Word(NamedTuple):
    """A word of a line.

    Attributes:
        text: As read.
        start: Where it starts along the line, in pixels.
        end: Where it ends.
        size: The size of its letters, in pixels; 0 before it is measured.
        baseline: How far its baseline is below the line's top, in pixels.
    """

    text: str
    start: float
    end: float
    size: float = 0.0
    baseline: float = 0.0


def measured(words: Sequence[Word], grey: NDArray[Any], corners: Corners) -> list[Word]:
    """Return the words of a line with exact places, sizes and baselines."""
    strip, margin = _straightened(grey, corners)
    ink = _ink_of(strip)
    height = ink.shape[0] - 2 * margin
    groups: list[list[Word]] = []
    for word in _without_icons(_between_gaps(words, ink), _WIDE_GAP * height):
        exact = _with_size(word, ink)
        if groups and word.start - groups[-1][-1].end <= _WIDE_GAP * height:
            groups[-1].append(exact)
        else:
            groups.append([exact])
    return [
        word._replace(baseline=word.baseline - margin)
        for group in groups
        for word in _levelled(group, ink.shape[0])
    ]


def _without_icons(words: Sequence[Word], wide: float) -> Iterator[Word]:
    """Leave out icons read as signs: at a line's end, or with a wide gap on just one side."""
    yield words[0]
    for before, word, behind in zip(words, words[1:], [*words[2:], None], strict=False):
        if behind is None:
            icon = word.text in BULLETS and not word.text.isascii()
        else:
            icon = (word.start - before.end > wide) != (behind.start - word.end > wide)
        if not icon or any(map(str.isalnum, word.text)):
            yield word


def _levelled(words: Sequence[Word], height: int) -> list[Word]:
    """Give all words of a group the size and baseline that most of their letters have."""
    sized = [word for word in words for _ in word.text if word.size]
    size = median(word.size for word in sized) if sized else height * (_HIGH + _LOW)
    baseline = median(word.baseline for word in sized) if sized else height * (1 - _LOW)
    return [word._replace(size=size, baseline=baseline) for word in words]


def _with_size(word: Word, ink: NDArray[Any]) -> Word:
    """Measure a word by the rows that its letters reach; one without letters stays unmeasured."""
    if not any(map(str.isalnum, word.text)):
        return word
    part = ink[:, math.floor(word.start) : math.ceil(word.end)]
    rows = part.sum(axis=1) > _ROW_SHARE * part.shape[1]
    top, bottom = _tallest_run(rows, ink.shape[0] * _DOT_GAP)
    if bottom - top < ink.shape[0] * _LEAST_HEIGHT:
        return word
    up = _MIDDLE if _MIDDLE_LETTERS.issuperset(word.text) else _HIGH
    down = 0.0 if _LOW_LETTERS.isdisjoint(word.text) else _LOW
    size = (bottom - top) / (up + down)
    return word._replace(size=size, baseline=bottom - down * size)


def _tallest_run(rows: NDArray[Any], gap: float) -> tuple[int, int]:
    """Return the longest stretch of rows with ink, over gaps no wider than those of an i's dot."""
    best = (0, 0)
    start = end = -math.inf
    for row in map(int, rows.nonzero()[0]):
        if row - end > gap:
            start = row
        end = row + 1
        best = max(best, (int(start), end), key=lambda run: run[1] - run[0])
    return best


def _between_gaps(words: Sequence[Word], ink: NDArray[Any]) -> list[Word]:
    """Move the ends of the words to the blank columns nearby."""
    height, length = ink.shape
    columns = [not column for column in ink.sum(axis=0).tolist()]
    middles = [0.0, *((word.start + word.end) / 2 for word in words), float(length)]
    ends = [(0.0, words[0].start)]
    ends += [(word.end, after.start) for word, after in pairwise(words)]
    ends.append((words[-1].end, float(length)))
    gaps = [
        _widest_gap(
            columns,
            max(middles[index], min(end, start) - _ASTRAY * height),
            min(middles[index + 1], max(end, start) + _ASTRAY * height),
            _LEAST_GAP * height,
        )
        or (end, start)
        for index, (end, start) in enumerate(ends)
    ]
    return [
        word._replace(start=before[1], end=max(after[0], before[1]))
        for word, (before, after) in zip(words, pairwise(gaps), strict=True)
    ]


def _widest_gap(
    blank: Sequence[bool], first: float, last: float, least: float
) -> tuple[float, float] | None:
    widest: tuple[float, float] | None = None
    start = None
    at, end = math.floor(first), math.ceil(last)
    for column, empty in enumerate([*blank[at:end], False], start=at):
        if empty and start is None:
            start = column
        elif not empty and start is not None:
            if column - start >= least:
                least = column - start + 1
                widest = float(start), float(column)
            start = None
    return widest


def _straightened(grey: NDArray[Any], corners: Corners) -> tuple[NDArray[Any], int]:
    """Return the pixels of a line as if it were level, and the rows added above and below."""
    import numpy as np

    (x, y), right, _, below = corners
    length, height = math.dist((x, y), right) or 1.0, math.dist((x, y), below) or 1.0
    margin = round(_MARGIN * height)
    along = np.arange(math.ceil(length))
    down = np.arange(-margin, math.ceil(height) + margin)[:, None]
    xs = x + along * (right[0] - x) / length + down * (below[0] - x) / height
    ys = y + along * (right[1] - y) / length + down * (below[1] - y) / height
    rows = np.clip(np.rint(ys).astype(int), 0, grey.shape[0] - 1)
    columns = np.clip(np.rint(xs).astype(int), 0, grey.shape[1] - 1)
    return grey[rows, columns], margin


def _ink_of(strip: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    difference = np.abs(strip.astype(np.int16) - int(np.median(strip)))
    greatest = np.percentile(difference, 99)
    ink: NDArray[Any] = difference > max(greatest * _INK_SHARE, _LEAST_CONTRAST)
    return ink
