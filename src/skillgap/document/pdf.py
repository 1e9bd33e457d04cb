"""PDF files to `Document`: which engine reads them, and what is said when none can."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import assert_never

from skillgap.document.glyphs import (
    EngineError,
    GlyphDocument,
    GlyphPage,
    PasswordNeededError,
    unturned,
)
from skillgap.document.layout import rows_in_order
from skillgap.document.model import (
    Box,
    Document,
    DocumentWarning,
    Format,
    Line,
    Page,
    Span,
    WarningCode,
    Word,
)
from skillgap.document.options import Engine, ReadOptions
from skillgap.document.rows import Row, is_bullet
from skillgap.document.words import PageWord
from skillgap.errors import (
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    ScannedDocumentError,
    UnreadableDocumentError,
)

# Readers allow rubbish before the header; the specification's notes allow 1,024 bytes.
_HEADER_WITHIN = 1024
_SEGMENT_GAP = "  "
_BOLD_SHARE = 0.5


class PdfReader:
    """Reads PDF files with PDFium, and with pdfminer.six where PDFium finds nothing."""

    format = Format.PDF

    def can_read(self, data: bytes, name: str) -> bool:  # noqa: ARG002 - content decides
        """Whether the data start like a PDF."""
        return b"%PDF-" in data[:_HEADER_WITHIN]

    def read(self, data: bytes, source: str, options: ReadOptions) -> Document:
        """Read a PDF.

        Args:
            data: The file.
            source: Its name, for messages.
            options: Engine, password and limits.

        Raises:
            EncryptedDocumentError: It needs a password, or another one.
            ScannedDocumentError: It holds pictures and no text.
            EmptyDocumentError: It holds neither.
            UnreadableDocumentError: No engine could make sense of it.
            LimitExceededError: It is too large or takes too long.
        """
        limits = options.limits
        if len(data) > limits.max_bytes:
            raise LimitExceededError(
                source,
                f"it has {len(data):,} bytes, more than the {limits.max_bytes:,} allowed",
                "Send a smaller file, or raise max_bytes",
            )
        found, engine, warnings = _read_glyphs(data, source, options)
        if not found.has_text:
            raise _no_text(source, pictured=found.pictured)
        builder = _TextBuilder(limits.max_characters)
        for page in found.pages:
            builder.add_page(page)
        warnings += _page_warnings(found)
        if builder.cut:
            warnings.append(
                DocumentWarning(
                    WarningCode.PAGES_CUT,
                    f"only the first {limits.max_characters:,} characters were read",
                )
            )
        text = builder.text
        if not text:
            raise _no_text(source, pictured=found.pictured)
        return Document(
            text=text,
            lines=tuple(builder.lines),
            pages=tuple(builder.pages),
            source=source,
            sha256=hashlib.sha256(data).hexdigest(),
            format=Format.PDF,
            engine=engine,
            warnings=tuple(warnings),
            metadata=found.metadata,
        )


def _read_glyphs(
    data: bytes, source: str, options: ReadOptions
) -> tuple[GlyphDocument, Engine, list[DocumentWarning]]:
    """Ask PDFium, and pdfminer.six where PDFium fails or finds nothing at all."""
    ask = _Asker(data, source, options)
    match options.engine:
        case Engine.PDFMINER:
            return ask.pdfminer(), Engine.PDFMINER, []
        case Engine.PDFIUM:
            return ask.pdfium(), Engine.PDFIUM, []
        case Engine.AUTO:
            pass
        case _:
            assert_never(options.engine)
    try:
        found = ask.pdfium()
        if found.has_text or found.pictured:
            return found, Engine.PDFIUM, []
        why = "PDFium found no text"
    except UnreadableDocumentError as error:
        why = f"PDFium could not read it: {error.reason}"
    warning = DocumentWarning(WarningCode.SECOND_ENGINE, f"read with pdfminer.six; {why}")
    return ask.pdfminer(), Engine.PDFMINER, [warning]


class _Asker:
    """Asks an engine for one file's glyphs, and says in the package's errors what went wrong.

    The engines are imported when asked: pdfminer.six costs 0.15 s and is rarely needed.
    """

    def __init__(self, data: bytes, source: str, options: ReadOptions) -> None:
        self._data = data
        self._source = source
        self._options = options
        self._deadline = time.monotonic() + options.limits.max_seconds

    def pdfium(self) -> GlyphDocument:
        from skillgap.document import pdfium

        with self._translated():
            return pdfium.read_glyphs(
                self._data, self._options.password, self._options.limits.max_pages, self._check_time
            )

    def pdfminer(self) -> GlyphDocument:
        from skillgap.document import pdfminer_six

        with self._translated():
            return pdfminer_six.read_glyphs(
                self._data, self._options.password, self._options.limits.max_pages, self._deadline
            )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except PasswordNeededError as error:
            given = self._options.password is not None
            raise EncryptedDocumentError(
                self._source,
                "the password does not open it" if given else "it is protected by a password",
                "Give the right password, or save a copy without one",
            ) from error
        except EngineError as error:
            raise UnreadableDocumentError(
                self._source, f"it is no readable PDF ({error})", "Save it anew as PDF or DOCX"
            ) from error
        except TimeoutError as error:
            raise LimitExceededError(
                self._source,
                f"reading took more than {self._options.limits.max_seconds:g} seconds",
                "Save it anew as PDF, or raise max_seconds",
            ) from error

    def _check_time(self) -> None:
        if time.monotonic() > self._deadline:
            raise TimeoutError


def _no_text(source: str, *, pictured: bool) -> EmptyDocumentError | ScannedDocumentError:
    if pictured:
        return ScannedDocumentError(
            source,
            "its pages are pictures without a text layer",
            "Run OCR on it first, or send the original PDF or DOCX",
        )
    return EmptyDocumentError(source, "it holds no text", "Check that it is the right file")


def _page_warnings(found: GlyphDocument) -> list[DocumentWarning]:
    warnings = []
    if found.page_count > len(found.pages):
        warnings.append(
            DocumentWarning(
                WarningCode.PAGES_CUT,
                f"only the first {len(found.pages)} of {found.page_count} pages were read",
            )
        )
    silent = [str(page.number) for page in found.pages if page.pictured and not page.glyphs]
    if silent:
        warnings.append(
            DocumentWarning(
                WarningCode.PAGES_WITHOUT_TEXT,
                f"page{'s' if len(silent) > 1 else ''} {', '.join(silent)}: pictures and no text",
            )
        )
    return warnings


class _TextBuilder:
    """Writes rows down as text and remembers where each word stands."""

    def __init__(self, max_characters: int) -> None:
        self._left = max_characters
        self._parts: list[str] = []
        self._length = 0
        self.lines: list[Line] = []
        self.pages: list[Page] = []
        self.cut = False

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def add_page(self, page: GlyphPage) -> None:
        start = self._length + bool(self._length)
        for row in rows_in_order(page):
            self._add_row(row, page.number)
        start = min(start, self._length)
        self.pages.append(
            Page(page.number, Span(start, self._length), page.width or None, page.height or None)
        )

    def _add_row(self, row: Row, page: int) -> None:
        text = _SEGMENT_GAP.join(segment.text for segment in row.segments)
        if self.cut or self._length + len(text) + 1 > self._left:
            self.cut = True
            return
        if self._parts:
            self._parts.append("\n")
            self._length += 1
        self._parts.append(text)
        self.lines.append(_line(row, self._length, page))
        self._length += len(text)


def _line(row: Row, start: int, page: int) -> Line:
    words: list[Word] = []
    segments: list[Span] = []
    at = start
    for segment in row.segments:
        segment_start = at
        for word in segment.words:
            words.append(Word(Span(at, at + len(word.text)), _box(word)))
            at += len(word.text) + 1
        segments.append(Span(segment_start, at - 1))
        at += len(_SEGMENT_GAP) - 1
    of_row = [word for segment in row.segments for word in segment.words]
    size, bold = _size_and_weight(of_row)
    return Line(
        span=Span(start, segments[-1].end),
        page=page,
        box=_union(word.box for word in words),
        size_pt=size,
        bold=bold,
        bullet=len(of_row) > 1 and is_bullet(of_row[0].text),
        segments=tuple(segments),
        words=tuple(words),
    )


def _box(word: PageWord) -> Box:
    ink = word.ink
    box = Box(
        round(word.x0, 2),
        round(word.baseline - ink.ascent, 2),
        round(word.x1, 2),
        round(word.baseline + ink.descent, 2),
    )
    return box if ink.angle == 0 else unturned(box, ink.angle)


def _union(boxes: Iterable[Box]) -> Box:
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return Box(min(x0s), min(tops), max(x1s), max(bottoms))


def _size_and_weight(words: Sequence[PageWord]) -> tuple[float, bool]:
    """The size of most letters, and whether most are bold."""
    first = words[0].ink
    if all(word.ink is first for word in words):
        return round(first.size_pt, 1), first.bold
    sizes: Counter[float] = Counter()
    bold = letters = 0
    for word in words:
        count = len(word.text)
        sizes[round(word.ink.size_pt, 1)] += count
        letters += count
        bold += count * word.ink.bold
    return sizes.most_common(1)[0][0], bold > _BOLD_SHARE * letters
