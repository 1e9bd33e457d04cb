"""PDFium as a source of glyphs.

The text functions are called through bare function pointers with integer addresses: a call then
costs 0.5-0.8 microseconds instead of 2-3, and a page needs two of them for each character.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium_c

from skillgap.document.glyphs import (
    EngineError,
    Glyph,
    GlyphDocument,
    GlyphPage,
    Ink,
    PasswordNeededError,
    is_bold_name,
    is_symbol_name,
    turned,
)

# PDFium may not be used by two threads at once.
_LOCK = threading.Lock()

# A semi-bold font has weight 600.
_BOLD_WEIGHT = 600
# FORCE_BOLD in the font descriptor's flags.
_BOLD_FLAG = 1 << 18
# Fill and then stroke: how word processors thicken a font that has no bold face.
_FILL_AND_STROKE = 2
# Type 3 and broken fonts state no ascent: the usual share of the size stands in.
_USUAL_ASCENT = 0.78
# Text turned by less is set straight by the eye (and by scanners).
_STRAIGHT_DEGREES = 2
# So many drawn shapes on a page without text may be letters turned into outlines.
_MANY_SHAPES = 40


def _bare(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The C function as a plain pointer, which checks and converts no arguments."""
    address = ctypes.cast(getattr(pdfium_c, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_INT, _POINTER, _FLOAT, _DOUBLE = ctypes.c_int, ctypes.c_void_p, ctypes.c_float, ctypes.c_double
_count_chars = _bare("FPDFText_CountChars", _INT, _POINTER)
_text_of = _bare("FPDFText_GetText", _INT, _POINTER, _INT, _INT, _POINTER)
_text_object = _bare("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)
_loose_box = _bare("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
_tight_box = _bare(
    "FPDFText_GetCharBox", _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER
)
_origin = _bare("FPDFText_GetCharOrigin", _INT, _POINTER, _INT, _POINTER, _POINTER)
_matrix = _bare("FPDFText_GetMatrix", _INT, _POINTER, _INT, _POINTER)
_font_size = _bare("FPDFText_GetFontSize", _DOUBLE, _POINTER, _INT)
_generated = _bare("FPDFText_IsGenerated", _INT, _POINTER, _INT)
_unicode = _bare("FPDFText_GetUnicode", ctypes.c_uint, _POINTER, _INT)
_fill_colour = _bare(
    "FPDFPageObj_GetFillColor", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER
)
_render_mode = _bare("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
_font = _bare("FPDFTextObj_GetFont", _POINTER, _POINTER)
_font_weight = _bare("FPDFFont_GetWeight", _INT, _POINTER)
_font_flags = _bare("FPDFFont_GetFlags", _INT, _POINTER)
_font_name = _bare("FPDFFont_GetBaseFontName", ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t)


class _Frame(NamedTuple):
    """How the page's own coordinates turn into points from its shown top left corner."""

    left: float
    bottom: float
    width: float
    height: float
    rotation: int

    def shown(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.rotation == 90:
            return y, x
        if self.rotation == 180:
            return self.width - x, y
        if self.rotation == 270:
            return self.width - y, self.height - x
        return x, self.height - y


class _Font(NamedTuple):
    """What is asked about a font, once for each."""

    bold: bool
    symbols: bool


class _PageReader:
    """Reads the glyphs of one page; its buffers are reused from call to call."""

    def __init__(self, page: Any, text_page: Any, fonts: dict[int, _Font]) -> None:
        self._page = page
        self._text = ctypes.cast(text_page.raw, ctypes.c_void_p).value
        self._frame = _frame(page)
        self._fonts = fonts
        self._rectangle = (_FLOAT * 4)()
        self._rectangle_at = ctypes.addressof(self._rectangle)
        self._doubles = (_DOUBLE * 4)()
        at = ctypes.addressof(self._doubles)
        self._doubles_at = (at, at + 8, at + 16, at + 24)
        self._matrix = (_FLOAT * 6)()

    def glyphs(self) -> Iterator[Glyph]:
        text, rectangle, rectangle_at = self._text, self._rectangle, self._rectangle_at
        left, top = self._frame.left, self._frame.bottom + self._frame.height
        upright = self._frame.rotation == 0
        last_object, spaced = 0, False
        straight = False
        ink = Ink(0.0, 0.0, 0.0)
        rise = 0.0
        for index, char in enumerate(self._characters()):
            if char.isspace():
                spaced = spaced or not _generated(text, index)
                continue
            owner = _text_object(text, index)
            if not owner:
                continue
            _loose_box(text, index, rectangle_at)
            x0, _, x1, y0 = rectangle
            if owner != last_object:
                last_object = owner
                ink, rise = self._ink(index, owner, y0)
                straight = upright and ink.angle == 0 and x1 > x0
            if straight:
                yield Glyph(char, x0 - left, x1 - left, top - y0 - rise, ink, spaced)
            else:
                yield self._turned_glyph(index, char, ink, spaced=spaced)
            spaced = False

    def _characters(self) -> Iterator[str]:
        """The page's characters, one for each index of PDFium's text page.

        Its whole text is had in one call, but leaves some characters out; then each is asked for.
        """
        count = _count_chars(self._text)
        if count <= 0:
            return
        buffer = (ctypes.c_ushort * (count + 1))()
        _text_of(self._text, 0, count, ctypes.addressof(buffer))
        units = bytes(buffer).decode("utf-16-le", "replace").split("\0", 1)[0]
        if len(units) == count:
            yield from units
            return
        for index in range(count):
            code = _unicode(self._text, index)
            yield chr(code) if 0 < code < 0x110000 else "\0"

    def _ink(self, index: int, owner: int, bottom: float) -> tuple[Ink, float]:
        """The ink of a text object, and how far its baseline is above its loose boxes."""
        _matrix(self._text, index, ctypes.addressof(self._matrix))
        a, b, c, d, _, _ = self._matrix
        size = abs(_font_size(self._text, index)) * (math.hypot(c, d) or 1.0)
        angle = (round(math.degrees(math.atan2(b, a))) + self._frame.rotation * -1) % 360
        if min(angle, 360 - angle) <= _STRAIGHT_DEGREES:
            angle = 0
        _origin(self._text, index, *self._doubles_at[:2])
        rise = self._doubles[1] - bottom
        descent = rise if 0 <= rise < size else (1 - _USUAL_ASCENT) * size
        mode = _render_mode(owner)
        font = self._font_of(owner)
        ink = Ink(
            size_pt=size,
            ascent=max(size - descent, 0.0),
            descent=descent,
            bold=mode == _FILL_AND_STROKE or font.bold,
            angle=angle,
            rgba=self._colour(owner),
            render_mode=mode,
            symbols=font.symbols,
        )
        return ink, rise

    def _colour(self, owner: int) -> tuple[int, int, int, int] | None:
        parts = (ctypes.c_uint * 4)()
        at = ctypes.addressof(parts)
        if not _fill_colour(owner, at, at + 4, at + 8, at + 12):
            return None
        return parts[0], parts[1], parts[2], parts[3]

    def _font_of(self, owner: int) -> _Font:
        font = _font(owner)
        if not font:
            return _Font(bold=False, symbols=False)
        if font not in self._fonts:
            buffer = ctypes.create_string_buffer(256)
            _font_name(font, ctypes.addressof(buffer), len(buffer))
            name = buffer.value.decode("utf-8", "replace")
            bold = (
                is_bold_name(name)
                or bool(_font_flags(font) & _BOLD_FLAG)
                or _font_weight(font) >= _BOLD_WEIGHT
            )
            self._fonts[font] = _Font(bold=bold, symbols=is_symbol_name(name))
        return self._fonts[font]

    def _turned_glyph(self, index: int, char: str, ink: Ink, *, spaced: bool) -> Glyph:
        """A glyph of turned text: PDFium's loose boxes are right for upright text only."""
        x, y = self._doubles_at[:2]
        _origin(self._text, index, x, y)
        start, baseline = self._shown(self._doubles[0], self._doubles[1], ink.angle)
        _tight_box(self._text, index, *self._doubles_at)
        x0, x1, y0, y1 = self._doubles
        corners = [self._shown(x, y, ink.angle)[0] for x in (x0, x1) for y in (y0, y1)]
        end = max(corners) if ink.angle % 90 == 0 else start + ink.size_pt / 2
        return Glyph(char, start, max(end, start), baseline, ink, spaced)

    def _shown(self, x: float, y: float, angle: int) -> tuple[float, float]:
        return turned(*self._frame.shown(x, y), angle)


def _frame(page: Any) -> _Frame:
    rectangle = pdfium_c.FS_RECTF()
    pdfium_c.FPDF_GetPageBoundingBox(page.raw, rectangle)
    width, height = page.get_size()
    return _Frame(rectangle.left, rectangle.bottom, width, height, page.get_rotation() % 360)


def _is_pictured(page: Any) -> bool:
    shapes = 0
    for item in page.get_objects(max_depth=3):
        if item.type in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING):
            return True
        shapes += item.type == pdfium_c.FPDF_PAGEOBJ_PATH
        if shapes >= _MANY_SHAPES:
            return True
    return False


@contextmanager
def _opened(data: bytes, password: str | None) -> Iterator[Any]:
    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise PasswordNeededError from error
        raise EngineError(str(error)) from error
    try:
        yield document
    finally:
        document.close()


def read_glyphs(
    data: bytes, password: str | None, max_pages: int, check_time: Callable[[], None]
) -> GlyphDocument:
    """Read the glyphs of a PDF with PDFium.

    Args:
        data: The file.
        password: For an encrypted file.
        max_pages: Pages after these are left unread.
        check_time: Called before each page; it raises when the time is over.

    Raises:
        PasswordNeededError: The file is encrypted and the password does not open it.
        EngineError: PDFium cannot open the file.
    """
    with _LOCK, _opened(data, password) as document:
        count = len(document)
        fonts: dict[int, _Font] = {}  # by the address of the font
        pages = []
        for index in range(min(count, max_pages)):
            check_time()
            pages.append(_read_page(document, index, fonts))
        metadata = {key: value for key, value in document.get_metadata_dict().items() if value}
        return GlyphDocument(tuple(pages), count, metadata)


def _read_page(document: Any, index: int, fonts: dict[int, _Font]) -> GlyphPage:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        # One broken page: the others are still worth reading.
        return GlyphPage(index + 1, 0.0, 0.0, ())
    try:
        text_page = page.get_textpage()
        glyphs = tuple(_PageReader(page, text_page, fonts).glyphs())
        text_page.close()
        width, height = page.get_size()
        pictured = not glyphs and _is_pictured(page)
        return GlyphPage(index + 1, width, height, glyphs, pictured)
    finally:
        page.close()
