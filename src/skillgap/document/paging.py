"""Rows of pages to the text of a `Document`, with the way back from each word to its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from skillgap.document.glyphs import GlyphPage, unturned
from skillgap.document.hyphens import GOES_ON
from skillgap.document.model import Box, Line, Page, Span, Word
from skillgap.document.rows import Row, is_bullet
from skillgap.document.words import PageWord

_SEGMENT_GAP = "  "
_BOLD_SHARE = 0.5
# The rest of a mended word stands on the next line, this many em below; its box is its own.
_BELOW = 0.7

# The classes themselves do this at twice the cost, which counts for the words of a page.
_new_span: Callable[[Iterable[int]], Span] = partial(tuple.__new__, Span)
_new_box: Callable[[Iterable[float]], Box] = partial(tuple.__new__, Box)
_new_word: Callable[[Iterable[Any]], Word] = partial(tuple.__new__, Word)


class TextBuilder:
    """Writes rows down as text and remembers where each word stands.

    Attributes:
        lines: The lines written so far.
        pages: The pages written so far.
        cut: Whether text was left out because there was too much of it.
    """

    def __init__(self, max_characters: int) -> None:
        self._max_characters = max_characters
        self._parts: list[str] = []
        self._length = 0
        self.lines: list[Line] = []
        self.pages: list[Page] = []
        self.cut = False

    @property
    def text(self) -> str:
        """The text written so far."""
        return "\n".join(self._parts)

    def add_page(self, page: GlyphPage, rows: Iterable[Row]) -> None:
        """Write the rows of the next page."""
        start = self._length
        for row in rows:
            self._add_row(row, page.number)
        span = Span(min(start + bool(start), self._length), self._length)
        self.pages.append(Page(page.number, span, page.width or None, page.height or None))

    def _add_row(self, row: Row, page: int) -> None:
        text = row_text(row)
        start = self._length + bool(self._parts)
        if self.cut or start + len(text) > self._max_characters:
            self.cut = True
            return
        self._parts.append(text)
        self._length = start + len(text)
        self.lines.append(_line(row, start, page))


def row_text(row: Row) -> str:
    """Return the text of a row as it is written down, its mended words whole."""
    text = _SEGMENT_GAP.join(segment.text for segment in row.segments)
    return text.replace(f"{GOES_ON} ", "")


def box_of(word: PageWord) -> Box:
    """Return the place of a word on its page."""
    _, x0, x1, baseline, ink = word
    box = Box(
        round(x0, 2),
        round(baseline - ink.ascent, 2),
        round(x1, 2),
        round(baseline + ink.descent, 2),
    )
    return box if ink.angle == 0 else unturned(box, ink.angle)


def box_around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds them all."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return Box(min(x0s), min(tops), max(x1s), max(bottoms))


def _line(row: Row, start: int, page: int) -> Line:
    words = [word for segment in row.segments for word in segment.words]
    boxes = _boxes_of(words)
    spans, segments = _spans_of(row, start)
    size, bold = _size_and_weight(words)
    return Line(
        span=Span(start, segments[-1].end),
        page=page,
        box=box_around(_boxes_on(row, words, boxes)),
        size_pt=size,
        bold=bold,
        bullet=len(words) > 1 and is_bullet(words[0].text),
        segments=tuple(segments),
        words=tuple(map(_new_word, zip(spans, boxes, strict=True))),
    )


def _spans_of(row: Row, start: int) -> tuple[list[Span], list[Span]]:
    """Where the words of a row stand in the text, and where its segments do."""
    words: list[Span] = []
    segments: list[Span] = []
    at = start
    for segment in row.segments:
        segment_start = at
        for word in segment.words:
            text = word.text
            goes_on = text[-1] == GOES_ON
            end = at + len(text) - goes_on
            words.append(_new_span((at, end)))
            at = end if goes_on else end + 1
        segments.append(Span(segment_start, at - 1))
        at += len(_SEGMENT_GAP) - 1
    return words, segments


def _boxes_of(words: Sequence[PageWord]) -> list[Box]:
    """The boxes of the words of a row, nearly all of which are equally high."""
    boxes: list[Box] = []
    last_ink, last_baseline = None, 0.0
    top = bottom = 0.0
    for word in words:
        _, x0, x1, baseline, ink = word
        if ink is last_ink and baseline == last_baseline:
            boxes.append(_new_box((round(x0, 2), top, round(x1, 2), bottom)))
            continue
        boxes.append(box_of(word))
        if ink.angle == 0:
            last_ink, last_baseline = ink, baseline
            _, top, _, bottom = boxes[-1]
    return boxes


def _boxes_on(row: Row, words: Sequence[PageWord], boxes: Sequence[Box]) -> Sequence[Box]:
    """The boxes of those words that stand on the row itself, as all but mended ones do."""
    if all(baseline <= row.baseline for _, _, _, baseline, _ in words):
        return boxes
    return [
        box
        for box, word in zip(boxes, words, strict=True)
        if word.baseline <= row.baseline + _BELOW * word.size
    ]


def _size_and_weight(words: Sequence[PageWord]) -> tuple[float, bool]:
    """The size of most letters, and whether most are bold."""
    first = words[0].ink
    if all(word.ink is first for word in words):
        return round(first.size_pt, 1), first.bold
    sizes: Counter[float] = Counter()
    bold = letters = 0
    for word in words:
        count = len(word.text)
        sizes[round(word.ink.size_pt, 1)] += count
        letters += count
        bold += count * word.ink.bold
    return sizes.most_common(1)[0][0], bold > _BOLD_SHARE * letters
