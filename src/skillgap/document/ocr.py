"""Pictures of pages to glyphs, by text recognition: the optional extra `ocr`.

RapidOCR finds the lines of a picture and reads them; what it finds is handed over as glyphs, one
for each word, so that rows, columns and reading order are the layout's work as for any PDF.
"""

from __future__ import annotations

import logging
import math
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from skillgap.document.glyphs import Glyph, GlyphDocument, GlyphPage, Glyphs, Ink, Raster, turned
from skillgap.document.model import DocumentWarning, WarningCode
from skillgap.document.strips import Corners, Point, Word, measured

if TYPE_CHECKING:
    from numpy.typing import NDArray

ENGINE_NAME = "rapidocr"
INSTALL = "pip install 'skillgap[ocr]'"

# Pixels of a page's shorter side: 118 dpi on a sheet of letter paper. On 8 scans and 7 resumes
# painted at 72 to 300 dpi, 1275 and 1700 take up to twice the time and find no more words.
_SHORTER_PX = 1000
# And of the whole: a sheet six times as high as wide, as the picture of a long web page is.
_MOST_PX = 6_000_000

# The models that the wheel carries. They are named to the engine, so nothing is ever fetched.
_MODELS = {"Det.model_path": "*_det_*.onnx", "Rec.model_path": "*_rec_*.onnx"}
# Letters of one size are measured with sizes up to this ratio apart.
_SAME_SIZE = 1.1
# Lines this many times as wide as high tell how a page is turned; lines this many times as high
# as wide, that the picture lies on its side.
_LONG_LINE = 4.0
_TALL_LINE = 1.5
# Degrees by which a picture may be askew and still count as straight.
_STRAIGHT_DEGREES = 0.2
# A page read with less confidence may stand on its head.
_LOW_CONFIDENCE = 0.8
# Bullets may be read as one of these, or lost: then a gap of so many heights of the line is left.
_READ_FOR_BULLETS = frozenset(".。°·")
_LOST_BULLET = 0.7
_BULLET = "•"
# The same when no space was seen behind; a full stop is not among them, because of ".NET".
_GLUED_BULLET = re.compile(r"[·。°•●◦▪■](?=\w)")
# An l behind or before capitals, as in "Power Bl", "FastAPl" and "lBM", is an I in most fonts.
_CAPITAL_I = re.compile(r"(?<=[A-Z])l(?=s?(?!\w))|(?<!\w)l(?=[A-Z]{2})")
# The recogniser knows Chinese too and may take a smudge for its punctuation.
_WESTERN = str.maketrans("。、，：；（）！？【】《》～·", ".,,:;()!?[]<>~·")

_LOCK = threading.Lock()


class _Line(NamedTuple):
    """A line as it was read, in pixels.

    Attributes:
        corners: Top left, top right, bottom right and bottom left as one reads the line.
        words: In the order in which they are read.
        confidence: From 0 to 1.
        sideways: Whether it runs down the picture.
    """

    corners: Corners
    words: tuple[Word, ...]
    confidence: float
    sideways: bool

    @property
    def length(self) -> float:
        return math.dist(self.corners[0], self.corners[1])

    @property
    def height(self) -> float:
        return math.dist(self.corners[0], self.corners[3])

    @property
    def letters(self) -> int:
        return sum(len(word.text) for word in self.words)


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """A page and how sure the engine is of it.

    Attributes:
        page: The page with a glyph for each word.
        confidence: From 0 to 1, the mean over all letters; 0 for a page without any.
        letters: How many letters were read.
    """

    page: GlyphPage
    confidence: float
    letters: int


def is_installed() -> bool:
    """Tell whether the extra is there, models and all, without loading it."""
    return find_spec("onnxruntime") is not None and len(_models()) == len(_MODELS)


def _models() -> dict[str, str]:
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        return {}
    folder = Path(spec.origin).parent / "models"
    found = {key: sorted(folder.glob(pattern)) for key, pattern in _MODELS.items()}
    return {key: str(paths[-1]) for key, paths in found.items() if paths}


def recognise(pixels: NDArray[Any], number: int, scale: float) -> RecognisedPage:
    """Read a picture of a page.

    A picture that lies on its side or stands on its head is turned and read again.

    Args:
        pixels: Rows of blue, green, red, each 0-255.
        number: The page's number, from 1.
        scale: Pixels for each point of the page.
    """
    lines, quarters = _read_upright(pixels)
    height, width = pixels.shape[:2]
    turn = _Turn.of(lines, quarters, width, height, scale)
    letters = sum(line.letters for line in lines)
    page = GlyphPage(
        number=number,
        width=round(width / scale, 2),
        height=round(height / scale, 2),
        glyphs=Glyphs.of(_glyphs(lines, turn)),
        pictured=True,
    )
    return RecognisedPage(page, _confidence(lines), letters)


def scale_for(width: float, height: float) -> float:
    """Return by how much a page or picture of this size is to be scaled before it is read."""
    return min(_SHORTER_PX / min(width, height), math.sqrt(_MOST_PX / (width * height)))


def read_pictures(
    found: GlyphDocument, paint: Callable[[GlyphPage], Raster | None]
) -> tuple[GlyphDocument, list[RecognisedPage]]:
    """Read the pages of a file that are pictures without text.

    Args:
        found: What the file says itself.
        paint: Paints a page in colour; None where it cannot.

    Returns:
        The file with those pages filled, and what was read on them.
    """
    read: list[RecognisedPage] = []
    for page in found.pages:
        raster = paint(page) if page.is_picture else None
        if raster is not None:
            recognised = recognise(_pixels(raster), page.number, raster.scale)
            if recognised.letters:
                shown = replace(recognised.page, width=page.width, height=page.height)
                read.append(replace(recognised, page=shown))
    read = with_common_sizes(read)
    by_number = {each.page.number: each.page for each in read}
    pages = tuple(by_number.get(page.number, page) for page in found.pages)
    return replace(found, pages=pages), read


def _pixels(raster: Raster) -> NDArray[Any]:
    import numpy as np

    rows = np.frombuffer(raster.pixels, np.uint8).reshape(raster.height, raster.stride)
    whole = rows[:, : raster.width * raster.channels]
    colours = whole.reshape(raster.height, raster.width, raster.channels)[:, :, 2::-1]
    return np.ascontiguousarray(colours)


def warning(pages: Sequence[RecognisedPage]) -> DocumentWarning:
    """Say which pages were read by text recognition and how sure the engine is of them."""
    numbers = ", ".join(str(each.page.number) for each in pages)
    letters = sum(each.letters for each in pages) or 1
    sure = sum(each.confidence * each.letters for each in pages) / letters
    return DocumentWarning(
        WarningCode.OCR,
        f"page{'s' if len(pages) > 1 else ''} {numbers} read from a picture by text recognition"
        f" (OCR), on average {sure:.0%} sure; some words may be misread",
    )


@cache
def _engine() -> Any:
    import rapidocr

    engine = rapidocr.RapidOCR(
        params={
            # Its logger writes to stderr; a page without text is no news to ours.
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": _MOST_PX // _SHORTER_PX,
            **_models(),
        }
    )
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return engine


def _read_upright(pixels: NDArray[Any]) -> tuple[list[_Line], int]:
    """Read a picture as it lies, and turned where that is not how one reads it.

    Returns:
        The lines, and the quarter turns to the left after which they were read.
    """
    import numpy as np

    def read(quarters: int) -> list[_Line]:
        return _read(np.ascontiguousarray(np.rot90(pixels, quarters)))

    lines = read(0)
    quarters = 0
    if 2 * sum(line.letters for line in lines if line.sideways) > sum(
        line.letters for line in lines
    ):
        lines, quarters = read(1), 1
    if lines and _confidence(lines) < _LOW_CONFIDENCE:
        other = read(quarters + 2)
        if _confidence(other) > _confidence(lines):
            return other, quarters + 2
    return lines, quarters


def _read(pixels: NDArray[Any]) -> list[_Line]:
    with _LOCK:
        found = _engine()(pixels, return_word_box=True)
    if found.txts is None:
        return []
    grey = pixels[:, :, 1]  # green is nearest to how light a colour looks
    rows = zip(found.boxes, found.txts, found.scores, found.word_results, strict=True)
    return [line for row in rows if (line := _line(*row, grey)) is not None]


def _line(
    box: Any, text: str, score: float, pieces: Sequence[Any], grey: NDArray[Any]
) -> _Line | None:
    """Return a line as we have it, or None for one without letters: an icon, a rule, a bullet."""
    corners = [(float(x), float(y)) for x, y in box]
    sideways = math.dist(corners[0], corners[3]) > _TALL_LINE * math.dist(corners[0], corners[1])
    if sideways:  # the engine turns such a line to the left before it reads it
        corners = corners[1:] + corners[:1]
    first, second, third, fourth = corners
    found = [Word(piece, *_reach(place, first, second)) for piece, _, place in pieces]
    if not any(char.isalnum() for word in found for char in word.text):
        return None
    exact = measured(list(_words(text, found)), grey, (first, second, third, fourth))
    words = tuple(
        word._replace(text=corrected(word.text))
        for word in _with_bullet(exact, _LOST_BULLET * math.dist(first, fourth))
    )
    return _Line((first, second, third, fourth), words, float(score), sideways)


def _reach(place: Iterable[Sequence[float]], start: Point, end: Point) -> tuple[float, float]:
    """Where a piece of a line starts and ends along the line, in pixels."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    reach = [((x - start[0]) * dx + (y - start[1]) * dy) / length for x, y in place]
    return min(reach), max(reach)


def _words(text: str, pieces: Sequence[Word]) -> Iterator[Word]:
    """Yield the words of a line.

    Pieces are words, unless the line holds a Chinese sign: then each letter comes alone, and the
    spaces of the text tell which belong together.
    """
    if any(len(piece.text) > 1 for piece in pieces):
        yield from pieces
        return
    start = 0
    for word in text.split():
        letters = pieces[start : start + len(word)]
        start += len(word)
        if letters:
            yield Word(word, letters[0].start, letters[-1].end)


def _with_bullet(words: Sequence[Word], lost: float) -> Iterator[Word]:
    """Yield the words of a line with its bullet made good.

    Args:
        words: Of the line.
        lost: What a bullet that was not read takes at least, in pixels.
    """
    first, rest = words[0], words[1:]
    if rest and first.text in _READ_FOR_BULLETS:
        yield first._replace(text=_BULLET)
    elif _GLUED_BULLET.match(first.text):
        yield first._replace(text=_BULLET, end=first.start)
        yield first._replace(text=first.text[1:])
    else:
        if first.start > lost:
            yield first._replace(text=_BULLET, start=0.0, end=lost / 2)
        yield first
    yield from rest


def corrected(text: str) -> str:
    """Return a word without the slips that the recogniser is known for.

    >>> corrected("Cl/CD"), corrected("FastAPl"), corrected("Allan")
    ('CI/CD', 'FastAPI', 'Allan')
    """
    text = text.translate(_WESTERN)
    return _CAPITAL_I.sub("I", text)


def _confidence(lines: Iterable[_Line]) -> float:
    pairs = [(line.letters, line.confidence) for line in lines]
    letters = sum(count for count, _ in pairs)
    return sum(count * sure for count, sure in pairs) / letters if letters else 0.0


class _Turn(NamedTuple):
    """How a place in the picture as it was read becomes one in the frame of its text's direction.

    Attributes:
        quarters: The quarter turns to the left after which it was read.
        angle: The direction of writing on the page, in degrees counter-clockwise.
        width: Of the picture before it was turned, in pixels.
        height: Of the same.
        scale: Pixels for each point.
    """

    quarters: int
    angle: float
    width: int
    height: int
    scale: float

    @classmethod
    def of(
        cls, lines: Iterable[_Line], quarters: int, width: int, height: int, scale: float
    ) -> _Turn:
        slopes = [
            math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
            for (start, end, _, _), *_ in (
                line
                for line in lines
                if not line.sideways and line.length > _LONG_LINE * line.height
            )
        ]
        slope = median(slopes) if slopes else 0.0
        if abs(slope) < _STRAIGHT_DEGREES:
            slope = 0.0
        return cls(quarters, round(-slope - 90 * quarters, 2) % 360, width, height, scale)

    def place(self, point: Point, angle: float) -> Point:
        x, y = point
        match self.quarters:
            case 1:
                x, y = self.width - y, x
            case 2:
                x, y = self.width - x, self.height - y
            case 3:
                x, y = y, self.height - x
        return turned(x / self.scale, y / self.scale, angle)


def _glyphs(lines: Sequence[_Line], turn: _Turn) -> Iterator[Glyph]:
    """Yield a glyph for each word, in the engine's order: from top to bottom."""
    for line in lines:
        angle = (turn.angle - 90) % 360 if line.sideways else turn.angle
        left, right, _, below = line.corners
        (x, top), (end, _), (_, bottom) = (
            turn.place(corner, angle) for corner in (left, right, below)
        )
        stretch = (end - x) / (line.length or 1.0)
        for word in line.words:
            baseline = top + word.baseline / turn.scale
            ink = Ink(
                size_pt=round(word.size / turn.scale, 1),
                ascent=baseline - top,
                descent=bottom - baseline,
                angle=angle,
            )
            reach = x + word.start * stretch, x + word.end * stretch
            yield Glyph(word.text, *reach, baseline, ink, spaced=True)


def with_common_sizes(pages: Sequence[RecognisedPage]) -> list[RecognisedPage]:
    """Give letters whose sizes differ by no more than the measuring is out the same size.

    Headings are known by the size that they share, on all pages of a file.
    """
    letters_by_size: Counter[float] = Counter()
    for each in pages:
        for glyph in each.page.glyphs:
            letters_by_size[glyph.ink.size_pt] += len(glyph.text)
    common = common_sizes(letters_by_size)
    return [
        replace(each, page=replace(each.page, glyphs=Glyphs.of(_resized(each.page.glyphs, common))))
        for each in pages
    ]


def common_sizes(letters_by_size: Counter[float]) -> dict[float, float]:
    """Map each size to the nearby one that most letters have."""
    common: dict[float, float] = {}
    for size, _ in letters_by_size.most_common():
        if size in common:
            continue
        near = {
            other: letters
            for other, letters in letters_by_size.items()
            if other not in common and size / _SAME_SIZE <= other <= size * _SAME_SIZE
        }
        common |= dict.fromkeys(near, median(sorted(Counter(near).elements())))
    return common


def _resized(glyphs: Iterable[Glyph], common: Mapping[float, float]) -> Iterator[Glyph]:
    inks: dict[Ink, Ink] = {}
    for glyph in glyphs:
        if glyph.ink not in inks:
            inks[glyph.ink] = replace(glyph.ink, size_pt=round(common[glyph.ink.size_pt], 1))
        yield glyph._replace(ink=inks[glyph.ink])
