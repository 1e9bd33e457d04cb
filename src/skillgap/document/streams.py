"""Streams of a PDF that unpack to far more than a page can hold: bombs of one instruction.

PDFium keeps up to 80 bytes for each byte of a page's instructions. It cannot be stopped once it
has begun, and so such files are found before.
"""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/Filter\s{0,9}\[?\s{0,9}/(?:FlateDecode|Fl)(?![A-Za-z])")
# What may well unpack a thousandfold: white pictures, tables of places, fonts and their maps.
_OTHERS = re.compile(
    rb"/Subtype\s{0,9}/(?:Image|XML|Type1C|CIDFontType0C|OpenType)|/Type\s{0,9}/(?:XRef|ObjStm)"
    rb"|/Length[12]\s|/Alternate|/ImageMask"
)
_LONGEST_HEAD = 2_000  # bytes of a stream's dictionary
# Instructions pack to a third or a tenth of their length; a hundredth is the same one repeated.
# The pages of 166 clean files come to 53 KB and 10 times at most.
_STEEP = 100
_STEEPEST = 1_032  # times that one layer of packing unpacks to at most
_FREE = 2_000_000  # bytes, up to which nothing is asked
_MOST = 16_000_000  # of one stream, however steep it is
_LAYERS = 3  # of packing; nobody needs a second one


def unfolds_steeply(data: bytes) -> bool:
    """Tell whether a PDF holds a page or drawing of one instruction repeated without end.

    Streams that cannot be unpacked are no matter of this function; readers tell of them.

    >>> unfolds_steeply(b"%PDF-1.7 and nothing else")
    False
    """
    return any(_is_steep(data, mark) for mark in _STREAM.finditer(data))


def _is_steep(data: bytes, mark: re.Match[bytes]) -> bool:
    """Tell whether the stream that begins at a mark is such a bomb."""
    begun = max(mark.start() - _LONGEST_HEAD, 0)
    head = data[max(data.rfind(b"obj", begun, mark.start()), begun) : mark.start()]
    if not _FLATE.search(head) or _OTHERS.search(head):
        return False
    end = data.find(b"endstream", mark.end())
    content = data[mark.end() : end if end > 0 else len(data)]
    layers = head.count(b"/FlateDecode")
    most = min(max(_FREE, _STEEP * len(content)), _MOST)
    if layers < 2 and len(content) * _STEEPEST <= most:
        return False
    try:
        for _ in range(min(layers or 1, _LAYERS)):
            content = zlib.decompressobj().decompress(content, most + 1)
    except zlib.error:
        return False
    return len(content) > most or layers > _LAYERS
