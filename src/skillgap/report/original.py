"""The resume itself, as the HTML report shows it: its text, and its pages as pictures."""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from skillgap.document.glyphs import EngineError, PasswordNeededError, Raster
from skillgap.document.model import Document, Format
from skillgap.document.options import ReadOptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Pixels for each point. On 20 resumes of three pages, 132 dpi takes 130 to 300 KB in all (110 dpi
# 25% less) and stays sharp on a screen and in print.
_SCALE = 132 / 72
# Brightness in so many steps: letters look the same, and pictures take half the room of 256 steps.
_STEPS = 16
_MOST_PAGES = 12  # painted; of longer ones the text is shown
# Of all pictures; they take a third more in the HTML, which is to stay under 1.5 MB. Each page has
# its share; one that takes more in colour, such as one with photos, is shown in grey.
_MOST_BYTES = 900_000
_LEVELS = bytes(round(value * (_STEPS - 1) / 255) for value in range(256))
# A colour in one number: the levels of red, green and blue, as digits.
_PLACES = np.array([_STEPS**2, _STEPS, 1], np.uint16)
_GREY = np.uint16(_PLACES.sum())
_TRUE_COLOUR, _INDEXED = 2, 3  # kinds of PNG
_MOST_COLOURS = 256  # that an index can tell apart


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page as a PNG.

    Attributes:
        page: Its number, from 1.
        width: In points, as the boxes of the document's words.
        height: In points.
        png: The file.
    """

    page: int
    width: float
    height: float
    png: bytes


@dataclass(frozen=True, slots=True)
class Original:
    """A resume as it was sent in.

    Attributes:
        document: What was read; offsets of the report's mentions are offsets into its text.
        pictures: Its pages, the first ones when it is long; none where a format has no pages.
    """

    document: Document
    pictures: tuple[PagePicture, ...] = ()


def with_pictures(document: Document, data: bytes, options: ReadOptions | None = None) -> Original:
    """Paint the pages of a PDF; other formats are shown as text.

    A page that PDFium cannot paint, or not within the time limit, has no picture: that is no
    reason to tell nothing.

    Args:
        document: What was read from the file.
        data: The file.
        options: Password and time limit.
    """
    options = options if options is not None else ReadOptions()
    if document.format is not Format.PDF:
        return Original(document)
    pictures: list[PagePicture] = []
    room = _MOST_BYTES
    for picture in _pictures(document, data, options):
        room -= len(picture.png)
        if room < 0:
            break
        pictures.append(picture)
    return Original(document, tuple(pictures))


def _pictures(document: Document, data: bytes, options: ReadOptions) -> Iterator[PagePicture]:
    from skillgap.document.pdfium import paint_pages

    deadline = time.monotonic() + options.limits.max_seconds
    pages = [page for page in document.pages[:_MOST_PAGES] if page.width and page.height]
    numbers = [page.number for page in pages]
    try:
        rasters = paint_pages(data, options, numbers, deadline, scale=_SCALE)
    except (EngineError, PasswordNeededError, TimeoutError):
        return
    for page, raster in zip(pages, rasters, strict=True):
        if raster is not None and page.width and page.height:
            png = to_png(raster, most=_MOST_BYTES // len(pages))
            yield PagePicture(page.number, page.width, page.height, png)


def to_png(raster: Raster, *, most: int = _MOST_BYTES) -> bytes:
    """Write a painted page as PNG: in grey when in colour it would be too large.

    Pages have few colours, and a number for each takes a third of the room of the colours
    themselves, or a sixth; only photos have too many for that.

    Args:
        raster: The page.
        most: Bytes that it may take in colour.
    """
    levels = np.frombuffer(raster.pixels.translate(_LEVELS), np.uint8)
    rows = levels.reshape(raster.height, raster.stride)[:, : raster.width * raster.channels]
    red, green, blue = (
        rows[:, part % raster.channels :: raster.channels].astype(np.uint16) for part in range(3)
    )
    png = _indexed(red * _PLACES[0] + green * _PLACES[1] + blue)
    return png if len(png) <= most else _indexed(green * _GREY)


def _indexed(colours: NDArray[np.uint16]) -> bytes:
    """Write colours, each three levels in one number, by their numbers in a table of them."""
    used = np.flatnonzero(np.bincount(colours.ravel(), minlength=_STEPS**3))
    table = np.stack([used // place % _STEPS for place in _PLACES], axis=1) * (255 // (_STEPS - 1))
    height, width = colours.shape
    if len(used) > _MOST_COLOURS:
        parts = [colours // place % _STEPS for place in _PLACES]
        true = np.stack(parts, axis=2) * (255 // (_STEPS - 1))
        return _png(width, _TRUE_COLOUR, 8, true.astype(np.uint8).reshape(height, -1))
    number_of = np.zeros(_STEPS**3, np.uint8)
    number_of[used] = np.arange(len(used))
    numbers = number_of[colours]
    palette = table.astype(np.uint8).tobytes()
    if len(used) > _STEPS:
        return _png(width, _INDEXED, 8, numbers, palette)
    even = np.pad(numbers, ((0, 0), (0, width % 2)))
    pairs = (even[:, ::2] * _STEPS + even[:, 1::2]).astype(np.uint8)
    return _png(width, _INDEXED, 4, pairs, palette)


def _png(
    width: int, colours: int, depth: int, rows: NDArray[np.uint8], palette: bytes = b""
) -> bytes:
    """Write rows of bytes as a PNG; before each row stands that it is not filtered."""
    head = struct.pack(">IIBBBBB", width, len(rows), depth, colours, 0, 0, 0)
    packed = zlib.compress(np.pad(rows, ((0, 0), (1, 0))).tobytes(), 6)
    table = _chunk(b"PLTE", palette) if palette else b""
    chunks = (_chunk(b"IHDR", head), table, _chunk(b"IDAT", packed), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
