"""Words of a PDF that no reader of the page can see, told by their ink or by a look at the page.

Attributes tell invisible, transparent, tiny and off-page text. White text is legal on a dark
ground, and a rectangle over black text leaves no attribute at all: for those, the page is painted
small and grey, and each word must leave a mark in its place. What seems not to is looked at once
more, larger and in colour, because thin letters fade in the small picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from skillgap.document.glyphs import GlyphPage, Ink, Raster, Rgba, unturned
from skillgap.document.model import Box
from skillgap.document.words import PageWord

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Letters of less than this size are dots. Footnotes have 6 pt and more, fine print 4.
_TINY_PT = 2.0
# From this opacity on text can be read, with effort; watermarks have more.
_LEAST_ALPHA = 38
# Points that a word must lie beyond the page's edge.
_OFF_PAGE_PT = 1.0
# Fewer hidden words in a file are leftovers of its making, and no reason for a notice.
_LEAST_WORDS = 3
# Steps of 255 by which colours must differ to be told apart: a tenth, as on a bad screen.
_CONTRAST = 24
# Twice that for a first glance, which may not err.
_CLEAR_CONTRAST = 48
# Fill colours up to this light are dark enough for the first glance.
_DARK = 170
# Render modes that stroke letters: their fill colour says little.
_STROKED = frozenset({1, 2, 5, 6})
# Where letters have most of their ink, in em above the baseline: rows for the first glance.
_GLANCES = (0.12, 0.28, 0.45)
# The box that letters fill, in em above and below the baseline.
_ABOVE = 0.72
_BELOW = 0.2
# In a scan's text layer, most words have a picture of letters under them.
_FLAT_SHARE = 0.5
# Words need so many letters or digits to be looked for: a dash or a dot is easily lost.
_LEAST_LETTERS = 2


class Reason(StrEnum):
    """Why a word cannot be seen."""

    INVISIBLE = "invisible"
    TRANSPARENT = "transparent"
    TINY = "tiny"
    OFF_PAGE = "off-page"
    COLOUR = "colour"
    COVERED = "covered"


class Unseen(NamedTuple):
    """A word that cannot be seen, the index of its page among those read, and the reason."""

    page: int
    word: PageWord
    reason: Reason


def unseen_words(
    pages: Sequence[GlyphPage],
    words: Sequence[Sequence[PageWord]],
    paint_larger: Callable[[Sequence[int]], Sequence[Raster | None]],
) -> list[Unseen]:
    """Find the words that no reader of the pages can see.

    Args:
        pages: The pages, with their pictures where the engine paints.
        words: The words of each page.
        paint_larger: Paints the pages with these numbers again, larger and in colour.

    Returns:
        The words in order; none at all when there are fewer than three in the file.
    """
    suspects = [
        Unseen(index, word, reason)
        for index, page in enumerate(pages)
        for word, reason in _suspects(words[index], page)
    ]
    if len(suspects) < _LEAST_WORDS:
        return []
    doubtful = sorted({each.page for each in suspects if _needs_second_look(each, pages)})
    painted = paint_larger([pages[index].number for index in doubtful])
    pictures: dict[int, Raster | None] = dict(zip_longest(doubtful, painted[: len(doubtful)]))
    scans = {index for index in doubtful if _is_scan(index, suspects, pictures[index])}
    kept = [
        each
        for each in suspects
        if not (
            each.page in scans
            if each.reason is Reason.INVISIBLE
            else _needs_second_look(each, pages) and _seen(each, pictures[each.page])
        )
    ]
    return kept if len(kept) >= _LEAST_WORDS else []


def _suspects(words: Sequence[PageWord], page: GlyphPage) -> Iterator[tuple[PageWord, Reason]]:
    """The words of a page that seem hidden; a few inks are shared by all of them."""
    inks = {id(word.ink): word.ink for word in words}
    reasons = {key: _reason_in(ink) for key, ink in inks.items()}
    clear = _stand_clear(words, page) if page.raster is None else _are_clear(words, page.raster)
    for word, is_clear in zip(words, clear, strict=True):
        reason = reasons[id(word.ink)]
        if reason is None and not is_clear:
            reason = _reason_on(page, word)
        if reason is not None:
            yield word, reason


def _reason_in(ink: Ink) -> Reason | None:
    """Say why nothing written with the ink can be seen, wherever it stands."""
    if ink.invisible:
        return Reason.INVISIBLE
    if ink.size_pt < _TINY_PT:
        return Reason.TINY
    if ink.rgba is not None and ink.rgba[3] <= _LEAST_ALPHA and ink.render_mode not in _STROKED:
        return Reason.TRANSPARENT
    return None


def _reason_on(page: GlyphPage, word: PageWord) -> Reason | None:
    """Say why a word, whose ink can be seen, cannot be seen in its place."""
    box = _letter_box(word)
    if _is_off_page(box, page):
        return Reason.OFF_PAGE
    if page.raster is None or sum(map(str.isalnum, word.text)) < _LEAST_LETTERS:
        return None
    return _look(box, word.ink, page.raster)


def _needs_second_look(suspect: Unseen, pages: Sequence[GlyphPage]) -> bool:
    """Whether a larger picture could show the word: it may be painted, or a scan under it."""
    if suspect.reason is Reason.INVISIBLE:
        return pages[suspect.page].pictured
    return suspect.reason in (Reason.COLOUR, Reason.COVERED)


def _is_scan(index: int, suspects: Sequence[Unseen], picture: Raster | None) -> bool:
    """Whether a page's invisible words are the text layer of a scan, over pictures of words."""
    if picture is None:
        return True
    layer = [s.word for s in suspects if s.page == index and s.reason is Reason.INVISIBLE]
    flat = sum(_is_flat(picture.inside(_letter_box(word))) for word in layer)
    return bool(layer) and flat <= _FLAT_SHARE * len(layer)


def _seen(suspect: Unseen, picture: Raster | None) -> bool:
    """Whether a larger picture shows the word; without one nobody can say that it does not."""
    return picture is None or _look(_letter_box(suspect.word), suspect.word.ink, picture) is None


def _letter_box(word: PageWord) -> Box:
    size = word.ink.size_pt
    box = Box(word.x0, word.baseline - _ABOVE * size, word.x1, word.baseline + _BELOW * size)
    return unturned(box, word.ink.angle)


def _is_off_page(box: Box, page: GlyphPage) -> bool:
    return (
        box.x1 < -_OFF_PAGE_PT
        or box.x0 > page.width + _OFF_PAGE_PT
        or box.bottom < -_OFF_PAGE_PT
        or box.top > page.height + _OFF_PAGE_PT
    )


def _dark_fill(ink: Ink) -> int | None:
    """The grey of upright letters that are dark enough for the first glance."""
    if ink.rgba is None or ink.angle != 0:
        return None
    fill = _grey(ink.rgba)
    return fill if fill <= _DARK else None


def _stand_clear(words: Iterable[PageWord], page: GlyphPage) -> list[bool]:
    """Whether upright words stand well inside the page."""
    width, height = page.width, page.height
    return [
        0 <= x0 <= width and x1 >= 0 and ink.size_pt <= baseline <= height and ink.angle == 0
        for _, x0, x1, baseline, ink in words
    ]


def _are_clear(words: Sequence[PageWord], picture: Raster) -> list[bool]:
    """Whether a first glance shows dark ink on a lighter ground, as for nearly all words it does.

    All words are looked at together, at one height after the other; the clear ones only once.
    """
    clear = [False] * len(words)
    fills = {id(word.ink): _dark_fill(word.ink) for word in words}
    dark = [
        (at, x0, x1, baseline, ink.size_pt, fill)
        for at, (_, x0, x1, baseline, ink) in enumerate(words)
        if (fill := fills[id(ink)]) is not None
    ]
    left = np.array(dark, np.float64)
    for height in _GLANCES:
        if not left.size:
            break
        marked = _are_marked(left, height, picture)
        for at in left[marked, 0].astype(int).tolist():
            clear[at] = True
        left = left[~marked]
    return clear


def _are_marked(places: NDArray[np.float64], height: float, picture: Raster) -> NDArray[np.bool_]:
    """Whether one row of pixels through each word, so many em high, shows ink of its fill.

    Args:
        places: Of each word the index, start, end, baseline, size and fill.
        height: In em above the baseline.
        picture: The page in grey.
    """
    _, x0s, x1s, baselines, sizes, fills = places.T
    lines = ((baselines - height * sizes) * picture.scale).astype(int)
    firsts = np.maximum((x0s * picture.scale).astype(int), 0)
    lengths = np.minimum((x1s * picture.scale).astype(int) + 1, picture.width) - firsts
    marked: NDArray[np.bool_] = (lines >= 0) & (lines < picture.height) & (lengths > 0)
    lengths = lengths[marked]
    if not lengths.size:
        return marked
    # The pixels of all words side by side, and where each word's begin.
    begins = np.cumsum(lengths) - lengths
    starts = lines[marked] * picture.stride + firsts[marked] - begins
    at = np.repeat(starts, lengths) + np.arange(lengths.sum())
    pixels = np.frombuffer(picture.pixels, np.uint8)[at]
    darkest = np.minimum.reduceat(pixels, begins)
    lightest = np.maximum.reduceat(pixels, begins)
    marked[marked] = lightest >= np.maximum(fills[marked], darkest) + _CLEAR_CONTRAST
    return marked


def _look(box: Box, ink: Ink, picture: Raster) -> Reason | None:
    """Say why nothing of the word can be seen in the picture, None when something can."""
    reasons = [_look_at(box, ink, picture, channel) for channel in range(picture.channels)]
    return None if None in reasons else max(reasons, key=reasons.count)


def _look_at(box: Box, ink: Ink, picture: Raster, channel: int) -> Reason | None:
    pixels = picture.inside(box, channel)
    if not pixels:
        return None
    fill = None
    if ink.rgba is not None and ink.render_mode not in _STROKED:
        fill = _grey(ink.rgba) if picture.channels == 1 else ink.rgba[channel]
    ground = Counter(picture.around(box, channel) or pixels).most_common(1)[0][0]
    same = fill is not None and abs(fill - ground) < _CONTRAST
    if _is_flat(pixels):
        return Reason.COLOUR if same else Reason.COVERED
    if fill is None:
        return None
    if same:
        return Reason.COLOUR
    marked = max(pixels) - ground if fill > ground else ground - min(pixels)
    return None if marked >= _CONTRAST else Reason.COVERED


def _is_flat(pixels: bytes) -> bool:
    return not pixels or max(pixels) - min(pixels) < _CONTRAST


def _grey(rgba: Rgba) -> int:
    """The grey that PDFium paints for a colour."""
    red, green, blue, _ = rgba
    return (red * 30 + green * 59 + blue * 11) // 100


def joined(unseen: Iterable[Unseen]) -> list[list[Unseen]]:
    """Gather words that follow each other on one line, hidden for one reason."""
    groups: list[list[Unseen]] = []
    for each in unseen:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and (last.page, last.reason) == (each.page, each.reason)
            and abs(last.word.baseline - each.word.baseline) <= each.word.size
        ):
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups
