"""Pictures of resumes (PNG, JPEG, TIFF, WebP, BMP) to `Document`, by text recognition."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from skillgap.document import ocr, sniff
from skillgap.document.deadline import Deadline
from skillgap.document.layout import page_words, rows_in_order
from skillgap.document.model import Document, DocumentWarning, Format, WarningCode
from skillgap.document.options import Limits, ReadOptions
from skillgap.document.paging import TextBuilder
from skillgap.errors import (
    EmptyDocumentError,
    LimitExceededError,
    UnreadableDocumentError,
    UnsupportedFormatError,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

# Pillow knows 40 formats more, most of them rare and some of them programs.
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP")
# What Pillow's readers raise on broken files, beside its own errors, which are OSErrors.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    AttributeError,
    struct.error,
)
# A sheet's longer side in points; a resolution that makes it another size is no truth but a
# default. Where none is stated, it is letter paper.
_SHEET_PT = (400, 1_300)
_USUAL_SHEET_PT = 792
_POINTS_PER_INCH = 72
# Pictures whose colours have 16 bits, of which the first 8 are seen.
_DEEP_MODES = frozenset({"I;16", "I;16L", "I;16B", "I;16N", "I"})
_DEEP = 256


class ImageReader:
    """Reads pictures of resumes, where the extra `ocr` is installed."""

    format = Format.IMAGE

    def can_read(self, data: bytes, name: str) -> bool:
        """Whether the data start like a picture."""
        return sniff.is_image(data, name)

    def read(self, data: bytes, source: str, options: ReadOptions) -> Document:
        """Read a picture; each picture of a TIFF is a page.

        Args:
            data: The file.
            source: Its name, for messages.
            options: Limits.

        Raises:
            UnsupportedFormatError: Text recognition is not installed.
            UnreadableDocumentError: The picture is broken.
            EmptyDocumentError: No words were found in it.
            LimitExceededError: It is too large or takes too long.
        """
        if not ocr.is_installed():
            raise UnsupportedFormatError(
                source,
                f"this is {sniff.picture_kind(data)}, and text recognition (OCR) is not installed",
                f"Install it with {ocr.INSTALL}, or give the original file",
            )
        limits = options.limits
        deadline = Deadline(source, limits.max_ocr_seconds)
        builder = TextBuilder(limits.max_characters)
        read: list[ocr.RecognisedPage] = []
        pictures = _pictures(data, source, limits)
        for number, (pixels, scale) in enumerate(islice(pictures, limits.max_pages), start=1):
            deadline.check()
            read.append(ocr.recognise(pixels, number, scale))
        read = ocr.with_common_sizes(read)
        for each in read:
            builder.add_page(each.page, rows_in_order(page_words(each.page)))
        if not builder.lines:
            raise EmptyDocumentError(
                source,
                "text recognition found no words in the picture",
                "Give a sharper picture, or the original file",
            )
        more = next(pictures, None) is not None
        return Document(
            text=builder.text,
            lines=tuple(builder.lines),
            pages=tuple(builder.pages),
            source=source,
            sha256=hashlib.sha256(data).hexdigest(),
            format=Format.IMAGE,
            engine=ocr.ENGINE_NAME,
            warnings=(ocr.warning(read), *_cut_warnings(limits, pages=more, text=builder.cut)),
        )


def _cut_warnings(limits: Limits, *, pages: bool, text: bool) -> Iterator[DocumentWarning]:
    if pages:
        said = f"only the first {limits.max_pages} pages were read"
        yield DocumentWarning(WarningCode.PAGES_CUT, said)
    if text:
        said = f"only the first {limits.max_characters:,} characters were read"
        yield DocumentWarning(WarningCode.PAGES_CUT, said)


def _pictures(data: bytes, source: str, limits: Limits) -> Iterator[tuple[NDArray[Any], float]]:
    """Yield each picture, ready to be read, and its pixels for each point of the page."""
    import PIL.Image

    with _translated(data, source):
        image = PIL.Image.open(io.BytesIO(data), formats=_FORMATS)
    frame = 0
    while True:
        _check_size(image, source, limits)
        with _translated(data, source):
            ready = _ready(image)
        yield ready
        frame += 1
        if image.format != "TIFF":  # further pictures of the others are films
            return
        with _translated(data, source):
            try:
                image.seek(frame)
            except EOFError:
                return


def _check_size(image: Image, source: str, limits: Limits) -> None:
    if image.width * image.height > limits.max_pixels:
        raise LimitExceededError(
            source,
            f"the picture has {image.width:,} x {image.height:,} pixels, more than the "
            f"{limits.max_pixels:,} allowed",
            "Give a smaller one, or raise max_pixels",
        )


def _ready(image: Image) -> tuple[NDArray[Any], float]:
    """Unpack a picture: upright, on white, no larger than is of use, blue before green and red."""
    import numpy as np
    import PIL.ImageOps

    scale = _pixels_per_point(image)
    shrink = min(1.0, ocr.scale_for(image.width, image.height))
    size = max(round(image.width * shrink), 1), max(round(image.height * shrink), 1)
    image.draft("RGB", size)  # a JPEG is unpacked smaller at once
    colours = _on_white(PIL.ImageOps.exif_transpose(image))
    if shrink < 1.0:
        upright = size if (colours.width > colours.height) == (size[0] > size[1]) else size[::-1]
        colours = colours.resize(upright, PIL.Image.Resampling.LANCZOS, reducing_gap=3.0)
    return np.ascontiguousarray(np.asarray(colours)[:, :, ::-1]), scale * shrink


def _pixels_per_point(image: Image) -> float:
    longer = max(image.size)
    stated = image.info.get("dpi", (0, 0))[0]
    if stated and _SHEET_PT[0] <= longer * _POINTS_PER_INCH / stated <= _SHEET_PT[1]:
        return float(stated) / _POINTS_PER_INCH
    return float(longer / _USUAL_SHEET_PT)


def _on_white(image: Image) -> Image:
    import PIL.Image

    if image.mode in _DEEP_MODES:
        return image.point(lambda grey: grey * (1 / _DEEP)).convert("L").convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        clear = image.convert("RGBA")
        white = PIL.Image.new("RGBA", clear.size, "white")
        return PIL.Image.alpha_composite(white, clear).convert("RGB")
    return image.convert("RGB")


@contextmanager
def _translated(data: bytes, source: str) -> Iterator[None]:
    """Say in the package's errors what Pillow finds wrong with a picture."""
    import PIL.Image

    try:
        with warnings.catch_warnings():
            # Of large pictures, for which `max_pixels` is our bound, and of odd metadata.
            warnings.simplefilter("ignore")
            yield
    except PIL.Image.DecompressionBombError as error:
        raise LimitExceededError(
            source, "the picture has far too many pixels", "Give a smaller one"
        ) from error
    except _BROKEN as error:
        raise UnreadableDocumentError(
            source,
            f"this is {sniff.picture_kind(data)} that is broken or cut off",
            "Save or send it again",
        ) from error
