"""PDFium as a source of glyphs."""

from __future__ import annotations

import ctypes
import math
import struct
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium_c

from skillgap.document.glyphs import (
    LARGE_SCALE,
    NO_GLYPHS,
    EngineError,
    Glyph,
    GlyphDocument,
    GlyphPage,
    Glyphs,
    Ink,
    PasswordNeededError,
    Raster,
    is_bold_name,
    is_symbol_name,
    turned,
    writing_angle,
)
from skillgap.document.options import ReadOptions
from skillgap.document.pdfium_calls import ADDRESS, INT, Answers, ask, bare, pointer

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What PDFium writes into buffers: a rectangle (left, top, right, bottom), a point, and side by
# side, by choice, four parts of a colour and the six numbers of a matrix. The last two of these
# are a place, which objects do not share, and are not looked at.
_RECTANGLE_SIZE = 16
_POINT_SIZE = 16
_LOOKS_SIZE = 40
_LOOKS = struct.Struct("4I4f")
_EACH_LOOKS = struct.Struct("32s8x")
_COLOUR_OFFSETS = range(0, 16, 4)
_MATRIX_OFFSET = 16
_FONT_NAME_LENGTH = 256
# A sheet of this many pixels at 72 dpi is 1.4 m wide: a poster, which is not painted.
_MAX_PIXELS = 16_000_000
_PAPER = 255, 255, 255, 255
# A usual page is painted, small and grey, on memory that is kept: new memory takes the system
# as long as the painting takes PDFium.
_canvas = (ctypes.c_ubyte * 1_000_000)()
_METADATA_KEYS = (
    "Title",
    "Author",
    "Subject",
    "Keywords",
    "Creator",
    "Producer",
    "CreationDate",
    "ModDate",
)
# Heights of boxes that differ by less, in points, are the same.
_SAME_HEIGHT = 0.01
_UNICODE_END = 0x110000

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
# So many drawn shapes on a page without text may be letters turned into outlines.
_MANY_SHAPES = 40

_count_chars = bare("FPDFText_CountChars", INT)
_text_of = bare("FPDFText_GetText", INT)
_text_object = bare("FPDFText_GetTextObject", ADDRESS)
_loose_box = bare("FPDFText_GetLooseCharBox", INT)
_tight_box = bare("FPDFText_GetCharBox", INT)
_origin = bare("FPDFText_GetCharOrigin", INT)
_matrix = bare("FPDFText_GetMatrix", INT)
_font_size = bare("FPDFText_GetFontSize", ctypes.c_double)
_generated = bare("FPDFText_IsGenerated", INT)
_unicode = bare("FPDFText_GetUnicode", ctypes.c_uint)
_fill_colour = bare("FPDFPageObj_GetFillColor", INT)
_render_mode = bare("FPDFTextObj_GetTextRenderMode", INT)
_font = bare("FPDFTextObj_GetFont", ADDRESS)
_font_weight = bare("FPDFFont_GetWeight", INT)
_font_flags = bare("FPDFFont_GetFlags", INT)
_font_name = bare("FPDFFont_GetBaseFontName", ctypes.c_size_t)

_rectangles = Answers(_RECTANGLE_SIZE)
_origins = Answers(_POINT_SIZE, [0, _POINT_SIZE // 2])
_looks = Answers(_LOOKS_SIZE, [*_COLOUR_OFFSETS, _MATRIX_OFFSET])


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


class _Stamp(NamedTuple):
    """The ink of text objects that look alike, and how it sits in PDFium's loose boxes.

    `rise` is how far the baseline lies above the bottom of a loose box of this height (letters
    of a ligature have lower ones); `straight` whether that box can be trusted, which it can for
    upright text only.
    """

    ink: Ink
    rise: float
    height: float
    straight: bool


class _PageReader:
    """Reads the glyphs of one page.

    Each question is put to all characters, or to all text objects, in one `map`: the calls take
    most of the time, and so nothing is added to them. Chromium writes a text object for nearly
    each letter, so an object's looks are compared as PDFium tells them, and made into an `Ink`
    once for all objects that share them.
    """

    def __init__(self, page: Any, text_page: Any) -> None:
        self._text = pointer(ctypes.cast(text_page.raw, ctypes.c_void_p).value)
        self._frame = _frame(page)
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self._doubles = (ctypes.c_double * 4)()
        at = ctypes.addressof(self._doubles)
        self._doubles_at = [pointer(at + 8 * part) for part in range(4)]

    def glyphs(self, most: int) -> Glyphs:
        """Return the page's glyphs in the order of the file, and at most so many."""
        characters = self._characters()
        places = _written_places(characters)[: max(most, 0)]
        owners = list(map(_text_object, repeat(self._text), places.tolist()))
        if None in owners:
            places = places[[owner is not None for owner in owners]]
            owners = [owner for owner in owners if owner]
        if not owners:
            return NO_GLYPHS
        indexes = places.tolist()
        lefts, tops, rights, bottoms = self._boxes(indexes)
        stamps, stamp_of = self._stamps(indexes, owners, tops, bottoms)
        glyphs = Glyphs(
            "".join(map(characters.__getitem__, indexes)),
            lefts - self._frame.left,
            rights - self._frame.left,
            self._baselines(places, stamps, stamp_of, tops, bottoms),
            tuple(stamp.ink for stamp in stamps),
            stamp_of,
            self._spaced(places),
        )
        straight = np.array([stamp.straight for stamp in stamps])
        return glyphs if straight.all() else self._turned(glyphs, places, ~straight[stamp_of])

    def _baselines(
        self,
        places: NDArray[np.intp],
        stamps: Sequence[_Stamp],
        stamp_of: NDArray[np.intp],
        tops: NDArray[np.float64],
        bottoms: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """The baseline of each character: that of its stamp, or asked for where boxes differ."""
        rises = np.array([stamp.rise for stamp in stamps])[stamp_of]
        heights = np.array([stamp.height for stamp in stamps])[stamp_of]
        ys = bottoms + rises
        other = np.flatnonzero(~(np.abs(tops - bottoms - heights) < _SAME_HEIGHT))
        ys[other] = self._ys(places[other].tolist())
        baselines: NDArray[np.float64] = self._frame.bottom + self._frame.height - ys
        return baselines

    def _turned(
        self, glyphs: Glyphs, places: NDArray[np.intp], turned_ones: NDArray[np.bool_]
    ) -> Glyphs:
        """The glyphs with those of turned text in their own frame."""
        each = list(glyphs)
        for at in np.flatnonzero(turned_ones).tolist():
            each[at] = self._turned_glyph(int(places[at]), each[at])
        return Glyphs.of(each)

    def _characters(self) -> str:
        """The page's characters, one for each index of PDFium's text page.

        Its whole text is had in one call, but leaves some characters out; then each is asked for.
        """
        count = _count_chars(self._text)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = _text_of(self._text, 0, count, buffer)
        characters = bytes(buffer).decode("utf-16-le", "replace")[: max(written - 1, 0)]
        if len(characters) == count:
            return characters
        codes = map(_unicode, repeat(self._text), range(count))
        return "".join(chr(code) if code < _UNICODE_END else "\0" for code in codes)

    def _boxes(self, indexes: Sequence[int]) -> NDArray[np.float64]:
        """The loose box of each character in four columns: left, top, right, bottom."""
        _rectangles.clear(len(indexes))
        ask(_loose_box, repeat(self._text), indexes, *_rectangles.pointers)
        edges = np.frombuffer(_rectangles.read(len(indexes)), np.float32)
        return edges.reshape(-1, 4).T.astype(np.float64)

    def _spaced(self, places: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether the file holds a space before each character; PDFium adds some of its own."""
        others = np.ones(int(places[-1]), np.bool_)
        others[places[:-1]] = False
        spaces = np.flatnonzero(others)
        generated = np.array(list(map(_generated, repeat(self._text), spaces.tolist())), np.bool_)
        spaced = np.zeros(len(places), np.bool_)
        spaced[np.searchsorted(places, spaces[~generated])] = True
        return spaced

    def _ys(self, indexes: Sequence[int]) -> NDArray[np.float64]:
        """The baselines of characters, in the page's own coordinates."""
        _origins.clear(len(indexes))
        ask(_origin, repeat(self._text), indexes, *_origins.pointers)
        return np.frombuffer(_origins.read(len(indexes)), np.float64)[1::2]

    def _y(self, index: int) -> float:
        """The baseline of a character, in the page's own coordinates."""
        _origin(self._text, index, *self._doubles_at[:2])
        return self._doubles[1]

    def _stamps(
        self,
        indexes: Sequence[int],
        owners: Sequence[int],
        tops: NDArray[np.float64],
        bottoms: NDArray[np.float64],
    ) -> tuple[list[_Stamp], NDArray[np.intp]]:
        """The stamps of the page, and which of them each character has.

        It is that of its text object, found with the object's first character.
        """
        places = range(len(owners))
        # Of equal keys a dict keeps the last value: from behind, the first.
        firsts = dict(zip(reversed(owners), reversed(places), strict=True))
        firsts = dict(reversed(firsts.items()))
        stamps: list[_Stamp] = []
        numbers: dict[tuple[Any, ...], int] = {}
        by_owner: dict[int, int] = {}
        looks = self._looks(list(firsts), [indexes[at] for at in firsts.values()])
        last, number = None, -1
        for (owner, at), look in zip(firsts.items(), looks, strict=True):
            if look != last:
                last, number = look, numbers.setdefault(look, len(stamps))
            if number == len(stamps):
                bottom = float(bottoms[at])
                stamps.append(self._stamp(indexes[at], bottom, float(tops[at]) - bottom, *look))
            by_owner[owner] = number
        return stamps, np.fromiter(map(by_owner.__getitem__, owners), np.intp, len(owners))

    def _looks(self, owners: Sequence[int], indexes: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        """What the looks of text objects hang on; `_stamp` says what is what."""
        objects = list(map(pointer, owners))
        _looks.clear(len(objects))
        *colours, matrices = _looks.pointers
        coloured = list(map(_fill_colour, objects, *colours))
        ask(_matrix, repeat(self._text), indexes, matrices)
        return zip(
            _EACH_LOOKS.iter_unpack(_looks.read(len(objects))),
            coloured,
            map(_font, objects),
            map(_font_size, repeat(self._text), indexes),
            map(_render_mode, objects),
            strict=True,
        )

    def _stamp(
        self,
        index: int,
        bottom: float,
        height: float,
        looks: tuple[bytes],
        coloured: int,
        font: int | None,
        font_size: float,
        mode: int,
    ) -> _Stamp:
        red, green, blue, alpha, a, b, c, d = _LOOKS.unpack(*looks)
        size = abs(font_size) * (math.hypot(c, d) or 1.0)
        angle = (writing_angle(a, b) - self._frame.rotation) % 360
        rise = self._y(index) - bottom
        descent = rise if 0 <= rise < size else (1 - _USUAL_ASCENT) * size
        bold, symbols = self._font(font) if font else (False, False)
        ink = Ink(
            size_pt=size,
            ascent=max(size - descent, 0.0),
            descent=descent,
            bold=bold or mode == _FILL_AND_STROKE,
            angle=angle,
            rgba=(red, green, blue, alpha) if coloured else None,
            render_mode=mode,
            symbols=symbols,
        )
        straight = angle == 0 and self._frame.rotation == 0 and a > 0
        return _Stamp(ink, rise, height, straight)

    def _font(self, font: int) -> tuple[bool, bool]:
        """Whether a font is bold, and whether it is one of pictures."""
        if font not in self._fonts:
            buffer = ctypes.create_string_buffer(_FONT_NAME_LENGTH)
            its = pointer(font)
            _font_name(its, buffer, ctypes.c_size_t(_FONT_NAME_LENGTH))
            name = buffer.value.decode("utf-8", "replace")
            bold = (
                is_bold_name(name)
                or bool(_font_flags(its) & _BOLD_FLAG)
                or _font_weight(its) >= _BOLD_WEIGHT
            )
            self._fonts[font] = bold, is_symbol_name(name)
        return self._fonts[font]

    def _turned_glyph(self, index: int, glyph: Glyph) -> Glyph:
        """A glyph of turned text: PDFium's loose boxes are right for upright text only."""
        ink = glyph.ink
        x, y = self._doubles_at[:2]
        _origin(self._text, index, x, y)
        start, baseline = self._shown(self._doubles[0], self._doubles[1], ink.angle)
        _tight_box(self._text, index, *self._doubles_at)
        x0, x1, y0, y1 = self._doubles
        corners = [self._shown(x, y, ink.angle)[0] for x in (x0, x1) for y in (y0, y1)]
        end = max(corners) if ink.angle % 90 == 0 else start + ink.size_pt / 2
        return glyph._replace(x0=start, x1=max(end, start), baseline=baseline)

    def _shown(self, x: float, y: float, angle: float) -> tuple[float, float]:
        return turned(*self._frame.shown(x, y), angle)


def _written_places(characters: str) -> NDArray[np.intp]:
    """The indexes of the characters that are no white space."""
    codes = np.frombuffer(characters.encode("utf-32-le", "surrogatepass"), np.uint32)
    written = np.ones(len(codes), np.bool_)
    for blank in filter(str.isspace, set(characters)):
        written &= codes != ord(blank)
    return np.flatnonzero(written)


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


def read_glyphs(data: bytes, options: ReadOptions, deadline: float) -> GlyphDocument:
    """Read the glyphs of a PDF with PDFium, and paint its pages small and grey.

    Args:
        data: The file.
        options: Password and limits.
        deadline: On `time.monotonic`; it is checked before each page and while painting.

    Raises:
        PasswordNeededError: The file is encrypted and the password does not open it.
        EngineError: PDFium cannot open the file.
        TimeoutError: The deadline has passed.
    """
    limits = options.limits
    with _LOCK, _opened(data, options.password) as document:
        count = len(document)
        pages: list[GlyphPage] = []
        left = limits.max_characters
        for index in range(min(count, limits.max_pages)):
            _check_time(deadline)
            pages.append(_read_page(document, index, left, deadline, look=options.look_at_page))
            left -= len(pages[-1].glyphs)
        return GlyphDocument(tuple(pages), count, _metadata(document), cut=left <= 0)


def _metadata(document: Any) -> dict[str, str]:
    metadata = {}
    for key in _METADATA_KEYS:
        try:
            value = document.get_metadata_value(key)
        except UnicodeDecodeError:
            # Broken bytes in a title are no reason not to read the file.
            continue
        if value:
            metadata[key] = value
    return metadata


def paint_pages(
    data: bytes,
    options: ReadOptions,
    numbers: Sequence[int],
    deadline: float,
    *,
    scale: float = LARGE_SCALE,
    grey: bool = False,
) -> list[Raster | None]:
    """Paint pages, counted from 1; None for those that cannot be.

    Args:
        data: The file.
        options: Its password.
        numbers: The pages.
        deadline: On `time.monotonic`; it is checked before each page.
        scale: Pixels for each point; 144 dpi unless told.
        grey: In grey instead of in colour.

    Raises:
        PasswordNeededError: The file is encrypted and the password does not open it.
        EngineError: PDFium cannot open the file.
        TimeoutError: The deadline has passed.
    """
    with _LOCK, _opened(data, options.password) as document:
        return [_painted_anew(document, number, deadline, scale, grey=grey) for number in numbers]


def _painted_anew(
    document: Any, number: int, deadline: float, scale: float, *, grey: bool
) -> Raster | None:
    _check_time(deadline)
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return None
    try:
        return _painted(page, scale, deadline, grey=grey)
    finally:
        page.close()


def _check_time(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise TimeoutError


def _read_page(document: Any, index: int, most: int, deadline: float, *, look: bool) -> GlyphPage:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        # One broken page: the others are still worth reading.
        return GlyphPage(index + 1, 0.0, 0.0, NO_GLYPHS)
    try:
        text_page = page.get_textpage()
        reader = _PageReader(page, text_page)
        glyphs = reader.glyphs(most)
        text_page.close()
        width, height = page.get_size()
        doubtful = not glyphs or any(ink.invisible for ink in glyphs.inks)
        return GlyphPage(
            number=index + 1,
            width=width,
            height=height,
            glyphs=glyphs,
            pictured=doubtful and _is_pictured(page),
            raster=_painted(page, 1, deadline, grey=True) if look and glyphs else None,
        )
    finally:
        page.close()


def _painted(page: Any, scale: float, deadline: float, *, grey: bool) -> Raster | None:
    """Paint a page step by step, so that one of a million shapes can be given up in time."""
    width, height = (math.ceil(side * scale) for side in page.get_size())
    if not 0 < width * height <= _MAX_PIXELS:
        return None
    form = pdfium_c.FPDFBitmap_Gray if grey else pdfium_c.FPDFBitmap_BGR
    flags = pdfium_c.FPDF_GRAYSCALE if grey else pdfium_c.FPDF_REVERSE_BYTE_ORDER
    pause = pdfium_c.IFSDK_PAUSE(version=1)
    pause.NeedToPauseNow = type(pause.NeedToPauseNow)(lambda _: time.monotonic() > deadline)
    kept = _canvas if width * height * (1 if grey else 3) <= len(_canvas) else None
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, form, buffer=kept)
    try:
        bitmap.fill_rect(_PAPER, 0, 0, width, height)
        place = 0, 0, width, height, 0
        status = pdfium_c.FPDF_RenderPageBitmap_Start(
            bitmap, page, *place, flags | pdfium_c.FPDF_ANNOT, pause
        )
        pdfium_c.FPDF_RenderPage_Close(page)
        if status == pdfium_c.FPDF_RENDER_TOBECONTINUED:
            raise TimeoutError
        pixels = ctypes.string_at(bitmap.buffer, bitmap.stride * height)
        return Raster(width, height, bitmap.stride, bitmap.n_channels, scale, pixels)
    finally:
        bitmap.close()
