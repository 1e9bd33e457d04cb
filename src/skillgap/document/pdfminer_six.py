"""pdfminer.six as a source of glyphs: the second engine, in pure Python."""

from __future__ import annotations

import io
import math
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

from skillgap.document.glyphs import (
    EngineError,
    Glyph,
    GlyphDocument,
    GlyphPage,
    Glyphs,
    Ink,
    PasswordNeededError,
    Rgba,
    is_bold_name,
    is_symbol_name,
    seen_hyphen,
    turned,
    writing_angle,
)
from skillgap.document.options import ReadOptions

# FORCE_BOLD in the font descriptor's flags.
_BOLD_FLAG = 1 << 18
_FILL_AND_STROKE = 2
# The usual share of descenders in the size, for fonts that state none.
_USUAL_DESCENT = 0.22
_MANY_SHAPES = 40

T = TypeVar("T")
Matrix = tuple[float, float, float, float, float, float]


class _TimeIsUp(BaseException):
    """Ends pdfminer.six from within; no `except Exception` of its own may hold it up."""


class _GlyphDevice(PDFTextDevice):
    """Gathers the glyphs that pdfminer.six's interpreter paints."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.glyphs: list[Glyph] = []
        self.shapes = 0
        self.has_image = False
        self.height = 0.0
        self.width = 0.0
        self._spaced = False
        self._mode = 0
        self._inks: dict[tuple[Any, ...], Ink] = {}

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Start with the page's size; the interpreter's matrix undoes its rotation."""
        corners = [_applied(ctm, x, y) for x in page.cropbox[::2] for y in page.cropbox[1::2]]
        xs, ys = zip(*corners, strict=True)
        self._left, self._top = min(xs), max(ys)
        self.width, self.height = max(xs) - min(xs), max(ys) - min(ys)
        self.glyphs = []
        self.shapes, self.has_image, self._spaced = 0, False, False

    def page(self, number: int, most: int) -> GlyphPage:
        """Return what was gathered from the page just interpreted, and at most so many glyphs."""
        doubtful = not self.glyphs or any(glyph.ink.invisible for glyph in self.glyphs)
        return GlyphPage(
            number=number,
            width=self.width,
            height=self.height,
            glyphs=Glyphs.of(self.glyphs[: max(most, 0)]),
            pictured=doubtful and (self.has_image or self.shapes >= _MANY_SHAPES),
        )

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Note the render mode, which `render_char` is not told."""
        self._mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Matrix,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,  # noqa: ARG002 - the signature is pdfminer.six's
        graphicstate: Any,
    ) -> float:
        """Note one glyph and return how far it moves the pen."""
        advance = float(font.char_width(cid) * fontsize * scaling)
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            # PDFium shows nothing for it either; "(cid:12)" would read as text.
            return advance
        if not text or text.isspace():
            self._spaced = True
            return advance
        ink = self._ink(matrix, font, fontsize, graphicstate)
        x0, baseline = self._shown(matrix, 0.0, rise, ink.angle)
        x1, _ = self._shown(matrix, advance, rise, ink.angle)
        text = seen_hyphen(text, abs(x1 - x0), ink)
        self.glyphs.append(Glyph(text, min(x0, x1), max(x0, x1), baseline, ink, self._spaced))
        self._spaced = False
        return advance

    def paint_path(self, *_: Any) -> None:
        """Count the shapes: outlines of letters come in numbers."""
        self.shapes += 1

    def render_image(self, *_: Any) -> None:
        """Note that there is a picture."""
        self.has_image = True

    def _shown(self, matrix: Matrix, x: float, y: float, angle: float) -> tuple[float, float]:
        x, y = _applied(matrix, x, y)
        return turned(x - self._left, self._top - y, angle)

    def _ink(self, matrix: Matrix, font: Any, fontsize: float, graphicstate: Any) -> Ink:
        key = (*matrix[:4], id(font), fontsize, self._mode, str(graphicstate.ncolor))
        if key not in self._inks:
            self._inks[key] = _ink(matrix, font, fontsize, self._mode, graphicstate.ncolor)
        return self._inks[key]


def _ink(matrix: Matrix, font: Any, fontsize: float, mode: int, colour: Any) -> Ink:
    a, b, c, d = matrix[:4]
    size = abs(fontsize) * (math.hypot(c, d) or 1.0)
    angle = writing_angle(a, b)
    descent = -font.get_descent()
    if not 0 < descent < 1:
        descent = _USUAL_DESCENT
    bold = (
        mode == _FILL_AND_STROKE
        or is_bold_name(str(font.fontname))
        or bool(getattr(font, "flags", 0) & _BOLD_FLAG)
    )
    return Ink(
        size_pt=size,
        ascent=(1 - descent) * size,
        descent=descent * size,
        bold=bold,
        angle=angle,
        rgba=_rgba(colour),
        render_mode=mode,
        symbols=is_symbol_name(str(font.fontname)),
    )


def _rgba(colour: Any) -> Rgba | None:
    """The colour as pdfminer.six states it: a grey, or three or four parts, each 0-1."""
    parts = colour if isinstance(colour, tuple) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return None
    shares = [min(max(float(part), 0.0), 1.0) for part in parts]
    if len(shares) == 1:
        shares *= 3
    elif len(shares) == 4:
        cyan, magenta, yellow, black = shares
        shares = [(1 - part) * (1 - black) for part in (cyan, magenta, yellow)]
    if len(shares) != 3:
        return None
    red, green, blue = (round(255 * share) for share in shares)
    return red, green, blue, 255


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def within(deadline: float, work: Callable[[], T]) -> T:
    """Return what the work returns, or end it with a `TimeoutError` at the deadline.

    pdfminer.six can run for ever on a broken file, deep in its own loops. A profile function sees
    each call of this thread; it costs about a third of the time, which only the second engine
    pays.
    """

    def check(frame: FrameType, event: str, argument: object) -> None:  # noqa: ARG001
        if time.monotonic() > deadline:
            raise _TimeIsUp

    before = sys.getprofile()
    try:
        try:
            sys.setprofile(check)
            return work()
        finally:
            sys.setprofile(before)
    except _TimeIsUp as error:
        raise TimeoutError from error


def read_glyphs(data: bytes, options: ReadOptions, deadline: float) -> GlyphDocument:
    """Read the glyphs of a PDF with pdfminer.six.

    Args:
        data: The file.
        options: Password and limits.
        deadline: On `time.monotonic`; it is checked all the time, not only between pages.

    Raises:
        PasswordNeededError: The file is encrypted and the password does not open it.
        EngineError: pdfminer.six could make no sense of it.
        TimeoutError: The deadline has passed.
    """
    try:
        return within(deadline, lambda: _read(data, options))
    except TimeoutError:
        raise
    except PDFPasswordIncorrect as error:
        raise PasswordNeededError from error
    except Exception as error:
        # On broken files it raises whatever a program meets that trusts its input: ten classes
        # on 1,534 files, from IndexError to struct.error, with none above them but Exception.
        raise EngineError(f"{type(error).__name__}: {error}") from error


def _read(data: bytes, options: ReadOptions) -> GlyphDocument:
    document = PDFDocument(PDFParser(io.BytesIO(data)), options.password or "")
    manager = PDFResourceManager()
    device = _GlyphDevice(manager)
    interpreter = PDFPageInterpreter(manager, device)
    pages: list[GlyphPage] = []
    count, left = 0, options.limits.max_characters
    for count, page in enumerate(PDFPage.create_pages(document), start=1):
        if count > options.limits.max_pages or left <= 0:
            continue
        interpreter.process_page(page)
        pages.append(device.page(count, left))
        left -= len(pages[-1].glyphs)
    return GlyphDocument(tuple(pages), count, _metadata(document), cut=left <= 0)


def _metadata(document: PDFDocument) -> dict[str, str]:
    return {
        key: decode_text(value)
        for info in document.info
        for key, value in info.items()
        if isinstance(value, bytes) and value
    }
