"""The resume itself, as the HTML report shows it: its text, and its pages as pictures."""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from skillgap.document.glyphs import EngineError, PasswordNeededError, Raster
from skillgap.document.model import Document, Format
from skillgap.document.options import ReadOptions

# Pixels for each point. On 20 resumes of three pages, 132 dpi takes 130 to 300 KB in all (110 dpi
# 25% less) and stays sharp on a screen and in print.
_SCALE = 132 / 72
# Brightness in so many steps: letters look the same, and pictures take half the room of 256 steps.
_STEPS = 16
_MOST_PAGES = 12  # painted; of longer ones the text is shown
# Of all pictures; they take a third more in the HTML, which is to stay under 1.5 MB. Each page has
# its share; one that takes more in colour, such as one with photos, is shown in grey.
_MOST_BYTES = 900_000
_PNG_GREY, _PNG_COLOUR = 0, 2
_LEVELS = bytes(round(value * (_STEPS - 1) / 255) for value in range(256))
_SHOWN = bytes(level * 255 // (_STEPS - 1) for level in range(_STEPS)) + bytes(256 - _STEPS)


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
    """Write a painted page as PNG: in grey when it is grey, or too large in colour.

    Args:
        raster: The page.
        most: Bytes that it may take in colour.
    """
    rows = [
        raster.pixels[start : start + raster.width * raster.channels].translate(_LEVELS)
        for start in range(0, raster.height * raster.stride, raster.stride)
    ]
    if raster.channels == 1:
        return _grey_png(raster, rows)
    red, green, blue = ([row[part::3] for row in rows] for part in range(3))
    if red == green == blue:
        return _grey_png(raster, green)
    png = _png(raster, _PNG_COLOUR, 8, [row.translate(_SHOWN) for row in rows])
    if len(png) > most:
        return _grey_png(raster, green)
    return png


def _grey_png(raster: Raster, rows: list[bytes]) -> bytes:
    """Two pixels to a byte, which takes a quarter of the room of colours."""
    return _png(raster, _PNG_GREY, 4, [_in_pairs(row) for row in rows])


def _in_pairs(row: bytes) -> bytes:
    """Pack two levels of a row into each byte.

    >>> _in_pairs(bytes([1, 2, 15])).hex()
    '12f0'
    """
    row += b"\0" * (len(row) % 2)
    high, low = (int.from_bytes(row[part::2], "big") for part in (0, 1))
    return (high << 4 | low).to_bytes(len(row) // 2, "big")


def _png(raster: Raster, colours: int, depth: int, rows: list[bytes]) -> bytes:
    head = struct.pack(">IIBBBBB", raster.width, raster.height, depth, colours, 0, 0, 0)
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", packed), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
