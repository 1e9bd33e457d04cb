"""What is odd about text that could be read: told in the result, for a person to look at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, pairwise

from skillgap.document.blocks import is_date
from skillgap.document.glyphs import GlyphPage, Glyphs
from skillgap.document.legibility import MEANINGLESS, garbled, is_much, text_oddities
from skillgap.document.model import Box, DocumentWarning, Line, WarningCode

# A page of a resume has 1,500 letters and more; the last page may have a few lines.
_LETTERS_PER_PAGE = 40
# So many rows in a row with prose on both sides of one gap run across two columns.
_MIXED_ROWS = 3
_PROSE_LETTERS = 20
_STRAIGHT_PT = 2.0
# Lines cover each other when their baselines are this share of their size apart, or less.
_COVERING = 0.6
_COVERED_LINES = 3
# The longest page of dense text has some 120 lines; the words of so many are compared at most.
_MOST_LINES = 200
# Columns and sidebars step back up a few times a page; a page in disorder does all the time.
_STEPS_UP = 8
_STEPS_SHARE = 0.2


def page_oddities(
    pages: Sequence[GlyphPage], lines: Sequence[Line], text: str
) -> list[DocumentWarning]:
    """Return what is odd about the pages of a file and the lines read from them.

    Args:
        pages: The glyphs as the engine gave them.
        lines: What was made of them, in reading order.
        text: What the spans of the lines refer to.
    """
    found = list(text_oddities(text))
    letters, lost = _count_glyphs(pages)
    if lost and all(warning.code != WarningCode.GARBLED_TEXT for warning in found):
        found.append(garbled(lost))
    if letters < _LETTERS_PER_PAGE * len(pages) and not any(page.is_picture for page in pages):
        found.append(
            DocumentWarning(
                WarningCode.FEW_LETTERS,
                f"{letters} letters on {len(pages)} page{'s' if len(pages) > 1 else ''}: the rest"
                " may be pictures, which are not read",
            )
        )
    found.extend(_layout_oddities(lines, text))
    return found


def _layout_oddities(lines: Sequence[Line], text: str) -> Iterator[DocumentWarning]:
    mixed, covered, disordered = [], [], []
    for page, on_page in groupby(lines, key=lambda line: line.page):
        there = list(on_page)
        if _runs_across(there, text):
            mixed.append(page)
        if _covered(there) >= _COVERED_LINES and _covers_words(there):
            covered.append(page)
        elif _steps_up(there) > max(_STEPS_UP, _STEPS_SHARE * len(there)):
            disordered.append(page)
    if mixed:
        yield DocumentWarning(
            WarningCode.MIXED_COLUMNS,
            f"{_named(mixed)}: lines seem to run across two columns; sentences may be mixed up",
        )
    if covered:
        yield DocumentWarning(
            WarningCode.ODD_ORDER,
            f"{_named(covered)}: lines are printed over each other; their order is uncertain",
        )
    if disordered:
        yield DocumentWarning(
            WarningCode.ODD_ORDER,
            f"{_named(disordered)}: the order of the lines is uncertain",
        )


def _count_glyphs(pages: Iterable[GlyphPage]) -> tuple[int, int]:
    """The letters of all pages, and how many characters have no meaning, 0 if but a few.

    Fonts of icons do not count: nobody reads them.
    """
    letters = lost = total = 0
    for page in pages:
        joined = "".join(readable(page.glyphs))
        total += len(joined)
        letters += sum(count for char, count in Counter(joined).items() if char.isalpha())
        if not joined.isascii():
            lost += len(MEANINGLESS.findall(joined))
    return letters, lost if is_much(lost, total) else 0


def readable(glyphs: Glyphs) -> Iterable[str]:
    """Return the texts of the glyphs that are no icons."""
    if not any(ink.symbols for ink in glyphs.inks):
        return glyphs.texts
    return (glyph.text for glyph in glyphs if not glyph.ink.symbols)


def _runs_across(lines: Sequence[Line], text: str) -> bool:
    """Whether several lines in a row have prose on both sides of one gap."""
    run = 0
    last_start: float | None = None
    for line in lines:
        start = _second_start(line, text)
        straight = (
            start is not None and last_start is not None and abs(start - last_start) <= _STRAIGHT_PT
        )
        run = 0 if start is None else run + 1 if straight else 1
        last_start = start
        if run >= _MIXED_ROWS:
            return True
    return False


def _second_start(line: Line, text: str) -> float | None:
    """Where the second part of a line of two long parts starts."""
    if len(line.segments) != 2:
        return None
    parts = [text[slice(*segment)] for segment in line.segments]
    if any(len(part) < _PROSE_LETTERS or is_date(part) for part in parts):
        return None
    second = line.segments[1].start
    return next((word.box.x0 for word in line.words if word.span.start == second), None)


def _covered(lines: Sequence[Line]) -> int:
    """How many lines are printed over another one."""
    boxes = sorted((line.box for line in lines if line.box), key=lambda box: box.bottom)
    return sum(
        1
        for above, below in pairwise(boxes)
        if below.bottom - above.bottom < _COVERING * min(_height(above), _height(below))
        and min(above.x1, below.x1) - max(above.x0, below.x0) > min(_height(above), _height(below))
    )


def _covers_words(lines: Sequence[Line]) -> bool:
    """Whether several words stand on a word of another line; asked only where lines seem to."""
    boxes = sorted(
        ((word.box, at) for at, line in enumerate(lines[:_MOST_LINES]) for word in line.words),
        key=lambda item: item[0].x0,
    )
    covered = 0
    for index, (box, at) in enumerate(boxes):
        height = _height(box)
        for other, elsewhere in islice(boxes, index + 1, None):
            if other.x0 > box.x1 - _COVERING * height:
                break
            near = abs(other.bottom - box.bottom) < _COVERING * min(height, _height(other))
            covered += near and at != elsewhere
            if covered >= _COVERED_LINES:
                return True
    return False


def _height(box: Box) -> float:
    return box.bottom - box.top


def _steps_up(lines: Sequence[Line]) -> int:
    boxes = [line.box for line in lines if line.box]
    return sum(below.bottom < above.bottom - _height(below) for above, below in pairwise(boxes))


def _named(pages: Sequence[int]) -> str:
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(map(str, pages))}"
