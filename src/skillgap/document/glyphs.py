"""The page model that both PDF engines fill and the layout reads: glyphs with place and ink.

Coordinates are points from the top left corner of the page as it is shown: the crop box's origin
is subtracted and the page's own rotation is undone. A glyph of turned text is kept in the frame
in which its text runs from left to right; `unturned` leads back to the page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from skillgap.document.model import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Render modes of the PDF specification that leave no mark on the page: neither fill nor stroke.
INVISIBLE_MODES = frozenset({3, 7})

# Pages are painted at 72 dpi for a look at each word, and at 144 for a second one.
LARGE_SCALE = 2

_STRAIGHT_DEGREES = 2
SOFT_HYPHEN = "\xad"
# In em: a hyphen is 0.2-0.4 em wide.
_SEEN_WIDTH = 0.05

Rgba = tuple[int, int, int, int]

_SYMBOL_NAME = re.compile(
    r"wingding|webding|dingbat|marvosym|awesome|icomoon|material-?icons|ionicon|academicons",
    re.IGNORECASE,
)
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|[-,]bd\b|cmbx|sfbx|cmssbx", re.IGNORECASE)


class PasswordNeededError(Exception):
    """The file is encrypted, and the password is missing or wrong."""


class EngineError(Exception):
    """The engine could make no sense of the file."""


@dataclass(frozen=True, slots=True)
class Ink:
    """What neighbouring glyphs share, kept once for all of them.

    Attributes:
        size_pt: The size of the letters as shown, after all scaling.
        ascent: From the baseline to the top of the line's box, in points.
        descent: From the baseline down to its bottom, in points.
        bold: Whether the font or the way it is painted is bold.
        angle: The direction of writing, in degrees counter-clockwise.
        rgba: The fill colour, each part 0-255; None where the engine cannot say.
        render_mode: The text render mode of the PDF specification, 0 for plain filling.
        symbols: Whether the font holds pictures instead of letters.
    """

    size_pt: float
    ascent: float
    descent: float
    bold: bool = False
    angle: float = 0
    rgba: Rgba | None = None
    render_mode: int = 0
    symbols: bool = False

    @property
    def invisible(self) -> bool:
        """Whether the render mode paints nothing."""
        return self.render_mode in INVISIBLE_MODES


class Glyph(NamedTuple):
    """A character and its place in the frame of its text's direction.

    `spaced` says that the file holds a space before it. Characters that share a place (the
    letters of a ligature) share one glyph.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    ink: Ink
    spaced: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Glyphs:
    """The glyphs of a page as columns, which are worked on as a whole: a page has thousands.

    Attributes:
        texts: One for each glyph; a string where each is a single character.
        x0s: Where they start.
        x1s: Where they end.
        baselines: What they stand on.
        inks: All that are used, each once.
        ink_of: For each glyph the index of its ink.
        spaced: Whether the file holds a space before each.
    """

    texts: Sequence[str]
    x0s: NDArray[np.float64]
    x1s: NDArray[np.float64]
    baselines: NDArray[np.float64]
    inks: tuple[Ink, ...]
    ink_of: NDArray[np.intp]
    spaced: NDArray[np.bool_]

    @classmethod
    def of(cls, glyphs: Iterable[Glyph]) -> Glyphs:
        """Gather glyphs one by one, as pdfminer.six gives them."""
        rows = list(glyphs)
        texts, x0s, x1s, baselines, inks, spaced = (
            zip(*rows, strict=True) if rows else ((),) * len(Glyph._fields)
        )
        by_id = {id(ink): ink for ink in inks}
        place_of = {key: place for place, key in enumerate(by_id)}
        return cls(
            texts,
            np.array(x0s, np.float64),
            np.array(x1s, np.float64),
            np.array(baselines, np.float64),
            tuple(by_id.values()),
            np.array([place_of[id(ink)] for ink in inks], np.intp),
            np.array(spaced, np.bool_),
        )

    def __len__(self) -> int:
        """How many they are."""
        return len(self.texts)

    def __iter__(self) -> Iterator[Glyph]:
        """Yield them one by one."""
        columns = (column.tolist() for column in (self.x0s, self.x1s, self.baselines))
        inks = map(self.inks.__getitem__, self.ink_of.tolist())
        return map(Glyph, self.texts, *columns, inks, self.spaced.tolist())

    def taken(self, places: NDArray[np.intp]) -> Glyphs:
        """Return those at some places."""
        return Glyphs(
            [self.texts[place] for place in places.tolist()],
            self.x0s[places],
            self.x1s[places],
            self.baselines[places],
            self.inks,
            self.ink_of[places],
            self.spaced[places],
        )

    def of_inks(self, property_of_ink: Iterable[float]) -> NDArray[np.float64]:
        """Return for each glyph a number that its ink has, of one number for each ink."""
        return np.array(list(property_of_ink), np.float64)[self.ink_of]


NO_GLYPHS = Glyphs.of(())


def writing_angle(a: float, b: float) -> int:
    """Return the angle of text from the first two numbers of its matrix, in whole degrees.

    Text that is turned by next to nothing is straight to the eye, and to a scanner.
    """
    if not (math.isfinite(a) and math.isfinite(b)):
        return 0
    angle = round(math.degrees(math.atan2(b, a))) % 360
    return 0 if min(angle, 360 - angle) <= _STRAIGHT_DEGREES else angle


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as painted.

    Attributes:
        width: In pixels.
        height: In pixels.
        stride: Bytes from one row to the next.
        channels: 1 for grey, 3 for red, green, blue; bytes of a pixel lie side by side.
        scale: Pixels for each point.
        pixels: The rows from top to bottom.
    """

    width: int
    height: int
    stride: int
    channels: int
    scale: float
    pixels: bytes

    def row(self, y: float, x0: float, x1: float, channel: int = 0) -> bytes:
        """Return the pixels of one row between two places, given in points; none off the page."""
        line = int(y * self.scale)
        first, last = int(x0 * self.scale), int(x1 * self.scale) + 1
        first, last = max(first, 0), min(last, self.width)
        if not 0 <= line < self.height or first >= last:
            return b""
        start = line * self.stride + channel
        return self.pixels[
            start + first * self.channels : start + last * self.channels : self.channels
        ]

    def inside(self, box: Box, channel: int = 0) -> bytes:
        """Return the pixels of a box, row after row."""
        first = max(int(box.top * self.scale), 0)
        lines = range(first, min(int(box.bottom * self.scale) + 1, self.height))
        return b"".join(
            self.row((line + 0.5) / self.scale, box.x0, box.x1, channel) for line in lines
        )

    def around(self, box: Box, channel: int = 0) -> bytes:
        """Return the pixels right above and below a box, which show what it stands on."""
        step = 1 / self.scale
        return self.row(box.top - step, box.x0, box.x1, channel) + self.row(
            box.bottom + step, box.x0, box.x1, channel
        )


@dataclass(frozen=True, slots=True)
class GlyphPage:
    """All glyphs of a page, in the order of the file.

    Attributes:
        number: From 1.
        width: In points, as shown.
        height: In points, as shown.
        glyphs: In the order of the file; spaces are not among them.
        pictured: Whether the page shows pictures or many drawn shapes, which may be text to a
            reader's eye; only asked of pages without text, or with text that is invisible.
        raster: The page as painted, small and grey; None where the engine does not paint.
    """

    number: int
    width: float
    height: float
    glyphs: Glyphs
    pictured: bool = False
    raster: Raster | None = None

    @property
    def is_picture(self) -> bool:
        """Whether it shows pictures and no text."""
        return self.pictured and not self.glyphs


@dataclass(frozen=True, slots=True)
class GlyphDocument:
    """What an engine found in a file.

    Attributes:
        pages: The pages that were read.
        page_count: The pages that the file has.
        metadata: Title, author and so on, as the file states them.
        cut: Whether glyphs were left out because there were too many.
    """

    pages: tuple[GlyphPage, ...]
    page_count: int
    metadata: dict[str, str]
    cut: bool = False

    @property
    def has_text(self) -> bool:
        """Whether any page holds a glyph."""
        return any(page.glyphs for page in self.pages)

    @property
    def pictured(self) -> bool:
        """Whether any page holds pictures."""
        return any(page.pictured for page in self.pages)


def turned(x: float, y: float, angle: float) -> tuple[float, float]:
    """Return a point of the page in the frame of text written at the angle."""
    if angle == 0:
        return x, y
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return x * cos - y * sin, x * sin + y * cos


def unturned(box: Box, angle: float) -> Box:
    """Return the page's upright box around a box in the frame of text written at the angle."""
    if angle == 0:
        return box
    corners = [turned(x, y, -angle) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
    xs, ys = zip(*corners, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def is_bold_name(font_name: str) -> bool:
    """Whether a font's name says that it is bold.

    >>> is_bold_name("ABCDEF+SourceSans3-SemiBold"), is_bold_name("CMR10")
    (True, False)
    """
    return bool(_BOLD_NAME.search(font_name))


def is_symbol_name(font_name: str) -> bool:
    """Whether a font's name is that of a font of pictures.

    >>> is_symbol_name("ABCDEF+FontAwesome5Free-Solid"), is_symbol_name("Symbola")
    (True, False)
    """
    return bool(_SYMBOL_NAME.search(font_name))


def seen_hyphen(char: str, width: float, ink: Ink) -> str:
    """Return a plain hyphen for a soft one that the page shows.

    A soft hyphen means "may be parted here" and is not seen; but some programs write it for each
    hyphen they print, and then it has a width.
    """
    return "-" if char == SOFT_HYPHEN and width > _SEEN_WIDTH * ink.size_pt else char
